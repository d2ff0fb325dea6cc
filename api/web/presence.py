"""A career as known now, and where it is in reach today: what every decision about a person rests on.

What is known of a career only grows, so what was made of it is remembered with its last entry. It holds for as long as
the ledger stands where it was; once that has gone on, the entries that have come since are looked at.
"""

from collections import OrderedDict
from threading import Lock
from typing import NamedTuple
from uuid import UUID

from api.folds import Folds
from domain.calendar import FOREVER, Day
from domain.divisions import REGION_CODE, within
from domain.errors import DamagedEntryError
from domain.known import Known
from domain.ledger import Ledger
from projections.kept.reach import MOVING, Reach, reach_of

REMEMBERED = 20_000
"""Careers whose reach is kept in memory: some hundred bytes each."""


class Presence(NamedTuple):
    """How many entries a career has, the divisions that it touches on a day, and whether a post is held on it."""

    number: int
    places: tuple[str, ...]
    serving: bool


NOBODY = Presence(0, (), serving=False)


class _Seen(NamedTuple):
    """A career as it was at a position of the ledger; `posts` are the days of each post, `[begin, end)`."""

    position: int
    number: int
    reach: list[Reach]
    posts: list[tuple[Day, Day]]


class Presences:
    """Looks careers up; for any thread."""

    def __init__(self, ledger: Ledger, folds: Folds) -> None:
        self._ledger = ledger
        self._folds = folds
        self._seen: OrderedDict[UUID, _Seen] = OrderedDict()
        self._lock = Lock()

    def of(self, career: UUID, now: Known, today: Day) -> Presence:
        """The career as known now, on a day; `NOBODY` if it has no entry."""
        seen = self._look(career, now)
        if seen is None:
            return NOBODY
        places = tuple([one.code for one in seen.reach if one.begins <= today < one.ends])
        return Presence(seen.number, places, any(begin <= today < end for begin, end in seen.posts))

    def ever_in(self, career: UUID, now: Known, jurisdiction: str) -> bool:
        """Whether a career, as known now, was ever in reach of a jurisdiction."""
        seen = self._look(career, now)
        return seen is not None and any(within(one.code, jurisdiction) for one in seen.reach)

    def _look(self, career: UUID, now: Known) -> _Seen | None:
        """The career now: as it was seen, and what has come since."""
        seen = self._seen.get(career)
        if seen is not None and seen.position == now.position:
            return seen
        seen = self._first(career, now) if seen is None else self._again(career, seen, now)
        if seen is None:
            return None
        seen = seen._replace(position=now.position)
        with self._lock:
            self._seen[career] = seen
            self._seen.move_to_end(career)
            if len(self._seen) > REMEMBERED:
                self._seen.popitem(last=False)
        return seen

    def _first(self, career: UUID, now: Known) -> _Seen | None:
        number = self._ledger.last_number(career, now)
        return self._made(career, number, now) if number else None

    def _again(self, career: UUID, seen: _Seen, now: Known) -> _Seen:
        """Most facts move nobody: then only the number is another."""
        try:
            since = self._ledger.entries_since(career, seen.number, now)
        except DamagedEntryError:
            return self._made(career, self._ledger.last_number(career, now), now)
        number = seen.number + len(since)
        if any(isinstance(entry.state.fact, MOVING) for entry in since):
            return self._made(career, number, now)
        return seen._replace(number=number)

    def _made(self, career: UUID, number: int, now: Known) -> _Seen:
        """A career that cannot be read is in reach of the region alone, and nobody's to take on."""
        try:
            made = self._folds.of(career, number, now).career
        except DamagedEntryError:
            return _Seen(0, number, [Reach(REGION_CODE, 0, FOREVER)], [(0, FOREVER)])
        return _Seen(0, number, reach_of(made), [(post.begin, post.end) for post in made.posts])
