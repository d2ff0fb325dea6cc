"""What happened in this division between two days?

Which facts there are is known from the kept table; what they say is read from the ledger, for those that are told.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from heapq import nsmallest
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

from msgspec import Struct
from msgspec.msgpack import Decoder

from domain.calendar import Day
from domain.facts import FACT_TYPES, Corrected, PlainFact, Registered, Voided
from domain.regulation.readings import Readings
from projections.asking import AskedOfDivision, DivisionAnswer, about_division, community_of
from projections.kept.recordings import RECORDINGS_OF, author_as_kept
from projections.kept.snapshot import Snapshot
from projections.kept.table import numbers_in
from projections.reaching import Reaching, about_those_in_reach, in_reach_of, reach_values

_OF_YEAR = """
    SELECT h.career, h.community, p.name, h.items, %s
    FROM {happenings} AS h
    LEFT JOIN {people} AS p ON p.career = h.career
    %s
    WHERE h.year = :year AND h.community >= :first AND h.community < :end
"""
_BY_ANYBODY = _OF_YEAR % ("NULL", "")
_BY_AUTHOR = _OF_YEAR % ("w.items", "JOIN {recordings} AS w ON w.career = h.career AND w.author = :author")
_IN_REACH = f" AND {in_reach_of('there', 'h.career')}"

LIMIT = 1000
"""How many facts one answer tells, if nothing else is asked."""

KINDS = tuple(tag for tag, kind in FACT_TYPES.items() if kind not in (Registered, Corrected, Voided))
"""What can happen in a division. A registration is about the person: the day it stands at is a date of birth."""

Key = tuple[bytes, int]
"""A career, and the number of an entry in it."""

FactsOf = Callable[[Sequence[Key]], Mapping[Key, PlainFact | Corrected | Voided]]
"""What some entries say, by their keys."""

_items = Decoder(list[tuple[Day, str, tuple[int, ...]]]).decode


class Cursor(NamedTuple):
    """Where an answer ended: at a fact, by the day on which it happened, its career, and its number there."""

    day: date
    career: UUID
    number: int

    def __str__(self) -> str:
        return f"{self.day}/{self.career}/{self.number}"


class Happened(Struct, frozen=True, gc=False):
    """A fact that stands, in the place that it takes as it now reads."""

    day: date
    career: UUID
    name: str | None
    """None before a person is registered."""
    communities: tuple[str, ...]
    """The one that the fact names, else those in which the person served on the day; of them those in the division."""
    kind: str
    number: int
    entries: tuple[int, ...]
    """Its own, then the corrections that speak for it."""
    fact: PlainFact


class Happenings(DivisionAnswer, frozen=True):
    """By day, then career, then number. `next` is what to go on after; None if this is the end."""

    first_day: date
    last_day: date
    kind: str | None
    author: str | None
    without: tuple[str, ...]
    """The kinds that this reader is not shown."""
    happened: tuple[Happened, ...]
    next: str | None
    readings: Readings
    rules: str


_Item = tuple[Day, bytes, int, int, str, tuple[int, ...], str | None]
"""A fact in one community: day, career, number, community, tag, entries, name. In this order facts are told."""

_which = itemgetter(0, 1, 2)


def happened(  # noqa: PLR0913 - each is a part of the question
    snapshot: Snapshot,
    facts_of: FactsOf,
    asked: AskedOfDivision,
    first: date,
    last: date,
    *,
    kind: str | None = None,
    author: str | None = None,
    without: frozenset[str] = frozenset(),
    reaching: Reaching | None = None,
    limit: int = LIMIT,
    after: Cursor | None = None,
) -> Happenings:
    """Facts that happened from one day to another, both inside, corrected and voided as known.

    A fact that is told in two communities of the division is told once. At most `limit`, from after a cursor on. Of an
    `author`, those that the author recorded, or corrected to what they say; `without` kinds that are not to be told, as
    facts read now; `reaching`, of careers only that are in reach.
    """
    wanted = _Wanted(first, last, kind, without, after, {} if author is not None else None)
    found: list[list[_Item]] = []
    for year in range(wanted.begin.year, last.year + 1):
        found += _first(limit + 1 - len(found), _rows(snapshot, asked, year, author, reaching), wanted)
        if len(found) > limit:
            break
    happenings = _all_told(found[:limit], facts_of)
    more = happenings[-1] if happenings and len(found) > limit else None
    return Happenings(
        *(about_division(asked, snapshot) if reaching is None else about_those_in_reach(asked, snapshot, reaching)),
        first_day=first,
        last_day=last,
        kind=kind,
        author=author,
        without=tuple(sorted(without)),
        happened=happenings,
        next=str(Cursor(more.day, more.career, more.number)) if more else None,
        readings=asked.readings,
        rules=asked.rules,
    )


def _all_told(found: list[list[_Item]], facts_of: FactsOf) -> tuple[Happened, ...]:
    facts = facts_of([(career, entries[-1]) for (_, career, _, _, _, entries, _), *_ in found])
    return tuple([_told(same, facts) for same in found])


class _Wanted(NamedTuple):
    first: date
    last: date
    kind: str | None
    without: frozenset[str]
    after: Cursor | None
    recorded: dict[bytes, frozenset[int]] | None
    """Of an author, the numbers of the entries that are the author's, by career; as they come to be known."""

    @property
    def begin(self) -> date:
        """The day from which on there can be anything."""
        return self.first if self.after is None else max(self.first, self.after.day)


def _rows(
    snapshot: Snapshot, asked: AskedOfDivision, year: int, author: str | None, reaching: Reaching | None
) -> list[tuple[Any, ...]]:
    lowest, end = numbers_in(asked.division)
    values: dict[str, Any] = {"year": year, "first": lowest, "end": end}
    query = _BY_ANYBODY
    if author is not None:
        query = _BY_AUTHOR
        values["author"] = author_as_kept(author)
    if reaching is not None:
        query += _IN_REACH
        values |= reach_values("there", reaching.jurisdiction, reaching.on)
    return snapshot.select(query, **values)


def _first(number: int, rows: list[tuple[Any, ...]], wanted: _Wanted) -> list[list[_Item]]:
    """The first facts of a year that are asked for, each as an item for every community of it.

    A fact in several communities takes several of the items that are looked at, so that these may have to be more.
    """
    if wanted.recorded is not None:
        for career, *_, packed in rows:
            if career not in wanted.recorded:
                wanted.recorded[career] = frozenset(one.number for one in RECORDINGS_OF(packed))
    looked_at = number + number // 4 + 8
    while True:
        items = nsmallest(looked_at, _items_of(rows, wanted))
        found = [list(same) for _, same in groupby(items, _which)]
        if len(found) > number or len(items) < looked_at:
            return found[:number]
        looked_at *= 2


def _items_of(rows: list[tuple[Any, ...]], wanted: _Wanted) -> Iterator[_Item]:
    """All facts of a year that are asked for. None is kept here: there may be many more than are told."""
    first, last = wanted.first.toordinal(), wanted.last.toordinal()
    kind, without, after, recorded = wanted.kind, wanted.without, wanted.after, wanted.recorded
    items: Iterator[_Item] = (
        (day, career, entries[0], community, tag, entries, name)
        for career, community, name, packed, _ in rows
        for day, tag, entries in _items(packed)
        if first <= day <= last and (kind is None or tag == kind) and tag not in without
    )
    if recorded is not None:
        items = (item for item in items if not recorded[item[1]].isdisjoint(item[5]))
    if after is None:
        return items
    reached = (after.day.toordinal(), after.career.bytes, after.number)
    return (item for item in items if _which(item) > reached)


def _told(same: list[_Item], facts: Mapping[Key, Any]) -> Happened:
    day, career, number, _, tag, entries, name = same[0]
    fact = facts[career, entries[-1]]
    return Happened(
        date.fromordinal(day),
        UUID(bytes=career),
        name,
        tuple([community_of(item[3]) for item in same]),
        tag,
        number,
        entries,
        fact.replacement if isinstance(fact, Corrected) else fact,
    )
