"""One career after another: import, replay, answers, appends; the rows of the first table."""

from pathlib import Path

from scripts.bench import answering, baseline, memory, ours, recording, replaying, workload
from scripts.bench.tables import MS, Row, rate

MIB = 1024 * 1024
IN_ORDER_PART = 10
"""Saving fact by fact is slow: a tenth of the careers is enough to tell."""


class Careers:
    """So many simulated careers, and what is measured on them."""

    def __init__(self, careers: int, scratch: Path, rounds: int) -> None:
        self.careers, self.scratch, self.rounds = careers, scratch, rounds
        self.work = workload.write(scratch / "lines.jsonl", careers)
        self.parts: dict[str, float] = {}
        self.bare = 0.0

    def rows(self) -> list[Row]:
        """All rows."""
        work, scratch, rounds = self.work, self.scratch, self.rounds
        rows = [_import(work, scratch, rounds)]
        few = workload.write(scratch / "few.jsonl", max(1, self.careers // IN_ORDER_PART))
        rows.append(_import_in_order(few, scratch, rounds))
        our_file = ours.filled(scratch / "ours.db", work)
        their_file = baseline.filled(scratch / "baseline.db", workload.by_career(work))
        rows.append(_replay(work, our_file, their_file, rounds))
        row, self.bare = _answer(work, our_file, rounds)
        rows += [row, _memory(self.careers, scratch), _size(work, our_file, their_file)]
        self.parts = answering.where_it_goes(our_file, work.long_worker)
        return rows


def _import(work: workload.Workload, scratch: Path, rounds: int) -> Row:
    found = recording.measure_at_its_best(work, scratch, rounds)
    rates = rate(work.facts, found.ours), rate(work.facts, found.baseline)
    what = "导入 import, facts; baseline: ready facts, one save a career"
    return Row(what, *rates, found.times_faster, "≥ 4", found.times_faster >= 4)


def _import_in_order(work: workload.Workload, scratch: Path, rounds: int) -> Row:
    found = recording.measure_in_order(work, scratch, rounds)
    rates = rate(work.facts, found.ours), rate(work.facts, found.baseline)
    what = f"导入 import, {work.facts:,} facts; baseline: the file, in the order of recording"
    return Row(what, *rates, found.times_faster, "≥ 4", found.times_faster >= 4)


def _replay(work: workload.Workload, our_file: Path, their_file: Path, rounds: int) -> Row:
    found = replaying.measure(our_file, their_file, rounds)
    rates = rate(work.facts, found.ours), rate(work.facts, found.baseline)
    return Row("重放并回答 replay and answer, facts", *rates, found.times_faster, "≥ 5", found.times_faster >= 5)


def _answer(work: workload.Workload, our_file: Path, rounds: int) -> tuple[Row, float]:
    found = answering.measure(our_file, work.long_worker, rounds)
    times_slower = 1 / found.times_faster
    what = f"{workload.LONG_CAREER} 条事实的回答 answer on {workload.LONG_CAREER} facts"
    times = f"{found.ours * MS:.3f} ms", f"{found.baseline * MS:.3f} ms"
    return Row(what, *times, times_slower, "≤ 5", times_slower <= 5), found.baseline


def _memory(careers: int, scratch: Path) -> Row:
    few, many = memory.measure(careers, scratch)
    what = f"导入内存 import memory, {careers * memory.TIMES:,} : {careers:,}"
    ratio = many / few
    return Row(what, f"{many / MIB:.0f} MiB", f"{few / MIB:.0f} MiB", ratio, "≈ 1", ratio <= 1.1)


def _size(work: workload.Workload, our_file: Path, their_file: Path) -> Row:
    mine, theirs = (path.stat().st_size / work.facts for path in (our_file, their_file))
    what = "每条事实字节数 bytes a fact on disk"
    return Row(what, f"{mine:.0f}", f"{theirs:.0f}", mine / theirs, "≤ 250 bytes", mine <= 250)
