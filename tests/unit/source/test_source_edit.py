"""Edits leave comments, layout and line ends as they are."""

from __future__ import annotations

import pytest

from schemagen.kinds import Key
from schemagen.source import Source, parse
from schemagen.source.edit import (
    apply_fixes,
    forget_hint,
    rename_hint,
    with_hints,
    without_hints,
)

TEXT = """\
# the file
table: t  # the table
columns:
  id: bigint pk identity  # key
  price: numeric(12,2)? = 0   # EUR
  quoted: "varchar(10) = 'a: b'"
  long:
    # about it
    type: text   # why
  flow: {type: text, comment: hi}  # c
  had: {type: text, renamed_from: older}
  listed:
    type: text
    renamed_from:
      - x
      - y
    comment: c
enums:
  col: [red, blue]
  two:
    values:
      - a   # first
      - {name: b, renamed_from: c}
checks:
  pos: id > 0
  folded: >-
    id > 0
    and id < 10
indexes:
  one: [id, price desc]
  two: {columns: [id], where: id > 0}
"""


def column(name: str) -> Key:
    return Key("column", "t", name)


HINTS = [
    (Key("table", "", "t"), "renamed_from: old"),
    (column("id"), "  id: {type: bigint pk identity, renamed_from: old}  # key"),
    (column("price"), "  price: {type: 'numeric(12,2)? = 0', renamed_from: old}   # EUR"),
    (column("quoted"), "  quoted: {type: \"varchar(10) = 'a: b'\", renamed_from: old}"),
    (column("long"), "    renamed_from: old"),
    (column("flow"), "  flow: {type: text, comment: hi, renamed_from: old}  # c"),
    (column("had"), "  had: {type: text, renamed_from: [old, older]}"),
    (column("listed"), "      - old"),
    (Key("enum", "", "col"), "  col: {values: [red, blue], renamed_from: old}"),
    (Key("enum", "", "two"), "    renamed_from: old"),
    (Key("enum_value", "col", "blue"), "  col: [red, {name: blue, renamed_from: old}]"),
    (Key("enum_value", "two", "a"), "      - {name: a, renamed_from: old}   # first"),
    (Key("enum_value", "two", "b"), "      - {name: b, renamed_from: [old, c]}"),
    (Key("check", "t", "chk_t_pos"), "  pos: {sql: id > 0, renamed_from: old}"),
    (
        Key("check", "t", "chk_t_folded"),
        "  folded: {sql: id > 0 and id < 10, renamed_from: old}",
    ),
    (Key("index", "t", "idx_t_one"), "  one: {columns: [id, price desc], renamed_from: old}"),
    (
        Key("index", "t", "idx_t_two"),
        "  two: {columns: [id], where: id > 0, renamed_from: old}",
    ),
]


def read(text: str) -> Source:
    source = parse({"t.yaml": text})
    assert source.diagnostics == ()
    return source


def names(source: Source, key: Key) -> tuple[str, ...]:
    if key.kind == "enum_value":
        return source.directions[Key("enum", "", key.table)].values[key.name]
    return source.directions[key].renamed_from


@pytest.mark.parametrize(("key", "line"), HINTS)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_hint_is_one_edit_and_reads_back(key: Key, line: str, end: str) -> None:
    text = TEXT.replace("\n", end)
    source = read(text)
    edited = apply_fixes(source.texts, [rename_hint(source, key, "old")])["t.yaml"]
    assert line in edited.split(end)
    assert edited.count(end) == edited.count("\n")
    again = read(edited)
    assert again.schema == source.schema
    assert names(again, key)[0] == "old"


@pytest.mark.parametrize(("key", "line"), HINTS)
def test_a_hint_can_be_taken_out(key: Key, line: str) -> None:
    source = read(with_hints(read(TEXT), [(key, "old")])["t.yaml"])
    assert line in source.texts["t.yaml"].split("\n")
    back = read(apply_fixes(source.texts, [forget_hint(source, key)])["t.yaml"])
    assert back.schema == source.schema
    with pytest.raises(KeyError):
        forget_hint(back, key)
    for comment in ("# the file", "# key", "# EUR", "# about it", "# why", "# c", "# first"):
        assert comment in back.texts["t.yaml"]


def test_hints_in_one_line_do_not_overwrite_each_other() -> None:
    keys = [Key("enum_value", "col", name) for name in ("red", "blue")]
    text = with_hints(read(TEXT), [(key, f"old {key.name}") for key in keys])["t.yaml"]
    line = "  col: [{name: red, renamed_from: old red}, {name: blue, renamed_from: old blue}]"
    assert line in text.split("\n")
    assert without_hints(read(text), keys)["t.yaml"] == TEXT


def test_an_old_name_may_be_any_text() -> None:
    odd = "a: \"b\" #c 'd' é\\ \t{{x}}"
    key = column("id")
    assert names(read(with_hints(read(TEXT), [(key, odd)])["t.yaml"]), key) == (odd,)


def test_what_is_not_written_out_cannot_be_edited() -> None:
    with pytest.raises(KeyError):
        rename_hint(read(TEXT), Key("primary_key", "t", "pk_t"), "old")
    with pytest.raises(KeyError):
        rename_hint(read(TEXT), Key("enum_value", "col", "green"), "old")
