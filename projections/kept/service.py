"""Kept table `service` 工作年限: what the days of a career add up to, on every day.

One row for every stretch of days of one class. On a day of a stretch, what was counted before it is known, and if the
stretch counts, its own days up to that one are added; so both measures, and the day on which ten years are complete,
can be told for any day without folding the career again.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from domain.calendar import FOREVER, Day
from domain.regulation.days import Stretch
from domain.regulation.service import counted, ten_years_complete
from domain.regulation.states import BREAK, COUNT
from projections.kept.folded import Folded
from projections.kept.table import Table


class _Run(NamedTuple):
    """A run without a break: its first counted day, what of it was counted before a stretch, and its ten years."""

    since: Day | None
    days: int
    last: Day | None
    complete: Day | None


_NONE = _Run(None, 0, None, None)


def rows(folded: Folded) -> Iterator[tuple[Any, ...]]:
    """All stretches, neighbours of the same classes made one."""
    days, last = 0, None
    run, broken = _NONE, True
    stretches = folded.stretches
    for place, (begin, end, cumulative, continuous) in enumerate(_merged(stretches)):
        if broken and continuous != BREAK:
            ever = counted(_run_from(stretches, begin), FOREVER)
            run = _Run(None, 0, None, ten_years_complete(ever, folded.readings))
        broken = continuous == BREAK
        if continuous == COUNT and run.since is None:
            run = run._replace(since=begin)
        yield (
            *(folded.key, place, begin, end, int(cumulative == COUNT), days, last),
            *(int(continuous == COUNT), run.since, run.days, run.last, run.complete),
        )
        if cumulative == COUNT:
            days, last = days + end - begin, end - 1
        if continuous == COUNT:
            run = run._replace(days=run.days + end - begin, last=end - 1)


def _merged(stretches: list[Stretch]) -> list[tuple[Day, Day, int, int]]:
    found = []
    for (cumulative, continuous), group in groupby(stretches, key=lambda one: (one.cumulative, one.continuous)):
        same = list(group)
        found.append((same[0].begin, same[-1].end, cumulative, continuous))
    return found


def _run_from(stretches: list[Stretch], begin: Day) -> list[Stretch]:
    """The stretches of the run that begins on a day."""
    run = []
    for stretch in stretches:
        if stretch.begin >= begin:
            if stretch.continuous == BREAK:
                break
            run.append(stretch)
    return run


SERVICE = Table(
    "service",
    {
        "career": "BLOB",
        "place": "INTEGER",
        "begins": "INTEGER",
        "ends": "INTEGER",
        "counts": "INTEGER",
        "days_before": "INTEGER",
        "last_before": "INTEGER",
        "continues": "INTEGER",
        "since": "INTEGER",
        "run_before": "INTEGER",
        "run_last_before": "INTEGER",
        "ten_years_complete": "INTEGER",
    },
    key=("career", "place"),
    indexes=(),
    rows=rows,
)
