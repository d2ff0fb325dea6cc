"""What was found, as tables."""

import os
import platform
import sqlite3
from importlib.metadata import version
from typing import NamedTuple

from rich.table import Table

from scripts.bench.load import Load

MS = 1000


class Row(NamedTuple):
    """A figure beside its baseline, and what it should be."""

    what: str
    ours: str
    baseline: str
    ratio: float
    target: str
    met: bool


def results(rows: list[Row]) -> Table:
    """All figures."""
    table = Table("项目 what")
    for heading in ("本账本 ours", "基准 baseline", "比值 ratio", "目标 target"):
        table.add_column(heading, justify="right")
    for row in rows:
        colour = "green" if row.met else "yellow"
        table.add_row(row.what, row.ours, row.baseline, f"[{colour}]{row.ratio:.2f}[/]", row.target)
    return table


def parts(seconds: dict[str, float], bare: float) -> Table:
    """Where the time of one answer goes, also in bare reads of the same rows."""
    table = Table("一次回答用时 where one answer goes")
    for heading in ("毫秒 ms", "× 直接读取 bare read"):
        table.add_column(heading, justify="right")
    for part, taken in seconds.items():
        table.add_row(part, f"{taken * MS:.3f}", f"{taken / bare:.2f}")
    whole = sum(seconds.values())
    table.add_section()
    table.add_row("合计 all", f"{whole * MS:.3f}", f"{whole / bare:.2f}")
    return table


def latencies(loads: dict[str, Load]) -> Table:
    """How long requests took, in the last turn of each side."""
    table = Table("请求用时 how long a request took")
    for heading in ("中位 median ms", "百分之九十九 p99 ms"):
        table.add_column(heading, justify="right")
    for what, found in loads.items():
        table.add_row(what, f"{found.middle * MS:.2f}", f"{found.slow * MS:.2f}")
    return table


def machine() -> str:
    """What the figures were taken on."""
    return (
        f"{platform.python_implementation()} {platform.python_version()} · SQLite {sqlite3.sqlite_version}"
        f" · eventsourcing {version('eventsourcing')} · msgspec {version('msgspec')}"
        f" · {os.cpu_count()} 核 cores · {platform.system()} {platform.machine()}"
    )


def rate(facts: int, seconds: float) -> str:
    """How many a second."""
    return f"{facts / seconds:,.0f}/s"
