"""Peak memory of an import, in a process of its own.

`python -m scripts.bench.memory LINES LEDGER` imports the lines into a new ledger and prints the peak in bytes.
"""

import resource
import subprocess
import sys
from pathlib import Path

from scripts.bench import ours, workload

TIMES = 4
"""How many times as many careers the second import has."""

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
