"""Ours and the baseline in turn, in one process, so that whatever else the machine does falls on both."""

import gc
from collections.abc import Callable
from contextlib import AbstractContextManager
from statistics import median
from time import perf_counter
from typing import NamedTuple

Side = Callable[[], AbstractContextManager[Callable[[], object]]]
"""Gets something ready, gives what is to be timed, and clears up; only the middle is timed."""


class Measured(NamedTuple):
    """Median seconds of both sides, and the median of how many times as long the baseline takes, round by round."""

    ours: float
    baseline: float
    times_faster: float


def interleaved(ours: Side, baseline: Side, rounds: int) -> Measured:
    """Both sides in turn, after one turn each that is not counted."""
    _seconds(ours)
    _seconds(baseline)
    pairs = [(_seconds(ours), _seconds(baseline)) for _ in range(rounds)]
    return Measured(
        median(mine for mine, _ in pairs),
        median(theirs for _, theirs in pairs),
        median(theirs / mine for mine, theirs in pairs),
    )


def _seconds(side: Side) -> float:
    """One turn. What was there before it is not the business of its garbage collections, which go on as usual."""
    with side() as run:
        gc.collect()
        gc.freeze()
        try:
            begin = perf_counter()
            run()
            return perf_counter() - begin
        finally:
            gc.unfreeze()
