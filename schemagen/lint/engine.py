"""The engine: run rules over a subject, leave out what is allowed, and make diagnostics."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from schemagen.diagnostics import Diagnostic, did_you_mean
from schemagen.kinds import Key
from schemagen.lint.rule import every, titles
from schemagen.qualified import bare, namespace
from schemagen.records import field, record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from schemagen.diagnostics import Place
    from schemagen.directions import Directions
    from schemagen.lint.comments import Allowance
    from schemagen.lint.rule import Finding, Rule

ALL = "all"


def chosen(
    select: Sequence[str] = (), ignore: Sequence[str] = (), among: Iterable[Rule] | None = None
) -> tuple[Rule, ...]:
    """Give the rules that run.

    Args:
        select: names, codes, beginnings of codes (`PF`), or `all`; none is every rule that runs by
            default. The others run when their name or code, or `all`, is said.
        ignore: as `select`; it wins.
        among: those that there are to choose from; None for all.

    """
    known = every() if among is None else among
    return tuple(
        rule
        for rule in known
        if _selected(rule, select) and not _said(rule.code, rule.name, ignore)
    )


def _selected(rule: Rule, select: Sequence[str]) -> bool:
    if rule.by_default:
        return not select or _said(rule.code, rule.name, select)
    return bool({ALL, rule.name, rule.code}.intersection(select))


def unknown(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Give each word that names no rule, and which one was probably meant."""
    for word in words:
        if not any(_said(code, name, (word,)) for code, name in titles()):
            yield word, did_you_mean(word, [each for title in titles() for each in title[::-1]])


def _said(code: str, name: str, words: Iterable[str]) -> bool:
    return any(
        word in (ALL, name) or (bool(word) and code.startswith(word.upper())) for word in words
    )


@record
class Hit:
    """A finding, the rule that has it, and the diagnostic that shows it."""

    rule: Rule
    finding: Finding
    diagnostic: Diagnostic


@record(frozen=False, slots=False)
class Engine:
    """One run over all subjects; it remembers which allowances were of use.

    Args:
        rules: those that run.
        directions: what the YAML allows, by object.
        places: where each object stands in the YAML.
        allowances: what comments in revisions allow.

    """

    rules: Sequence[Rule]
    directions: Directions = field(default_factory=dict)
    places: Mapping[Key, Place] = field(default_factory=dict)
    allowances: Sequence[Allowance] = ()
    hits: list[Hit] = field(default_factory=list)
    used: set[tuple[Key, str]] = field(default_factory=set)
    heard: set[Allowance] = field(default_factory=set)

    def look(self, subject: str, view: object, home: Place | None = None) -> None:
        """Run the rules over a subject.

        Args:
            subject: one of `HOOKS`; `allowed` when all else is looked at.
            view: what the rules' functions for the subject take.
            home: where findings stand that have no place of their own, such as the changes of a
                revision; it wins over the object's place in the YAML.

        """
        for rule in self.rules:
            for finding in rule.look(subject, view):
                place = finding.place or home or self._place(finding.key)
                if not (self._allowed(rule, finding) | self._excused(rule, place)):
                    self.hits.append(Hit(rule, finding, _diagnostic(rule, finding, place)))

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """What was found, each once, though two databases may have it."""
        shown = (hit.diagnostic for hit in reversed(self.hits))
        return list({(d.code, self._flat(d.message), d.place): d for d in shown}.values())

    def _flat(self, message: str) -> str:
        """Say the names in a message as SQLite has them."""
        for there, name in self._homes.items():
            message = message.replace(name, there)
        return message

    @cached_property
    def _homes(self) -> Mapping[str, str]:
        """The tables in schemas of PostgreSQL by the names that they have on SQLite."""
        names = (key.name for key in self.places if key.kind == "table")
        return {bare(name): name for name in names if namespace(name)}

    def _home(self, key: Key | None) -> Key | None:
        """Give the key that an object has in the YAML."""
        if key is None or key in self.places:
            return key
        if key.kind == "table":
            return key._replace(name=self._homes.get(key.name, key.name))
        return key._replace(table=self._homes.get(key.table, key.table))

    def _place(self, key: Key | None) -> Place | None:
        return next((self.places[k] for k in _up(self._home(key)) if k in self.places), None)

    def _allowed(self, rule: Rule, finding: Finding) -> bool:
        """Say whether the object, its table or its enum allows it, and remember which did."""
        allowing = {
            (k, name)
            for k in (*_up(self._home(finding.key)), *finding.also)
            if k in self.directions
            for name in self.directions[k].allow
            if name in (rule.name, rule.code)
        }
        self.used |= allowing
        return bool(allowing) or self._is_agreed(rule, finding.key)

    def _is_agreed(self, rule: Rule, key: Key | None) -> bool:
        """Say whether the object has chosen the strategy that the rule warns of."""
        home = self._home(key)
        direction = self.directions.get(home) if home else None
        return bool(rule.strategy and direction and direction.strategy == rule.strategy)

    def _excused(self, rule: Rule, place: Place | None) -> bool:
        """Say whether a comment in the file allows it, and remember which did."""
        excusing = {
            a for a in self.allowances if a.name in (rule.name, rule.code) and a.covers(place)
        }
        self.heard |= excusing
        return bool(excusing)


def _up(key: Key | None) -> Iterator[Key]:
    """Give a key, and that of what it is a part of."""
    if key is not None:
        yield key
        if key.table:
            yield Key("enum" if key.kind == "enum_value" else "table", "", key.table)


def _diagnostic(rule: Rule, finding: Finding, place: Place | None) -> Diagnostic:
    return Diagnostic(
        rule.code,
        f"{finding.message} ({rule.name})",
        place,
        finding.label,
        finding.help,
        finding.severity or rule.severity,
    )
