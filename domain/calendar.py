"""Periods of the civil code: corresponding days, spans, rest days, half-open ranges of days.

Days are counted by `date.toordinal()`: a plain number, so that a range is two numbers and its length a difference.
A range is half-open, `[begin, end)`; people read its first day and its last day, `end - 1`.
"""

from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache

import chinese_calendar
from msgspec import Struct

Day = int
"""A civil day in China, counted as `date.toordinal()` counts."""

FOREVER: Day = date.max.toordinal()
"""The end of a range that is still open."""

EARLIEST = date(1900, 1, 1)
LATEST = date(2199, 12, 31)
"""The first and the last day that a fact or a question may name."""

AHEAD_OF_UTC = timedelta(hours=8)
CHINA = timezone(AHEAD_OF_UTC, "Asia/Shanghai")
"""China has kept one time without summer time since 1992, before the first moment any ledger can hold."""

REST_DAYS_KNOWN = range(2004, 2027)
"""Years whose public holidays and make-up workdays are known; in others only weekends rest."""


class Span(Struct, frozen=True, gc=False):
    """A length of service as people say it. `days` can reach 30: it is what remains after whole months."""

    years: int
    months: int
    days: int


NO_TIME = Span(0, 0, 0)


def china_day(moment: datetime) -> date:
    """The civil day in China at this moment, which has a zone."""
    if moment.tzinfo is UTC:
        return (moment + AHEAD_OF_UTC).date()
    return moment.astimezone(CHINA).date()


def year_of(day: Day) -> int:
    """The calendar year of a day."""
    return date.fromordinal(day).year


def corresponding_day(day: date, months: int) -> date:
    """The day `months` later on which a period that began on `day` ends; the month's last day if there is none.

    Source: 民法典 202.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, _month_length(year, month + 1)))


def months_and_days(begin: Day, end: Day) -> tuple[int, int]:
    """The calendar difference of the range `[begin, end)`: whole months first, month-ends clamped, then days."""
    first, after = date.fromordinal(begin), date.fromordinal(end)
    months = (after.year - first.year) * 12 + after.month - first.month
    if corresponding_day(first, months) > after:
        months -= 1
    return months, (after - corresponding_day(first, months)).days


def span(months: int, days: int) -> Span:
    """Months and days as years, months and days."""
    years, months = divmod(months, 12)
    return Span(years, months, days)


@lru_cache(maxsize=4096)
def is_rest_day(day: Day) -> bool:
    """Whether a weekend or a public holiday; a make-up workday (调休上班) is none.

    Outside `REST_DAYS_KNOWN` only weekends are. Source: the State Council's yearly holiday notices.
    """
    on = date.fromordinal(day)
    if on.year in REST_DAYS_KNOWN:
        return bool(chinese_calendar.is_holiday(on))
    return on.weekday() >= 5


def next_workday(day: Day) -> Day:
    """`day` itself if it is a workday, else the first workday after it (民法典 203)."""
    while is_rest_day(day):
        day += 1
    return day


def _month_length(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31
