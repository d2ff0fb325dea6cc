"""Import: simulated lines on disk into a fresh ledger file, against saving the same facts with the default stack.

Twice, for an import does more than the default stack at its best: that is handed its facts decoded and sorted by
career, checks and folds nothing, and commits once a career, so its log is not in the order of recording. To do what the
contract of an import asks, it reads the file itself and saves fact by fact, in the order of recording.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from scripts.bench import baseline, ours
from scripts.bench.rounds import Measured, interleaved
from scripts.bench.workload import Workload, by_career


def measure_at_its_best(workload: Workload, scratch: Path, rounds: int) -> Measured:
    """Against ready facts, one save a career.

    Favours the baseline, but for an event of its own that opens every career, about one per cent.
    """
    told = baseline.told(by_career(workload))
    return _measure(workload, scratch, rounds, lambda app: baseline.fill(app, told))


def measure_in_order(workload: Workload, scratch: Path, rounds: int) -> Measured:
    """Against the same file, saved fact by fact in the order of recording; it still checks and folds nothing."""
    return _measure(workload, scratch, rounds, lambda app: baseline.fill_in_order(app, workload))


def _measure(workload: Workload, scratch: Path, rounds: int, fill: Callable[[Any], None]) -> Measured:
    numbers = count()

    @contextmanager
    def our_side() -> Iterator[Callable[[], object]]:
        path = scratch / f"ours-{next(numbers)}.db"
        ledger = ours.open_ledger(path, writing=True)
        yield lambda: ours.fill(ledger, workload.path)
        ledger.close()
        path.unlink()

    @contextmanager
    def their_side() -> Iterator[Callable[[], object]]:
        path = scratch / f"baseline-{next(numbers)}.db"
        app = baseline.open_app(path)
        yield lambda: fill(app)
        app.close()
        path.unlink()

    return interleaved(our_side, their_side, rounds)
