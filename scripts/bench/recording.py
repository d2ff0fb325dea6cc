"""Import: simulated lines on disk into a fresh ledger file, against saving the same facts with the default stack."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from scripts.bench import baseline, ours
from scripts.bench.rounds import Measured, interleaved
from scripts.bench.workload import Workload, by_career


def measure(workload: Workload, scratch: Path, rounds: int) -> Measured:
    """Ours reads, checks and judges the file; the baseline is handed decoded facts and believes them.

    That favours the baseline, and so does that it folds nothing; that it opens every career with an event of its own
    favours us by about one per cent, and one commit a career instead of one in all is how each is used.
    """
    told = baseline.told(by_career(workload))
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
        yield lambda: baseline.fill(app, told)
        app.close()
        path.unlink()

    return interleaved(our_side, their_side, rounds)
