"""The door: `python -m scripts.bench`, quick by default, `--careers` for more."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import rich_click as click
from rich.console import Console

from scripts.bench import callers, departments, http, tables
from scripts.bench.careers import Careers
from scripts.bench.population import FACTS_A_CAREER
from scripts.bench.server import databases

WIDTH = 150
"""Columns where there is no terminal that says how many it has."""

PARTS = ("careers", "callers", "departments", "http")


@click.command(help="本账本与基准的比较。 How fast and how small, beside a baseline that runs in turn.")
@click.option("--careers", default=300, show_default=True, type=click.IntRange(1), help="履历数 careers to simulate")
@click.option("--rounds", default=5, show_default=True, type=click.IntRange(3), help="轮数 rounds of each comparison")
@click.option("--part", "parts", multiple=True, type=click.Choice(PARTS), help="只测一部分 only these parts")
def main(careers: int, rounds: int, parts: tuple[str, ...]) -> None:
    """Measure, then print what was found and on what."""
    console = Console(width=None if sys.stdout.isatty() else WIDTH)
    chosen = parts or PARTS
    with TemporaryDirectory(prefix="career-ledger-bench-") as folder, console.status("") as status:
        scratch = Path(folder)
        if "departments" in chosen:
            status.update("汇总表 kept tables …")
            rows = departments.rows(careers, scratch, rounds)
            console.print(f"{careers:,} 份履历 careers × {FACTS_A_CAREER} 条事实 facts, {rounds} 轮 rounds")
            console.print(tables.results(rows))
        if "http" in chosen:
            status.update("查询服务 HTTP …")
            found = http.answered(careers, scratch, rounds)
            console.print(tables.results(found.rows), tables.latencies(found.latencies))
        if "careers" in chosen or "callers" in chosen:
            status.update("模拟 simulating …")
            one_by_one = Careers(careers, scratch, rounds)
        if "callers" in chosen:
            status.update("并发 callers …")
            with databases() as server:
                console.print(tables.results(callers.rows(one_by_one.work, scratch, rounds, server)))
        if "careers" in chosen:
            status.update("履历 careers …")
            rows = one_by_one.rows()
            console.print(f"{careers:,} 份履历 careers · {one_by_one.work.facts:,} 条事实 facts · {rounds} 轮 rounds")
            console.print(tables.results(rows), tables.parts(one_by_one.parts, one_by_one.bare))
    console.print(tables.machine())


if __name__ == "__main__":
    main()
