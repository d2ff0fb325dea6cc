"""What is open while a career is folded, told apart by a key: a post by its community, a term by its office and place.

Each method places one happening and returns None, or says why it cannot be placed.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from typing import Generic, TypeVar

from domain.calendar import FOREVER, Day
from domain.career import Period
from domain.facts import AppointedOut, Died, Dismissed, Fact, Resigned, Retired
from domain.history import Happening, Misfit
from domain.words import Phrase, Reason

K = TypeVar("K")
P = TypeVar("P", bound=Period)
Build = Callable[[Happening, Happening | None, Day], P]

ENDS_ALL_SERVICE = Resigned | Dismissed | Retired | Died | AppointedOut
"""These end all posts, and any open secondment, leave, suspension or term."""

STILL_OPEN = Phrase(
    "{fact}({day}):第 {entry} 条开始的尚未结束,不能重复开始",
    "{fact} on {day}: what entry {entry} began is still open; it cannot begin twice",
)
NOT_BEGUN = Phrase(
    "{fact}({day}):没有相应的开始;请先补录开始,或核对日期",
    "{fact} on {day}: an end without its beginning; record the beginning, or check the day",
)
ENDED_BEFORE = Phrase(
    "{fact}({day}):已由第 {entry} 条结束,没有可结束的",
    "{fact} on {day}: an end without its beginning; entry {entry} has already ended it",
)


@cache
def _term(kind: type[Fact]) -> Reason:
    """What a kind of fact is called."""
    return Phrase(kind.zh, kind.tag())()


class Openings(Generic[K, P]):
    """What is open now, and what was closed before."""

    def __init__(self, build: Build[P]) -> None:
        self._build = build
        self._open: dict[K, Happening] = {}
        self._past: list[tuple[K, P]] = []

    def __bool__(self) -> bool:
        return bool(self._open)

    def __contains__(self, key: K) -> bool:
        return key in self._open

    def begin(self, key: K, happening: Happening) -> Misfit | None:
        """Open what is not open yet."""
        if key in self._open:
            return still_open(happening, self._open[key].number)
        self._open[key] = happening
        return None

    def end(self, key: K, happening: Happening) -> Misfit | None:
        """Close what is open; or say more exactly how that ended which an end of all service closed on this day."""
        opened = self._open.pop(key, None)
        if opened is not None:
            self._past.append((key, self._build(opened, happening, happening.day + 1)))
            return None
        for place in range(len(self._past) - 1, -1, -1):
            past_key, period = self._past[place]
            if past_key == key:
                break
        else:
            return not_begun(happening, None)
        closed = period.closed
        assert closed is not None
        if closed.day == happening.day and isinstance(closed.fact, ENDS_ALL_SERVICE):
            self._past[place] = (key, self._build(period.opened, happening, period.end))
            return None
        return not_begun(happening, closed.number)

    def end_all(self, happening: Happening) -> None:
        """Close whatever is open."""
        for key in list(self._open):
            self.end(key, happening)

    def earliest(self, keys: Iterable[K]) -> K:
        """Which of these has been open longest."""
        return min(keys, key=self._open.__getitem__)

    def rename(self, old: K, new: K) -> None:
        """Go on under another key."""
        self._open[new] = self._open.pop(old)

    def __iter__(self) -> Iterator[K]:
        return iter(self._open)

    def number(self, key: K) -> int:
        """The entry that opened what is open under this key."""
        return self._open[key].number

    def last(self) -> P | None:
        """What was closed last."""
        return self._past[-1][1] if self._past else None

    def all(self) -> list[P]:
        """Everything, closed or still open, by the day on which it began."""
        periods = [period for _, period in self._past]
        periods += [self._build(opened, None, FOREVER) for opened in self._open.values()]
        if len(periods) > 1:
            periods.sort(key=lambda period: (period.begin, period.opened.number))
        return periods


def still_open(happening: Happening, entry: int) -> Misfit:
    """A beginning of what the entry began and nothing has ended."""
    return Misfit(happening.number, STILL_OPEN(**named(happening), entry=entry), entry)


def not_begun(happening: Happening, ended_by: int | None) -> Misfit:
    """An end without its beginning, and the entry that had ended it before, if one had."""
    if ended_by is None:
        return Misfit(happening.number, NOT_BEGUN(**named(happening)))
    return Misfit(happening.number, ENDED_BEFORE(**named(happening), entry=ended_by), ended_by)


def named(happening: Happening) -> dict[str, object]:
    """What a fact is called and when it happened, for a message in both languages."""
    return {"fact": _term(type(happening.fact)), "day": date.fromordinal(happening.day)}
