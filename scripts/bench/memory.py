"""Peak memory: of an import, in a process of its own; and of a run of several processes.

`python -m scripts.bench.memory LINES LEDGER` imports the lines into a new ledger and prints the peak in bytes.
"""

import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

from scripts.bench import ours, workload

TIMES = 4
"""How many times as many careers the second import has."""

WATCH_SECONDS = 0.1

STATUS = Path("/proc/self/status")


def measure(careers: int, scratch: Path) -> tuple[int, int]:
    """Peak bytes while importing so many careers, and `TIMES` as many."""
    return _in_a_process(careers, scratch), _in_a_process(careers * TIMES, scratch)


def peak() -> int:
    """The most memory that this process has had, in bytes.

    Linux lets a child begin with the peak of the process that started it (`ru_maxrss` outlives exec), but counts
    VmHWM afresh.
    """
    if STATUS.exists():
        kib = next(line.split()[1] for line in STATUS.read_text().splitlines() if line.startswith("VmHWM"))
        return int(kib) * 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def of_processes(run: Callable[[], object]) -> int:
    """The most memory that this process and those that it starts have at one moment while something runs, in bytes.

    Memory of their own (`Pss_Anon`): pages of files that they read are the system's, which takes them when it needs to.
    """
    most, done = 0, Event()

    def watch() -> None:
        nonlocal most
        while not done.wait(WATCH_SECONDS):
            most = max(most, own() + sum(map(_anonymous, _children())))

    watcher = Thread(target=watch)
    watcher.start()
    try:
        run()
    finally:
        done.set()
        watcher.join()
    return most


def own() -> int:
    """The memory that this process has of its own, in bytes."""
    return _anonymous("self")


def _anonymous(process: str) -> int:
    try:
        told = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:  # It has ended meanwhile.
        return 0
    return sum(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss_Anon")) * 1024


def _children() -> list[str]:
    return [child for task in Path("/proc/self/task").iterdir() for child in (task / "children").read_text().split()]


def _in_a_process(careers: int, scratch: Path) -> int:
    lines = scratch / f"memory-{careers}.jsonl"
    ledger = lines.with_suffix(".db")
    workload.write(lines, careers)
    command = [sys.executable, "-m", "scripts.bench.memory", str(lines), str(ledger)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - this module, our files
    lines.unlink()
    ledger.unlink()
    return int(done.stdout)


def main(lines: str, path: str) -> None:
    """Import, and print the peak."""
    ledger = ours.open_ledger(Path(path), writing=True)
    ours.fill(ledger, Path(lines))
    ledger.close()
    sys.stdout.write(f"{peak()}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
