"""How the F2X schema went on after 0002: each step one edit of the YAML and one revision."""

from __future__ import annotations

from dataclasses import dataclass

from support.f2x import Edit

REFRESH_TOKENS = """\
# yaml-language-server: $schema=../table.schema.json
table: refresh_tokens
comment: What a client gets a new access token with
mixins: [created]

columns:
  id: bigint pk identity
  token: varchar(255) unique
  user_id: bigint -> users on delete cascade
  expires_at: timestamptz
  revoked_at: timestamptz?
"""
PROCESSES = "tables/processes.yaml"
DATA = "tables/process_data.yaml"
HISTORY = "tables/wip_process_history.yaml"
EQUIPMENT = "tables/equipment.yaml"


@dataclass(frozen=True, slots=True)
class Step:
    """One edit of the YAML, of several files maybe.

    Args:
        slug: what the revision is called, without anyone saying so.
        edits: the edit.
        only_renames: everything keeps its files on PostgreSQL: tables, columns and indexes.

    """

    slug: str
    edits: tuple[Edit, ...]
    only_renames: bool = False

    def __str__(self) -> str:
        """Name the step."""
        return self.slug


def _after(file: str, line: str, new: str) -> Edit:
    return Edit(file, f"{line}\n", f"{line}\n{new}\n")


_TEXT = "  description: text?"
_HEADER = "header_id: bigint? -> process_headers on delete set null on update cascade"
_SESSION = _HEADER.replace("header_id: ", "process_session_id: {type: ")

STEPS = (
    Step(
        "add_process_type_to_processes",
        (_after(PROCESSES, _TEXT, "  process_type: varchar(50) = 'MANUFACTURING'"),),
    ),
    Step(
        "remove_item_process_unique_from_wip_process_history",
        (Edit(HISTORY, "unique:\n  item_process: [wip_item_id, process_id]\n\n", ""),),
    ),
    Step(
        "add_sort_order_to_processes",
        (
            _after(
                PROCESSES,
                _TEXT,
                "  sort_order: {type: integer, backfill: process_number}",
            ),
            _after(PROCESSES, "checks:", "  sort_order: sort_order > 0"),
            Edit(PROCESSES, "active: [is_active]", "active: [is_active, sort_order]"),
        ),
    ),
    Step(
        "add_defect_items_to_processes",
        (
            _after(PROCESSES, _TEXT, "  defect_items: {type: jsonb, default: []}"),
            _after(
                PROCESSES,
                "indexes:",
                "  defect_items: {columns: [defect_items], using: gin, only: postgresql}",
            ),
        ),
    ),
    Step("add_refresh_tokens_table", (Edit("tables/refresh_tokens.yaml", "", REFRESH_TOKENS),)),
    Step(
        "change_process_number_check_of_processes",
        (Edit(PROCESSES, "process_number <= 8", "process_number <= 100"),),
    ),
    Step(
        "rename_header_id_to_process_session_id",
        tuple(
            edit
            for table in (DATA, HISTORY)
            for edit in (
                Edit(table, _HEADER, f"{_SESSION}, renamed_from: header_id}}"),
                Edit(table, "header: [header_id]", "session: [process_session_id]"),
            )
        ),
        only_renames=True,
    ),
    Step(
        "add_slot_id_to_process_headers",
        (_after("tables/process_headers.yaml", "  batch_id: varchar(200)", "  slot_id: integer?"),),
    ),
    Step(
        "rename_equipment_to_machines",
        (
            Edit(EQUIPMENT, "table: equipment\n", "table: machines\nrenamed_from: equipment\n"),
            Edit(
                EQUIPMENT,
                "equipment_code: varchar(50) unique",
                "code: {type: varchar(50) unique, renamed_from: equipment_code}",
            ),
            Edit(EQUIPMENT, "code: [equipment_code]", "code: [code]"),
            Edit("mixins.yaml", "-> equipment on", "-> machines on"),
        ),
        only_renames=True,
    ),
)
