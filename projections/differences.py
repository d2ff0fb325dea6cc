"""What differs between two sets of entries of one career: which facts, and which answers because of them."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Literal

from msgspec import Struct

from domain.entry import Entry
from domain.facts import Corrected, PlainFact, Voided
from domain.fold import fold
from domain.history import history
from domain.regulation.finding import Finding
from domain.regulation.findings import findings
from domain.regulation.secretaries import eligibility
from domain.regulation.service import service
from projections.asking import Asked

Difference = Literal["learned", "changed", "voided", "placed", "unplaced"]
"""A fact newly known; one that reads otherwise; one that is void; one that fits now; one that fits no more."""


class FactChange(Struct, frozen=True):
    """A fact that is known otherwise. `because` are the entries that changed it, with who recorded them and when."""

    difference: Difference
    number: int
    before: PlainFact | None
    after: PlainFact | None
    because: tuple["Cause", ...]


class Cause(Struct, frozen=True):
    """An entry that is known on one side only."""

    number: int
    position: int
    recorded_at: datetime
    recorded_by: str
    reason: str
    """The reason of an amendment; empty for a fact that was learned."""


class AnswerChange(Struct, frozen=True):
    """A figure of an answer that differs; `field` is its path in the answer's JSON."""

    answer: str
    field: str
    before: Any
    after: Any


class Differences(Struct, frozen=True):
    """All that differs. Findings are the same if they say the same, whatever entries they rest on."""

    facts: tuple[FactChange, ...]
    answers: tuple[AnswerChange, ...]
    findings_gone: tuple[Finding, ...]
    findings_new: tuple[Finding, ...]
    unplaced: tuple[int, ...]
    """The entries that do not fit on the other side."""


class _View(Struct, frozen=True):
    """What was known and answered at one moment."""

    facts: dict[int, tuple[PlainFact, tuple[int, ...]]]
    unplaced: frozenset[int]
    figures: dict[tuple[str, str], Any]
    findings: tuple[Finding, ...]


def differences(before: Sequence[Entry], after: Sequence[Entry], asked: Asked) -> Differences:
    """From what some entries say to what others say, of which one set begins with the other.

    Without entries it is a career without facts. What a difference is because of are entries of the longer set alone.
    """
    one, other = _view(before, asked), _view(after, asked)
    entries, since = max(before, after, key=len), min(len(before), len(after))
    return Differences(
        facts=tuple(_fact_changes(one, other, entries, since)),
        answers=tuple(
            AnswerChange(*key, one.figures[key], other.figures[key])
            for key in one.figures
            if one.figures[key] != other.figures[key]
        ),
        findings_gone=tuple(_only_in(one.findings, other.findings)),
        findings_new=tuple(_only_in(other.findings, one.findings)),
        unplaced=tuple(sorted(other.unplaced)),
    )


def _view(entries: Sequence[Entry], asked: Asked) -> _View:
    told = history(entries)
    career = fold(told)
    served = service(career, asked.readings, asked.on)
    judged = eligibility(career, asked.readings, asked.on, served)
    figures = {
        ("service_years", path): value
        for name, part in (("cumulative", served.cumulative), ("continuous", served.continuous))
        for path, value in _figures(name, part)
    }
    figures["eligibility", "eligible"] = judged.eligible
    figures["eligibility", "eligible_on"] = judged.eligible_on
    for condition in judged.conditions:
        figures["eligibility", f"{condition.condition}.met"] = condition.met
        figures["eligibility", f"{condition.condition}.since"] = condition.since
    return _View(
        facts={happening.number: (happening.fact, happening.entries) for happening in told.happenings},
        unplaced=frozenset(misfit.number for misfit in career.misfits),
        figures=figures,
        findings=findings(career, asked.readings, asked.on),
    )


def _only_in(here: Sequence[Finding], there: Sequence[Finding]) -> Iterator[Finding]:
    """The findings that say something else there, or nothing; which entries they rest on is no difference."""
    known = {_said(one) for one in there}
    return (one for one in here if _said(one) not in known)


def _said(one: Finding) -> tuple[object, ...]:
    return one.article, one.rule, one.severity, one.since, one.until


def _figures(name: str, part: Struct) -> Iterator[tuple[str, Any]]:
    for field in part.__struct_fields__:
        yield f"{name}.{field}", getattr(part, field)


def _fact_changes(before: _View, after: _View, entries: Sequence[Entry], since: int) -> Iterator[FactChange]:
    for number in sorted(before.facts.keys() | after.facts.keys()):
        one, _ = before.facts.get(number, (None, ()))
        other, _ = after.facts.get(number, (None, ()))
        difference = _difference(number, one, other, before, after)
        if difference is not None:
            causes = tuple(_causes(number, entries, since))
            yield FactChange(difference, number, one, other, causes)


def _difference(
    number: int, one: PlainFact | None, other: PlainFact | None, before: _View, after: _View
) -> Difference | None:
    if one is None:
        return "learned"
    if other is None:
        return "voided"
    if one != other:
        return "changed"
    if (number in before.unplaced) != (number in after.unplaced):
        return "placed" if number in before.unplaced else "unplaced"
    return None


def _causes(number: int, entries: Sequence[Entry], since: int) -> Iterator[Cause]:
    """The entries after the first so many that speak of this one, itself among them."""
    about = {number}
    for entry in entries:
        fact = entry.state.fact
        amends = isinstance(fact, Corrected | Voided) and fact.number in about
        if amends:
            about.add(entry.number)
        if entry.number > since and (amends or entry.number == number):
            reason = fact.reason if isinstance(fact, Corrected | Voided) else ""
            yield Cause(entry.number, entry.position, entry.state.recorded_at, entry.state.recorded_by, reason)
