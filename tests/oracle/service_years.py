"""Service years, counted day by day (Art. 23, Art. 32)."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from tests.oracle.classes import Classes, day_classes, is_open, runs
from tests.oracle.days import after, before, difference, each_day, extend, ranges
from tests.oracle.readings import Readings, complete
from tests.oracle.timeline import Numbered, Timeline

Stretches = list[tuple[date, date]]

TEN_YEARS = 120
"""In months (Art. 32)."""

CUMULATIVE, CONTINUOUS = 0, 1
THE_SCAN_STOPS = date(2150, 1, 1)


def service_years(facts: Iterable[Numbered], readings: Readings, on: date) -> dict[str, Any]:
    """Both measures up to `on`, and the class of every day. Days are dates, spans `{years, months, days}`."""
    readings = complete(readings)
    timeline = Timeline(facts)
    days = day_classes(timeline, readings, on)
    last = before(on) if readings["on"] == "exclusive" else on
    counted = [day for day, classes in days.items() if classes[CUMULATIVE] == "count" and day <= last]
    run = latest_run(days, on)
    within = [
        day
        for day, classes in days.items()
        if run and run[0] <= day <= min(run[1], last) and classes[CONTINUOUS] == "count"
    ]
    complete_on = ten_years_complete(days, run, readings, goes_on=is_open(timeline, readings))
    return {
        "cumulative": {"days": len(counted), "span": span(ranges(counted), readings)},
        "continuous": {
            "since": within[0] if within else None,
            "days": len(within),
            "span": span(ranges(within), readings),
            "ten_years_complete": complete_on,
            "ten_years_on": after(complete_on) if complete_on else None,
        },
        "classes": days,
    }


def latest_run(days: dict[date, Classes], on: date) -> tuple[date, date] | None:
    """The latest block without a break that began on or before `on`."""
    begun = [run for run in runs(days) if run[0] <= on]
    return begun[-1] if begun else None


def ten_years_complete(
    days: dict[date, Classes], run: tuple[date, date] | None, readings: Readings, *, goes_on: bool
) -> date | None:
    """The first counted day of the run on which the days counted so far make ten years."""
    stretches: Stretches = []
    for day in _counted_from(days, run, goes_on=goes_on):
        extend(stretches, day)
        if length(stretches, readings)[0] >= TEN_YEARS:
            return after(day) if readings["completion"] == "civil_201" else day
    return None


def _counted_from(days: dict[date, Classes], run: tuple[date, date] | None, *, goes_on: bool) -> Iterator[date]:
    """The counted days of a run in order; one that has not ended goes on as on its last known day."""
    if run is None:
        return
    yield from (day for day in each_day(*run) if days[day][CONTINUOUS] == "count")
    if goes_on and run[1] == max(days) and days[run[1]][CONTINUOUS] == "count":
        yield from each_day(after(run[1]), THE_SCAN_STOPS)


def length(stretches: Stretches, readings: Readings) -> tuple[int, int]:
    """Months and days of counted days, given as unbroken stretches."""
    if not stretches:
        return 0, 0
    if readings["span"] == "shifted_start":
        counted = sum((last - first).days + 1 for first, last in stretches)
        end = after(stretches[-1][1])
        return difference(before(end, counted), end)
    parts = [difference(first, after(last)) for first, last in stretches]
    if len(parts) == 1:
        return parts[0]
    months, days = sum(part[0] for part in parts), sum(part[1] for part in parts)
    return months + days // 30, days % 30


def span(stretches: Stretches, readings: Readings) -> dict[str, int]:
    """The length as people say it."""
    months, days = length(stretches, readings)
    return {"years": months // 12, "months": months % 12, "days": days}
