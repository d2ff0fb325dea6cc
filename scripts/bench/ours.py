"""A ledger with its durable settings as shipped: filled from a file, and opened again for reading."""

from pathlib import Path
from typing import BinaryIO

from domain.importing.run import Summary, Watcher, import_files
from domain.ledger import Ledger
from domain.workers import WorkerKeys
from scripts.bench.workload import NOW, Workload

DIGEST_KEY = b"a key for the benchmark alone"


class RefusedWorkloadError(Exception):
    """The ledger did not take all that was simulated, so the two sides would not hold the same facts."""


def open_ledger(path: Path, *, writing: bool) -> Ledger:
    """A ledger file, with no worker's digest remembered from before."""
    return open_at(f"sqlite:///{path}", writing=writing)


def open_at(url: str, *, writing: bool) -> Ledger:
    """A ledger at a database URL."""
    return Ledger(url, workers=WorkerKeys(DIGEST_KEY), now=lambda: NOW, writing=writing)


def fill(ledger: Ledger, lines: Path) -> Summary:
    """Import a file, telling nobody of its progress."""
    with lines.open("rb") as file:
        return fill_from(ledger, file)


def fill_from(ledger: Ledger, lines: BinaryIO) -> Summary:
    """Import an open file, telling nobody of its progress."""
    watcher = Watcher(refused=_ignore, read=_ignore, judged=_ignore, recorded=_ignore)
    return import_files(ledger, [lines], watcher, author="bench")


def filled(path: Path, workload: Workload) -> Path:
    """A new ledger file that holds the workload, closed. Raises `RefusedWorkloadError` if some of it was refused."""
    ledger = open_ledger(path, writing=True)
    try:
        summary = fill(ledger, workload.path)
    finally:
        ledger.close()
    if summary.recorded != workload.facts:
        raise RefusedWorkloadError(f"{summary.recorded} of {workload.facts} facts were recorded")
    return path


def _ignore(_: object) -> None:
    pass
