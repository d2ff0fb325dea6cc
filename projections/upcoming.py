"""What comes due in this division in the next days: contracts, probations, secondments, terms, retirements, ten years?

And who still lacks hours of special training this year (Art. 20), once its end is within those days.
"""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any, Literal
from uuid import UUID

from msgspec import Struct
from msgspec.json import Decoder

from domain.calendar import FOREVER, Day
from domain.errors import QuestionError
from domain.regulation.readings import Readings
from domain.words import Phrase
from projections.asking import AskedOfDivision, DivisionAnswer, about_division, community_of
from projections.kept.due import DueKind
from projections.kept.snapshot import Snapshot
from projections.kept.table import numbers_in
from projections.kept.training import SESSIONS

_HERE = "r.community >= :first AND r.community < :end AND r.begins <= :on AND r.ends > :on"

_DUE = f"""
    SELECT d.career, d.place, d.due, d.kind, p.name, d.entries, d.detail, r.community
    FROM {{due}} AS d
    JOIN {{roster}} AS r ON r.career = d.career
    LEFT JOIN {{people}} AS p ON p.career = d.career
    WHERE {_HERE} AND d.due >= :on AND d.due <= :last AND d.begins <= :on AND d.ends > :on
    ORDER BY d.career, d.place, r.community
"""  # noqa: S608 - no value is part of it

_TRAINING = f"""
    SELECT t.career, t.owed, t.sessions, t.entries, p.name, r.community
    FROM {{training}} AS t
    JOIN {{roster}} AS r ON r.career = t.career
    LEFT JOIN {{people}} AS p ON p.career = t.career
    WHERE {_HERE} AND t.year = :year
    ORDER BY t.career, r.community
"""  # noqa: S608

NOT_DAYS = Phrase("within:应为 0 或更大的天数", "within: a number of days, 0 or more")

Kind = DueKind | Literal["training"]

_numbers = Decoder(tuple[int, ...]).decode


class Item(Struct, frozen=True, gc=False):
    """Something that comes due for someone, told once however many posts the person holds."""

    due: date
    """The planned or lawful last day; of `ten_years`, the first day on which the person has them."""
    kind: Kind
    career: UUID
    name: str | None
    """None before a person is registered."""
    communities: tuple[str, ...]
    """Those of the division in which the person serves on the asked day."""
    entries: tuple[int, ...]
    """The numbers of the entries that it rests on."""
    detail: str
    """Of a secondment, the host; of a term, the office; else empty."""
    hours_missing: float | None
    """Of training only: what the whole year owes, less what was done by the asked day."""


class Upcoming(DivisionAnswer, frozen=True):
    """By the day, then by kind and career."""

    within: int
    items: tuple[Item, ...]
    readings: Readings
    rules: str


def upcoming(snapshot: Snapshot, asked: AskedOfDivision, within: int) -> Upcoming:
    """What comes due from the asked day to `within` days after it, both inside, as it is told on the asked day.

    It is about everyone with a post in the division on the asked day, full-time or not. A day that is over is not
    upcoming: it is found against, if a rule says so. Raises `QuestionError` for fewer than no days.
    """
    if within < 0:
        raise QuestionError(NOT_DAYS())
    on = asked.on.toordinal()
    first, end = numbers_in(asked.division)
    here = {"first": first, "end": end, "on": on}
    last = min(on + within, FOREVER)
    items = _planned(snapshot.select(_DUE, last=last, **here))
    year_ends = date(asked.on.year, 12, 31)
    if year_ends.toordinal() <= last:
        rows = snapshot.select(_TRAINING, year=year_ends.year, **here)
        items += _untrained(rows, year_ends, on)
    items.sort(key=attrgetter("due", "kind", "career", "entries", "detail"))
    return Upcoming(
        *about_division(asked, snapshot),
        within=within,
        items=tuple(items),
        readings=asked.readings,
        rules=asked.rules,
    )


def _planned(rows: list[tuple[Any, ...]]) -> list[Item]:
    """One item of its rows, one a community."""
    items = []
    for _, same in groupby(rows, key=itemgetter(0, 1)):
        told = list(same)
        career, _, due, kind, name, entries, detail, _ = told[0]
        where = _communities(row[-1] for row in told)
        day = date.fromordinal(due)
        items.append(Item(day, kind, UUID(bytes=career), name, where, _numbers(entries), detail, None))
    return items


def _untrained(rows: list[tuple[Any, ...]], year_ends: date, on: Day) -> list[Item]:
    """Those who have not done by the asked day what the year owes."""
    items = []
    for _, same in groupby(rows, key=itemgetter(0)):
        told = list(same)
        career, owed, sessions, served, name, _ = told[0]
        done = [session for session in SESSIONS.decode(sessions) if session.day <= on]
        missing = owed - sum(session.hours for session in done)
        if missing > 0:
            where = _communities(row[-1] for row in told)
            entries = {*_numbers(served), *(entry for session in done for entry in session.entries)}
            rests_on = tuple(sorted(entries))
            items.append(Item(year_ends, "training", UUID(bytes=career), name, where, rests_on, "", missing))
    return items


def _communities(numbers: Iterable[int]) -> tuple[str, ...]:
    """Each community once; for a day, two posts may be in one."""
    return tuple([community_of(number) for number in dict.fromkeys(numbers)])
