"""Lengths of service: counted days, how they are said in years, months and days, and when ten years are complete."""

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date

from domain.calendar import NO_TIME, Day, Span, corresponding_day, months_and_days, span
from domain.regulation.readings import Readings

Range = tuple[Day, Day]

DAYS_A_MONTH = 30
"""Days that are carried to a month when broken service is added up (reading `sum_30`)."""


def joined(ranges: Iterable[Range], until: Day) -> list[Range]:
    """Ranges in order, cut at `until`, neighbours made one."""
    found: list[Range] = []
    for begin, end in ranges:
        if begin >= until:
            break
        if found and found[-1][1] == begin:
            found[-1] = (found[-1][0], min(end, until))
        else:
            found.append((begin, min(end, until)))
    return found


def days_in(counted: Iterable[Range]) -> int:
    """How many days were counted."""
    return sum(end - begin for begin, end in counted)


def span_of(counted: list[Range], readings: Readings) -> Span:
    """The counted days in years, months and days.

    `shifted_start`: as if all of them had been served without a break up to the last of them. `sum_30`: each unbroken
    stretch by the calendar, added up; 30 days are carried to a month across stretches only.
    """
    if not counted:
        return NO_TIME
    if readings.span == "sum_30":
        return span(*_added_up([months_and_days(*stretch) for stretch in counted]))
    after = counted[-1][1]
    return span(*months_and_days(after - days_in(counted), after))


def completed_on(counted: list[Range], months: int, readings: Readings) -> Day | None:
    """The first counted day on which the span so far reaches `months`; None if it never does.

    A later bridge does not undo it: the days are gone through from the first on.
    """
    complete = _added_up_complete if readings.span == "sum_30" else _shifted_complete
    return complete(counted, months)


def _shifted_complete(counted: list[Range], months: int) -> Day | None:
    before = 0
    for begin, end in counted:
        full = corresponding_day(date.fromordinal(begin - before), months).toordinal()
        after = max(full, begin + 1)
        if after <= end:
            return after - 1
        before += end - begin
    return None


def _added_up_complete(counted: list[Range], months: int) -> Day | None:
    earlier: list[tuple[int, int]] = []
    for begin, end in counted:
        # No stretch needs to be looked at beyond the day on which it alone would be long enough.
        enough = min(end, corresponding_day(date.fromordinal(begin), months).toordinal())
        days = range(begin + 1, enough + 1)
        first = bisect_left(
            days,
            months,
            key=lambda after: _added_up([*earlier, months_and_days(begin, after)])[0],
        )
        if first < len(days):
            return days[first] - 1
        earlier.append(months_and_days(begin, end))
    return None


def _added_up(stretches: list[tuple[int, int]]) -> tuple[int, int]:
    """Months and days of all stretches together; a single stretch is left as the calendar has it."""
    if len(stretches) == 1:
        return stretches[0]
    carried, days = divmod(sum(days for _, days in stretches), DAYS_A_MONTH)
    return sum(months for months, _ in stretches) + carried, days
