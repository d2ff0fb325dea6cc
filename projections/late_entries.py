"""What was recorded here long after it happened, what was edited, and what of it came just before a next step?"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from msgspec import Struct

from domain.calendar import Day
from domain.regulation.readings import Readings
from projections.asking import AskedOfDivision, DivisionAnswer
from projections.kept.recordings import RECORDINGS_OF
from projections.kept.snapshot import Snapshot
from projections.reaching import AT_A_TIME, THESE, Reaching, about_those_in_reach, in_reach_of, reach_values, these
from projections.sieve import USUAL, By, Cluster, Edit, LateEntry, Sieve, sifted

LIMIT = 100
"""How many careers one answer tells, if nothing else is asked."""

_CAREERS = f"""
    SELECT DISTINCT w.career FROM {{recordings}} AS w
    WHERE w.career > :after AND w.begins <= :last AND w.ends > :first
      AND {in_reach_of("here", "w.career")} AND {in_reach_of("there", "w.career")}
    ORDER BY w.career LIMIT :some
"""  # noqa: S608 - no value is part of it

_RECORDED = f"""
    SELECT w.career, p.name, w.author, w.items FROM {{recordings}} AS w
    LEFT JOIN {{people}} AS p ON p.career = w.career
    WHERE w.career IN {THESE}
    ORDER BY w.career
"""  # noqa: S608


class ToLookAt(Struct, frozen=True, gc=False):
    """What there is to look at in one career, each by number."""

    career: UUID
    name: str | None
    """None before a person is registered."""
    late: tuple[LateEntry, ...]
    edits: tuple[Edit, ...]
    clusters: tuple[Cluster, ...]


class LateEntries(DivisionAnswer, frozen=True):
    """By career. `next` is the career to go on after; None if this is the end."""

    first_day: date
    last_day: date
    sieve: Sieve
    without: tuple[str, ...]
    """The kinds that this reader is not shown."""
    careers: tuple[ToLookAt, ...]
    next: UUID | None
    readings: Readings
    rules: str


def late_entries(  # noqa: PLR0913 - each is a part of the question
    snapshot: Snapshot,
    asked: AskedOfDivision,
    reaching: Reaching,
    first: date,
    last: date,
    *,
    sieve: Sieve = USUAL,
    without: frozenset[str] = frozenset(),
    limit: int = LIMIT,
    after: UUID | None = None,
) -> LateEntries:
    """What was recorded from one China day to another, both inside, and should be looked at (`projections/sieve.py`).

    Of the careers in reach of the division on the asked day, and of the asker's jurisdiction on the day of reach. At
    most `limit` of them, from after one on. Kinds `without` are not to be told of.
    """
    begin, end = first.toordinal(), last.toordinal()
    found: list[ToLookAt] = []
    for careers in _careers(snapshot, asked, reaching, (begin, end), after):
        for career, name, recorded in _recorded(snapshot, careers):
            one = sifted(recorded, begin, end, sieve, without)
            if any(one):
                found.append(ToLookAt(UUID(bytes=career), name, *one))
        if len(found) > limit:
            break
    told = tuple(found[:limit])
    return LateEntries(
        *about_those_in_reach(asked, snapshot, reaching),
        first_day=first,
        last_day=last,
        sieve=sieve,
        without=tuple(sorted(without)),
        careers=told,
        next=told[-1].career if len(found) > limit and told else None,
        readings=asked.readings,
        rules=asked.rules,
    )


def _careers(
    snapshot: Snapshot, asked: AskedOfDivision, reaching: Reaching, period: tuple[Day, Day], after: UUID | None
) -> Iterator[list[bytes]]:
    """The careers in reach of which something was recorded in a period, both days inside; some at a time."""
    where = reach_values("here", asked.division, asked.on) | reach_values("there", reaching.jurisdiction, reaching.on)
    first, last = period
    reached = b"" if after is None else after.bytes
    some = [reached] * AT_A_TIME
    while len(some) == AT_A_TIME:
        rows = snapshot.select(_CAREERS, after=reached, first=first, last=last, some=AT_A_TIME, **where)
        some = [career for (career,) in rows]
        if some:
            reached = some[-1]
            yield some


def _recorded(snapshot: Snapshot, careers: Sequence[bytes]) -> Iterator[tuple[bytes, str | None, list[By]]]:
    """All entries of each career, with who recorded them."""
    for some in these(careers):
        for (career, name), rows in groupby(snapshot.select(_RECORDED, **some), key=itemgetter(0, 1)):
            yield career, name, [By(entry, author) for _, _, author, items in rows for entry in RECORDINGS_OF(items)]
