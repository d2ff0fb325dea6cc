"""Calendar years: which of them are finished, and how much of them was served."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from domain.calendar import Day, year_of
from domain.career import Period
from domain.regulation.lengths import Range


@cache
def year_range(year: int) -> Range:
    """1 January to 31 December."""
    return date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()


def finished_years(periods: Sequence[Period], on: Day) -> range:
    """The calendar years that the periods touch and that are over by `on`: on 1 January the last one is."""
    if not periods:
        return range(0)
    last = min(year_of(max(period.end for period in periods) - 1), year_of(on) - 1)
    return range(year_of(periods[0].begin), last + 1)


def covers(periods: Iterable[Period], limits: Range) -> bool:
    """Whether one or other of the periods goes on on every day of a range. They come ordered by their begin."""
    reached, end = limits
    for period in periods:
        if period.begin <= reached < period.end:
            reached = period.end
            if reached >= end:
                return True
    return False


def within(periods: Iterable[Period], limits: Range) -> list[Range]:
    """The days of a range on which any of the periods goes on. They come ordered by their begin."""
    begin, end = limits
    found: list[Range] = []
    for period in periods:
        first, after = max(period.begin, begin), min(period.end, end)
        if first < after:
            found.append((first, after))
            begin = after
    return found
