"""The door: `python -m scripts.bench`, quick by default, `--careers` for more."""

from pathlib import Path
from tempfile import TemporaryDirectory

import rich_click as click
from rich.console import Console

from scripts.bench import answering, appending, baseline, memory, ours, recording, replaying, tables, workload
from scripts.bench.rounds import Measured
from scripts.bench.tables import MS, Row

MIB = 1024 * 1024
IN_ORDER_PART = 10
"""Saving fact by fact is slow: a tenth of the careers is enough to tell."""


@click.command(help="本账本与基准的比较。 How fast and how small, beside a baseline that runs in turn.")
@click.option("--careers", default=300, show_default=True, type=click.IntRange(1), help="履历数 careers to simulate")
@click.option("--rounds", default=5, show_default=True, type=click.IntRange(5), help="轮数 rounds of each comparison")
def main(careers: int, rounds: int) -> None:
    """Measure, then print what was found and on what."""
    console = Console()
    rows: list[Row] = []
    with TemporaryDirectory(prefix="career-ledger-bench-") as folder, console.status("") as status:
        scratch = Path(folder)
        status.update("内存 memory …")
        remembered = _memory(careers, scratch)
        status.update("模拟 simulating …")
        work = workload.write(scratch / "lines.jsonl", careers)
        status.update("导入 importing …")
        rows.append(_import(work, scratch, rounds))
        few = workload.write(scratch / "few.jsonl", max(1, careers // IN_ORDER_PART))
        rows.append(_import_in_order(few, scratch, rounds))
        our_file = ours.filled(scratch / "ours.db", work)
        their_file = baseline.filled(scratch / "baseline.db", workload.by_career(work))
        status.update("重放 replaying …")
        rows.append(_replay(work, our_file, their_file, rounds))
        status.update("回答 answering …")
        row, bare = _answer(work, our_file, rounds)
        rows += [row, remembered, _size(work, our_file, their_file)]
        status.update("追加 appending …")
        rows += _append(work, scratch, rounds)
        parts = answering.where_it_goes(our_file, work.long_worker)
    console.print(f"{careers:,} 份履历 careers · {work.facts:,} 条事实 facts · {rounds} 轮 rounds, 中位数 medians")
    console.print(tables.results(rows), tables.parts(parts, bare), tables.machine())


def _import(work: workload.Workload, scratch: Path, rounds: int) -> Row:
    found = recording.measure_at_its_best(work, scratch, rounds)
    rates = _rate(work.facts, found.ours), _rate(work.facts, found.baseline)
    what = "导入 import, facts; baseline: ready facts, one save a career"
    return Row(what, *rates, found.times_faster, "≥ 4", found.times_faster >= 4)


def _import_in_order(work: workload.Workload, scratch: Path, rounds: int) -> Row:
    found = recording.measure_in_order(work, scratch, rounds)
    rates = _rate(work.facts, found.ours), _rate(work.facts, found.baseline)
    what = f"导入 import, {work.facts:,} facts; baseline: the file, in the order of recording"
    return Row(what, *rates, found.times_faster, "≥ 4", found.times_faster >= 4)


def _replay(work: workload.Workload, our_file: Path, their_file: Path, rounds: int) -> Row:
    found = replaying.measure(our_file, their_file, rounds)
    rates = _rate(work.facts, found.ours), _rate(work.facts, found.baseline)
    return Row("重放并回答 replay and answer, facts", *rates, found.times_faster, "≥ 5", found.times_faster >= 5)


def _answer(work: workload.Workload, our_file: Path, rounds: int) -> tuple[Row, float]:
    found = answering.measure(our_file, work.long_worker, rounds)
    times_slower = 1 / found.times_faster
    what = f"{workload.LONG_CAREER} 条事实的回答 answer on {workload.LONG_CAREER} facts"
    times = f"{found.ours * MS:.3f} ms", f"{found.baseline * MS:.3f} ms"
    return Row(what, *times, times_slower, "≤ 5", times_slower <= 5), found.baseline


def _append(work: workload.Workload, scratch: Path, rounds: int) -> list[Row]:
    single = appending.measure_single(appending.in_files(scratch, "single"), rounds)
    told = next(lines for lines in workload.by_career(work) if lines[0].worker == work.long_worker)
    command = appending.measure_commands(appending.in_files(scratch, "commands"), told, rounds)
    callers = f"{appending.CALLERS} 个并发 callers"
    return [
        _appended(f"逐条追加 single durable appends, {callers}", single, 3),
        _appended(f"{len(told)} 条事实的登记 commands on {len(told)} facts, {callers}", command, 4),
    ]


def _appended(what: str, found: Measured, target: int) -> Row:
    rates = _rate(1, found.ours), _rate(1, found.baseline)
    return Row(what, *rates, found.times_faster, f"≥ {target}", found.times_faster >= target)


def _memory(careers: int, scratch: Path) -> Row:
    few, many = memory.measure(careers, scratch)
    what = f"导入内存 import memory, {careers * memory.TIMES:,} : {careers:,}"
    ratio = many / few
    return Row(what, f"{many / MIB:.0f} MiB", f"{few / MIB:.0f} MiB", ratio, "≈ 1", ratio <= 1.1)


def _size(work: workload.Workload, our_file: Path, their_file: Path) -> Row:
    mine, theirs = (path.stat().st_size / work.facts for path in (our_file, their_file))
    what = "每条事实字节数 bytes a fact on disk"
    return Row(what, f"{mine:.0f}", f"{theirs:.0f}", mine / theirs, "≤ 250 bytes", mine <= 250)


def _rate(facts: int, seconds: float) -> str:
    return f"{facts / seconds:,.0f}/s"


if __name__ == "__main__":
    main()
