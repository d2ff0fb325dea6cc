"""The same simulated lines for both sides: a file for ours, ready facts by career for the baseline."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import BinaryIO, NamedTuple

import msgspec
from msgspec import Struct

from domain.entry import Evidence
from domain.facts import AnyFact, Trained
from scripts.simulation import lines

REGION = "15"
SEED = 20240821
TODAY = date(2026, 6, 30)
"""The last day that the simulated office knows; the import comes the day after."""

NOW = datetime(2026, 7, 1, tzinfo=UTC)

LONG_CAREER = 200
"""Facts in the career that is asked about alone: a worker of some thirty years."""

TO_LAST_TRAINING = timedelta(days=1)


class Line(Struct, omit_defaults=True):
    """A line, decoded: what the baseline is given."""

    worker: str
    fact: AnyFact
    recorded_at: datetime
    recorded_by: str
    act: str = ""
    evidence: tuple[Evidence, ...] = ()


class Workload(NamedTuple):
    """A file of lines, how many facts it holds, and whose career has `LONG_CAREER` of them."""

    path: Path
    facts: int
    long_worker: str


LINES: msgspec.json.Decoder[Line] = msgspec.json.Decoder(Line)
"""Decodes a line of ours, without checking it."""


def write(path: Path, careers: int) -> Workload:
    """Write the file of so many careers. The fullest that has room is brought to `LONG_CAREER` facts by trainings."""
    counts: dict[str, int] = {}
    last: dict[str, Line] = {}
    with path.open("wb") as file:
        for raw in lines(workers=careers, region=REGION, seed=SEED, today=TODAY):
            line = LINES.decode(raw)
            counts[line.worker] = counts.get(line.worker, 0) + 1
            last[line.worker] = line
            file.write(raw)
        fullest = max((count, worker) for worker, count in counts.items() if count <= LONG_CAREER)[1]
        _add_trainings(file, last[fullest], LONG_CAREER - counts[fullest])
    return Workload(path, sum(counts.values()) + LONG_CAREER - counts[fullest], fullest)


def _add_trainings(file: BinaryIO, last: Line, missing: int) -> None:
    """Trainings of one day each, told together with the career's last fact."""
    day = (last.recorded_at - TO_LAST_TRAINING).date()
    for number in range(missing):
        course = f"专题 {number + 1}"
        fact = Trained(first_day=day, last_day=day, hours=2.0, kind="special", mode="online", course=course)
        line = Line(last.worker, fact, last.recorded_at, last.recorded_by)
        file.write(msgspec.json.encode(line) + b"\n")


def by_career(workload: Workload) -> list[list[Line]]:
    """The lines of one career after another, each in the order of recording."""
    careers: dict[str, list[Line]] = {}
    for line in read(workload.path):
        careers.setdefault(line.worker, []).append(line)
    for told in careers.values():
        told.sort(key=lambda line: line.recorded_at)
    return list(careers.values())


def read(path: Path) -> Iterator[Line]:
    """The lines of a file, decoded."""
    with path.open("rb") as file:
        yield from map(LINES.decode, file)
