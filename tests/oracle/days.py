"""Days, months and rest days, counted the slow way."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache

import chinese_calendar

IN_FORCE = date(2024, 8, 21)
"""The day on which the regulation was published, and from which it holds (Art. 40)."""

ONE_DAY = timedelta(days=1)


def after(day: date, days: int = 1) -> date:
    """The day that many days later."""
    return day + timedelta(days=days)


def before(day: date, days: int = 1) -> date:
    """The day that many days earlier."""
    return day - timedelta(days=days)


def each_day(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last, both inside."""
    day = first
    while day <= last:
        yield day
        day += ONE_DAY


def strictly_between(earlier: date, later: date) -> int:
    """How many days lie between two days; -1 if they are the same day."""
    return (later - earlier).days - 1


def add_months(day: date, months: int) -> date:
    """The corresponding day months later; if there is none in that month, the month's last day (民法典 202)."""
    year, month = day.year, day.month
    for _ in range(months):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    number = day.day
    while True:
        try:
            return date(year, month, number)
        except ValueError:
            number -= 1


def difference(begin: date, end: date) -> tuple[int, int]:
    """From `begin` to `end`, which is outside: whole months first, then the days that remain."""
    months = max(0, (end - begin).days // 31 - 1)
    while add_months(begin, months + 1) <= end:
        months += 1
    return months, (end - add_months(begin, months)).days


@cache
def is_rest_day(day: date) -> bool:
    """A weekend or public holiday; a make-up workday is none. Only weekends where the holidays are not known."""
    try:
        return bool(chinese_calendar.is_holiday(day))
    except NotImplementedError:
        return day.isoweekday() in (6, 7)


def ranges(days: Iterable[date]) -> list[tuple[date, date]]:
    """Days as unbroken ranges, first and last day inside."""
    found: list[tuple[date, date]] = []
    for day in sorted(days):
        extend(found, day)
    return found


def extend(found: list[tuple[date, date]], day: date) -> None:
    """Add a later day to unbroken ranges: to the last one if it follows at once, else as a new one."""
    if found and after(found[-1][1]) == day:
        found[-1] = (found[-1][0], day)
    else:
        found.append((day, day))
