"""Many callers at once: single durable appends, and whole commands, on a file and on a server."""

from collections.abc import Callable
from pathlib import Path

from scripts.bench import appending, workload
from scripts.bench.appending import Places
from scripts.bench.rounds import Measured
from scripts.bench.tables import Row, rate

PlacesFor = Callable[[str], Places]
"""Two empty stores under a name."""

COMMANDS = 4
"""How many times as many commands as eventsourcing's own there should be."""


def rows(work: workload.Workload, scratch: Path, rounds: int, server: PlacesFor | None) -> list[Row]:
    """On SQLite, and on PostgreSQL if there are databases for it."""
    found = _on("SQLite", work, lambda name: appending.in_files(scratch, name), 3, rounds)
    return found + (_on("PostgreSQL", work, server, 5, rounds) if server else [])


def _on(store: str, work: workload.Workload, places: PlacesFor, singles: int, rounds: int) -> list[Row]:
    single = appending.measure_single(places("single"), rounds)
    told = next(lines for lines in workload.by_career(work) if lines[0].worker == work.long_worker)
    command = appending.measure_commands(places("commands"), told, rounds)
    callers = f"{store}, {appending.CALLERS} 个并发 callers"
    return [
        _row(f"逐条追加 single durable appends, {callers}", single, singles),
        _row(f"{len(told)} 条事实的登记 commands on {len(told)} facts, {callers}", command, COMMANDS),
    ]


def _row(what: str, found: Measured, target: int) -> Row:
    rates = rate(1, found.ours), rate(1, found.baseline)
    return Row(what, *rates, found.times_faster, f"≥ {target}", found.times_faster >= target)
