"""Orders of changes that were wrong once."""

from __future__ import annotations

from schemagen import kinds as k
from schemagen.changes import Add, Change, Drop
from schemagen.diff import compare
from schemagen.directions import Direction
from schemagen.order import ordered
from schemagen.schema import Schema


def table(*parts: k.Obj, comment: str | None = None) -> Schema:
    return Schema((k.Table(name="t", comment=comment), *parts))


def column(name: str, kind: str = "integer", generated: str | None = None) -> k.Column:
    made = k.Generated(sql=generated) if generated else None
    return k.Column(table="t", name=name, type=kind, nullable=True, generated=made)


def place(changes: list[Change], verb: type[Change], name: str) -> int:
    return next(i for i, c in enumerate(changes) if isinstance(c, verb) and c.subject.name == name)


def test_a_column_generated_no_more_takes_its_values_before_their_source_goes() -> None:
    old = table(column("size"), column("twice", generated="size * 2"))
    new = table(column("twice"))
    changes = ordered(compare(old, new).changes, old)
    assert place(changes, Add, "twice") < place(changes, Drop, "size")


def test_a_changed_comment_of_the_table_does_not_stand_in_the_way_of_that() -> None:
    old = table(column("size"), column("twice", generated="size * 2"))
    new = table(column("twice"), comment="no size any more")
    changes = ordered(compare(old, new).changes, old)
    assert place(changes, Add, "twice") < place(changes, Drop, "size")


def test_a_key_over_an_enum_whose_values_are_renamed_and_moved_is_made_anew_with_it() -> None:
    def schema(*values: str) -> Schema:
        enum = k.Enum(name="colour", values=values)
        return Schema((enum, *table(column("one", "colour"), column("two", "colour"), *keys)))

    keys = (
        k.Unique(table="t", name="uk_t_one", columns=("one",)),
        k.ForeignKey(
            table="t",
            name="fk_t_two",
            columns=("two",),
            references=k.References(table="t", columns=("one",)),
        ),
    )
    old, new = schema("red", "green"), schema("green", "azure")
    hints = {k.Key("enum", "", "colour"): Direction(values={"azure": ("red",)})}
    changes = ordered(compare(old, new, hints).changes, old)
    assert place(changes, Drop, "fk_t_two") < place(changes, Add, "fk_t_two")
