"""Many callers at once, and every append on the disk before it is acknowledged: recorders, and whole commands.

Both sides have the same callers, threads of one process, and the same durability: on SQLite a write-ahead log and
`synchronous=FULL`. Neither side keeps careers in memory between commands.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from uuid import UUID, uuid4

import msgspec
from eventsourcing.persistence import ApplicationRecorder, StoredEvent

from domain.entry import State, encode
from domain.facts import Trained
from domain.ledger import Ledger
from domain.line import Said
from scripts.bench import baseline, ours
from scripts.bench.declared import Career
from scripts.bench.rounds import Measured, interleaved
from scripts.bench.workload import NOW, TODAY, Line

CALLERS = 8

APPENDS = 250
"""Single appends of each caller in a turn."""

COMMANDS = 25
"""Commands of each caller in a turn; each makes its career one fact longer."""

FACT = Trained(first_day=TODAY, last_day=TODAY, hours=2.0, kind="special", mode="online", course="专题")
AUTHOR = "bench"


class Places(NamedTuple):
    """Two empty stores of one kind: ours, a database URL, and theirs, eventsourcing's settings."""

    ours: str
    theirs: dict[str, str]


class NotDurableError(Exception):
    """The baseline would lose what it acknowledged to a power cut, so it is no baseline for ours."""


def in_files(scratch: Path, name: str) -> Places:
    """Two new SQLite files."""
    return Places(f"sqlite:///{scratch / name}-ours.db", baseline.on_file(scratch / f"{name}-baseline.db"))


def measure_single(places: Places, rounds: int) -> Measured:
    """Seconds an append: one event each, of a career that no other caller writes, straight into the recorders."""
    with _opened(places) as (ledger, app):
        return _each(
            interleaved(lambda: _single(ledger.recorder), lambda: _single(app.recorder), rounds), CALLERS * APPENDS
        )


@contextmanager
def _single(recorder: ApplicationRecorder) -> Iterator[Callable[[], object]]:
    """Every turn has careers of its own."""
    state = encode(State(recorded_at=NOW, recorded_by=AUTHOR, fact=FACT))
    turns = [_appends(recorder, uuid4(), state) for _ in range(CALLERS)]
    yield lambda: _at_once(turns)


def _appends(recorder: ApplicationRecorder, career: UUID, state: bytes) -> Callable[[], None]:
    def turn() -> None:
        for number in range(1, APPENDS + 1):
            recorder.insert_events([StoredEvent(career, number, FACT.tag(), state)])

    return turn


def measure_commands(places: Places, told: Sequence[Line], rounds: int) -> Measured:
    """Seconds a command on a career of which this was told before: read it, decide, append one fact.

    Ours judges the new fact beside all that is known; the baseline's aggregate judges nothing, which favours it.
    """
    with _opened(places) as (ledger, app):
        workers = [f"career {number}" for number in range((rounds + 1) * CALLERS)]
        careers = [[msgspec.structs.replace(line, worker=worker) for line in told] for worker in workers]
        summary = ours.fill_from(ledger, BytesIO(b"".join(_line(line) for lines in careers for line in lines)))
        if summary.recorded != len(workers) * len(told):
            raise ours.RefusedWorkloadError(f"{summary.recorded} of {len(workers) * len(told)} facts were recorded")
        baseline.fill(app, baseline.told(careers))
        mine, theirs = iter(workers), iter(workers)
        return _each(
            interleaved(lambda: _our_commands(ledger, mine), lambda: _their_commands(app, theirs), rounds),
            CALLERS * COMMANDS,
        )


@contextmanager
def _our_commands(ledger: Ledger, workers: Iterator[str]) -> Iterator[Callable[[], object]]:
    """Every turn has the next careers."""
    said = [Said(fact=FACT)]

    def of(career: UUID) -> Callable[[], None]:
        def turn() -> None:
            for _ in range(COMMANDS):
                ledger.record(career, said, author=AUTHOR)

        return turn

    turns = [of(ledger.career_of(next(workers))) for _ in range(CALLERS)]
    yield lambda: _at_once(turns)


@contextmanager
def _their_commands(app: baseline.Careers, workers: Iterator[str]) -> Iterator[Callable[[], object]]:
    tag, arguments = baseline.ready(Line("", FACT, NOW, AUTHOR))

    def of(career_id: UUID) -> Callable[[], None]:
        def turn() -> None:
            for _ in range(COMMANDS):
                career: Career = app.repository.get(career_id)
                getattr(career, tag)(**arguments)
                app.save(career)

        return turn

    turns = [of(baseline.career_of(next(workers))) for _ in range(CALLERS)]
    yield lambda: _at_once(turns)


@contextmanager
def _opened(places: Places) -> Iterator[tuple[Ledger, baseline.Careers]]:
    with closing(ours.open_at(places.ours, writing=True)) as ledger, closing(baseline.Careers(places.theirs)) as app:
        if not baseline.is_durable(app):
            raise NotDurableError("this SQLite was built with another default than synchronous=FULL")
        yield ledger, app


def _at_once(turns: Sequence[Callable[[], None]]) -> None:
    """Run every caller's turn in a thread of its own; what one of them raises is raised."""
    with ThreadPoolExecutor(len(turns)) as threads:
        for done in [threads.submit(turn) for turn in turns]:
            done.result()


def _each(turn: Measured, times: int) -> Measured:
    return Measured(turn.ours / times, turn.baseline / times, turn.times_faster)


def _line(line: Line) -> bytes:
    return msgspec.json.encode(line) + b"\n"
