# Written by `schemagen models` from the YAML: edit that, not this.
"""The models: a class for each table of the schema."""

from .alerts import Alert
from .audit_logs import AuditLog
from .base import Base
from .enums import (
    AuditAction,
    AuditEntity,
    DataLevel,
    HeaderStatus,
    LabelTemplate,
    ProcessResult,
    ProductStatus,
    SerialStatus,
    WipResult,
    WipStatus,
)
from .equipment import Equipment
from .error_logs import ErrorLog
from .lots import Lot
from .print_logs import PrintLog
from .process_data import ProcessData
from .process_headers import ProcessHeader
from .process_jobs import ProcessJob
from .processes import Process
from .product_models import ProductModel
from .production_lines import ProductionLine
from .saved_filters import SavedFilter
from .serials import Serial
from .users import User
from .wip_items import WipItem
from .wip_process_history import WipProcessHistory

__all__ = [
    "Alert",
    "AuditAction",
    "AuditEntity",
    "AuditLog",
    "Base",
    "DataLevel",
    "Equipment",
    "ErrorLog",
    "HeaderStatus",
    "LabelTemplate",
    "Lot",
    "PrintLog",
    "Process",
    "ProcessData",
    "ProcessHeader",
    "ProcessJob",
    "ProcessResult",
    "ProductModel",
    "ProductStatus",
    "ProductionLine",
    "SavedFilter",
    "Serial",
    "SerialStatus",
    "User",
    "WipItem",
    "WipProcessHistory",
    "WipResult",
    "WipStatus",
]
