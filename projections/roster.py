"""Who served in this division on that day, as what, and for how long by then?"""

from datetime import date
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from msgspec import Raw, Struct

from domain.calendar import NO_TIME, Day, Span, months_and_days, span
from domain.facts import Role, Track
from domain.regulation.lengths import joined, span_of
from domain.regulation.readings import Readings
from domain.regulation.service import Cumulative
from projections.asking import AskedOfDivision, DivisionAnswer, about_division
from projections.kept.snapshot import Snapshot
from projections.kept.table import numbers_in

_HERE = "r.community >= :first AND r.community < :end AND r.begins <= :on AND r.ends > :on"

_COUNTS_TODAY = "s.counts = 1 AND s.begins < :until"

_ROSTER = f"""
    SELECT r.career, p.name, r.community, r.in_post_since, r.here_since, r.role, r.full_time, r.track, r.level,
           r.offices, r.entries,
           CASE WHEN {_COUNTS_TODAY} THEN s.days_before + :until - s.begins ELSE s.days_before END,
           CASE WHEN {_COUNTS_TODAY} THEN :until ELSE s.last_before + 1 END,
           CASE WHEN s.since < :until THEN s.since END
    FROM {{roster}} AS r
    LEFT JOIN {{people}} AS p ON p.career = r.career
    LEFT JOIN {{service}} AS s ON s.career = r.career AND s.begins <= :on AND s.ends > :on
    WHERE {_HERE}
    ORDER BY r.community, r.in_post_since, r.career, r.place
"""  # noqa: S608 - no value is part of it

_COUNTED = f"""
    SELECT s.career, s.begins, s.ends FROM {{service}} AS s
    WHERE s.counts = 1 AND s.begins < :until AND s.career IN (SELECT r.career FROM {{roster}} AS r WHERE {_HERE})
    ORDER BY s.career, s.begins
"""  # noqa: S608


class Grade(Struct, frozen=True, gc=False):
    """The latest grade by the asked day 等级 (Art. 23)."""

    track: Track
    level: int


class OnRoster(Struct, frozen=True, gc=False):
    """Someone in a post. Who holds two posts in the division is on its roster twice."""

    career: UUID
    name: str | None
    """None before a person is registered."""
    community: str
    in_post_since: date
    here_since: date
    """The first day of the stay in this community; the post may be older."""
    role: Role | None
    full_time: bool
    grade: Grade | None
    offices: Raw
    """A list of `{office, community}`: those held on the day, here or elsewhere."""
    entries: Raw
    """The numbers of the entries that this rests on."""
    cumulative: Cumulative
    """Service so far (Art. 23)."""
    continuous_since: date | None
    """The first counted day of the latest run without a break (Art. 32)."""


class Roster(DivisionAnswer, frozen=True):
    """By community, then by the day since when they are in the post."""

    workers: tuple[OnRoster, ...]
    readings: Readings
    rules: str


def roster(snapshot: Snapshot, asked: AskedOfDivision) -> Roster:
    """Everyone with a post in the division on the asked day, full-time or not."""
    on = asked.on.toordinal()
    first, end = numbers_in(asked.division)
    values = {"first": first, "end": end, "on": on, "until": on if asked.readings.on == "exclusive" else on + 1}
    lengths = _added_up(snapshot, asked, values) if asked.readings.span == "sum_30" else None
    day = date.fromordinal
    workers = [
        OnRoster(
            UUID(bytes=career),
            name,
            str(community),
            day(in_post_since),
            day(here_since),
            role,
            full_time == 1,
            _grade(track, level) if track else None,
            Raw(offices),
            Raw(entries),
            _shifted(days, after) if lengths is None else Cumulative(days or 0, lengths.get(career, NO_TIME)),
            day(since) if since else None,
        )
        for career, name, community, in_post_since, here_since, role, full_time, track, level, offices, entries,
            days, after, since in snapshot.select(_ROSTER, **values)
    ]  # fmt: skip
    return Roster(*about_division(asked, snapshot), workers=tuple(workers), readings=asked.readings, rules=asked.rules)


@lru_cache(maxsize=128)
def _grade(track: Track, level: int) -> Grade:
    return Grade(track, level)


@lru_cache(maxsize=65_536)
def _shifted(days: int | None, after: Day | None) -> Cumulative:
    """So many days, the last of them before `after`, said as if they had been served without a break."""
    if not days or after is None:
        return Cumulative(0, NO_TIME)
    return Cumulative(days, span(*months_and_days(after - days, after)))


def _added_up(snapshot: Snapshot, asked: AskedOfDivision, values: dict[str, int]) -> dict[bytes, Span]:
    """The lengths of all unbroken stretches added up, for which every one of them is needed (reading `sum_30`)."""
    return {
        career: span_of(joined(((begin, end) for _, begin, end in stretches), values["until"]), asked.readings)
        for career, stretches in groupby(snapshot.select(_COUNTED, **values), key=itemgetter(0))
    }
