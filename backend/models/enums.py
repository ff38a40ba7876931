# Written by `schemagen models` from the YAML: edit that, not this.
"""The enums of the schema."""

import enum


class ProductStatus(enum.StrEnum):
    """Values of product_status."""

    ACTIVE = "ACTIVE"
    INACTIVE = "INACTIVE"
    DISCONTINUED = "DISCONTINUED"


class SerialStatus(enum.StrEnum):
    """Values of serial_status."""

    CREATED = "CREATED"
    IN_PROGRESS = "IN_PROGRESS"
    PASSED = "PASSED"
    FAILED = "FAILED"


class WipStatus(enum.StrEnum):
    """Values of wip_status."""

    CREATED = "CREATED"
    IN_PROGRESS = "IN_PROGRESS"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"
    CONVERTED = "CONVERTED"


class HeaderStatus(enum.StrEnum):
    """Values of header_status."""

    OPEN = "OPEN"
    CLOSED = "CLOSED"
    CANCELLED = "CANCELLED"


class DataLevel(enum.StrEnum):
    """Values of data_level."""

    LOT = "LOT"
    WIP = "WIP"
    SERIAL = "SERIAL"


class ProcessResult(enum.StrEnum):
    """Values of process_result."""

    PASS = "PASS"
    FAIL = "FAIL"
    REWORK = "REWORK"


class WipResult(enum.StrEnum):
    """Values of wip_result."""

    PASS = "PASS"
    FAIL = "FAIL"


class AuditAction(enum.StrEnum):
    """Values of audit_action."""

    CREATE = "CREATE"
    UPDATE = "UPDATE"
    DELETE = "DELETE"


class AuditEntity(enum.StrEnum):
    """Values of audit_entity."""

    PRODUCT_MODELS = "product_models"
    LOTS = "lots"
    SERIALS = "serials"
    PROCESSES = "processes"
    PROCESS_DATA = "process_data"
    USERS = "users"
    AUDIT_LOGS = "audit_logs"


class LabelTemplate(enum.StrEnum):
    """Values of label_template."""

    WIP_LABEL = "WIP_LABEL"
    SERIAL_LABEL = "SERIAL_LABEL"
    LOT_LABEL = "LOT_LABEL"
