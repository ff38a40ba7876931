"""Files: what stands at their top, sorted into enums, mixins, tables and the convention."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemagen.records import field, record
from schemagen.source.convention import read_convention
from schemagen.source.kept import ForgottenError
from schemagen.source.nodes import Broken, Entry, Map, Node, Scalar, Seq
from schemagen.source.schemas import named
from schemagen.source.tablefile import TableFile
from schemagen.source.unmanaged import read_unmanaged
from schemagen.source.vocabulary import file_keys, mixin_keys
from schemagen.source.yaml import load

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemagen.source.draft import Draft
    from schemagen.source.kept import Kept

FORMAT = 1
_SHARED = {"enums", "sequences", "schemas", "unmanaged"}


@record(frozen=False)
class Contents:
    """The pieces of all files, unread.

    Args:
        enums: by name.
        mixins: by name.
        sequences: by name.
        schemas: of PostgreSQL, by name.
        tables: the documents with a `table:` key, by the table's name; or what they gave before.
        plain: the files that hold one table, and nothing that another could use.

    """

    enums: dict[str, Entry] = field(default_factory=dict)
    mixins: dict[str, Entry] = field(default_factory=dict)
    sequences: dict[str, Entry] = field(default_factory=dict)
    schemas: dict[str, Entry] = field(default_factory=dict)
    tables: dict[str, tuple[Scalar, Map] | TableFile] = field(default_factory=dict)
    plain: set[str] = field(default_factory=set)


def collect(draft: Draft, texts: Mapping[str, str], kept: Kept) -> Contents:
    """Load all files and sort what they hold; sets the draft's convention.

    Args:
        draft: where diagnostics go.
        texts: the files' texts by name.
        kept: what files gave before. Raises ForgottenError when two give the same table.

    """
    found = Contents()
    naming: list[Entry] = []
    for file in sorted(texts):
        if (known := kept.find(file, texts[file])) is not None:
            _recalled(found, known)
            continue
        root, wrong = load(texts[file], file)
        draft.problems.add(wrong)
        draft.partial = draft.partial or (root is None and bool(wrong))
        if root is not None and not _is_empty(root):
            _document(draft, found, root, naming)
    for extra in naming[1:]:
        first = naming[0].key.place
        way_out = f"the naming convention stands in {first} already"
        draft.reader.error("S006", "a second naming convention", extra.key, help=way_out)
    if naming:
        templates = read_convention(draft.reader, naming[0].value)
        draft.convention = draft.convention.over(templates)
    return found


def _recalled(found: Contents, known: TableFile) -> None:
    if known.name in found.tables:
        raise ForgottenError
    found.tables[known.name] = known
    found.plain.add(known.file)


def _is_empty(root: Node) -> bool:
    return isinstance(root, Scalar) and root.value is None


def _document(draft: Draft, found: Contents, root: Node, naming: list[Entry]) -> None:
    document = draft.reader.map(
        root, "a mapping", "a file holds table:, enums:, sequences:, mixins: or naming:"
    )
    if document is None:
        return
    is_table = "table" in document
    if not is_table and "columns" in document:
        at = document.entries["columns"].key
        draft.reader.error("S003", "missing key 'table'", at, help="a table's file begins with it")
        return
    draft.reader.keys(document, file_keys(is_table=is_table), "a table" if is_table else "a file")
    _version(draft, document.get("schemagen"))
    _named(draft, found.enums, document, "enums", "enum")
    _named(draft, found.sequences, document, "sequences", "sequence")
    _named(draft, found.schemas, document, "schemas", "schema")
    read_unmanaged(draft, document)
    if not is_table or isinstance(document.get("mixins"), Map):
        _named(draft, found.mixins, document, "mixins", "mixin")
    if is_table:
        _table(draft, found, document)
    elif "naming" in document:
        naming.append(document.entries["naming"])


def _version(draft: Draft, node: Node | None) -> None:
    if node is None or isinstance(node, Broken):
        return
    value = node.value if isinstance(node, Scalar) else None
    if value != FORMAT or isinstance(value, bool):
        way_out = f"this schemagen reads format {FORMAT}; a newer one may read more"
        draft.reader.error("S030", "an unknown version of the format", node, help=way_out)


def _named(draft: Draft, into: dict[str, Entry], document: Map, section: str, what: str) -> None:
    if section not in document:
        return
    node = document.get(section)
    listed = section == "schemas"
    found = named(draft, node) if listed else draft.reader.map(node, f"a mapping of {section}")
    for name, entry in found or ():
        if name in into:
            first = into[name].key.place
            way_out = f"the other one stands in {first}"
            draft.reader.error("N002", f"a second {what} {name!r}", entry.key, help=way_out)
        else:
            into[name] = entry


def _table(draft: Draft, found: Contents, document: Map) -> None:
    node = document.get("table")
    name = draft.reader.text(node, "the table's name")
    if name is None or not isinstance(node, Scalar) or not draft.usable(name, node, "table"):
        draft.partial = True  # other files may well name it
        return
    first = found.tables.setdefault(name, (node, document))
    if isinstance(first, TableFile):
        raise ForgottenError
    if first[1] is not document:
        way_out = f"the other one stands in {first[0].place}"
        draft.reader.error("N002", f"a second table {name!r}", node, help=way_out)
    elif document.entries.keys().isdisjoint(_SHARED) and not isinstance(
        document.get("mixins"), Map
    ):
        found.plain.add(node.file)


def used_mixins(draft: Draft, document: Map, known: dict[str, Entry]) -> list[tuple[str, Map]]:
    """Give the mixins of a table, in order."""
    node = document.get("mixins")
    if not isinstance(node, Seq):
        if node is not None and not isinstance(node, Map):
            draft.reader.seq(node, "a list of mixins")
        return []
    used: list[tuple[str, Map]] = []
    for item in draft.reader.names(node, "a list of mixins") or () if node.items else ():
        if item.text not in known:
            draft.unknown("S013", "mixin", item, list(known))
            continue
        mixin = known[item.text].value
        if isinstance(mixin, Map):
            used.append((item.text, mixin))
    return used


def check_mixins(draft: Draft, known: dict[str, Entry]) -> None:
    """Look at the keys of all mixins, whether they are used or not."""
    for entry in known.values():
        mixin = draft.reader.map(entry.value, "a mapping")
        if mixin is not None:
            draft.reader.keys(mixin, mixin_keys(), "a mixin")
