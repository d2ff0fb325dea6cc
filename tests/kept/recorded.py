"""Entries as several people recorded them, on days that matter; and what is to be looked at in them, the plain way."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from domain.calendar import CHINA
from domain.entry import Entry, State
from domain.facts import AnyFact, AppointedOut, Corrected, Graded, PriorServiceRecognised, Promoted, Registered, Voided
from domain.facts.base import happened_on
from projections.sieve import Sieve
from tests.building import CAREER
from tests.kept.populations import populations
from tests.kept.shelves import uuid_of

AUTHORS = ["clerk", "li", "wang"]
STEPS = (Graded, Promoted, AppointedOut)
Recorded = tuple[AnyFact, str, str]
"""A fact, the day on which it was recorded, and who did."""


def recorded(*told: Recorded, career: UUID = CAREER) -> list[Entry]:
    """Entries that were recorded at noon in China."""
    return [
        Entry(career, number, number, State(at_noon(date.fromisoformat(on)), by, fact))
        for number, (fact, on, by) in enumerate(told, 1)
    ]


def at_noon(on: date) -> datetime:
    return datetime.combine(on, time(12), CHINA).astimezone(UTC)


@st.composite
def offices(draw: DrawFn) -> dict[UUID, list[Entry]]:
    """A few careers, recorded by several people: at once, or after about as many days as make an entry late."""
    steps: list[AnyFact] = [
        Graded(on=date(2024, 3, 1), track="staff", level=3, basis="initial"),
        Promoted(on=date(2025, 3, 1), track="staff", level=4),
    ]
    careers = {}
    for place, facts in enumerate(draw(populations())):
        on, told = date(2005, 1, 1), []
        for fact in [*facts, *draw(st.lists(st.sampled_from(steps), max_size=2))]:
            if not isinstance(fact, Corrected | Voided | Registered):
                on = max(on, happened_on(fact))
            on += timedelta(days=draw(st.sampled_from([0, 0, 1, 7, 59, 60, 61, 90, 91])))
            told.append((fact, str(on), draw(st.sampled_from(AUTHORS))))
        careers[uuid_of(place)] = recorded(*told, career=uuid_of(place))
    return careers


def day_of(entry: Entry) -> date:
    """The China day on which an entry was recorded."""
    return entry.state.recorded_at.astimezone(CHINA).date()


def looked_at(
    careers: Mapping[UUID, Sequence[Entry]],
    first: date,
    last: date,
    sieve: Sieve,
    without: frozenset[str] = frozenset(),
) -> list[dict[str, Any]]:
    """What is to be looked at in each career where there is something, without names and words."""
    found = []
    for career, entries in careers.items():
        shown = [entry for entry in entries if not _is_hidden(entry, entries, without)]
        inside = [entry for entry in shown if first <= day_of(entry) <= last]
        late = [entry.number for entry in inside if _is_late(entry, sieve)]
        edits = [entry.number for entry in inside if _is_edit(entry)]
        clusters = []
        for step in inside:
            since = day_of(step) - timedelta(days=sieve.within)
            before = [one for one in shown[: shown.index(step)] if day_of(one) >= since]
            counted = [one for one in before if _is_edit(one) or _is_late(one, sieve)]
            if isinstance(step.state.fact, STEPS) and len(counted) >= sieve.at_least:
                authors = sorted({one.state.recorded_by for one in counted})
                clusters.append((step.number, [one.number for one in counted], authors))
        if late or edits or clusters:
            found.append({"career": str(career), "late": late, "edits": edits, "clusters": clusters})
    return found


def _is_hidden(entry: Entry, entries: Sequence[Entry], without: frozenset[str]) -> bool:
    fact = entry.state.fact
    if fact.tag() in without:
        return True
    amends = isinstance(fact, Corrected | Voided) and fact.number <= len(entries)
    return amends and _is_hidden(entries[fact.number - 1], entries, without)  # type: ignore[union-attr]


def _is_edit(entry: Entry) -> bool:
    return isinstance(entry.state.fact, Corrected | Voided)


def _is_late(entry: Entry, sieve: Sieve) -> bool:
    fact = entry.state.fact
    if isinstance(fact, Corrected | Voided | Registered | PriorServiceRecognised):
        return False
    return (day_of(entry) - happened_on(fact)).days > sieve.late_after
