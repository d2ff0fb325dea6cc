"""One answer on a long career, from the store to its JSON, against reading and decoding its rows alone."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, nullcontext
from pathlib import Path
from statistics import median
from time import perf_counter
from urllib.parse import quote
from uuid import UUID

import msgspec

from domain.entry import State
from domain.fold import fold
from domain.history import history
from domain.ledger import Ledger
from domain.regulation.findings import findings
from domain.regulation.readings import DEFAULT
from domain.regulation.service import service, spells
from projections.asking import Asked
from projections.service_years import service_years
from projections.wire import to_json
from scripts.bench import ours
from scripts.bench.rounds import Measured, interleaved
from scripts.bench.workload import TODAY

ANSWERS_A_TURN = 100
REPEATS = 500

QUERY = "SELECT state FROM entries WHERE career = ? ORDER BY number"

_DECODER: msgspec.json.Decoder[State] = msgspec.json.Decoder(State)


def measure(our_file: Path, worker: str, rounds: int) -> Measured:
    """Seconds an answer, and seconds a bare read."""
    ledger = ours.open_ledger(our_file, writing=False)
    career = ledger.career_of(worker)
    with closing(ledger), closing(_bare(our_file)) as connection:
        turn = interleaved(
            lambda: nullcontext(lambda: [answer(ledger, career) for _ in range(ANSWERS_A_TURN)]),
            lambda: nullcontext(lambda: [read(connection, career) for _ in range(ANSWERS_A_TURN)]),
            rounds,
        )
    return Measured(turn.ours / ANSWERS_A_TURN, turn.baseline / ANSWERS_A_TURN, turn.times_faster)


def answer(ledger: Ledger, career: UUID) -> bytes:
    """The service years of a career as known now, as JSON."""
    known = ledger.known()
    folded = fold(history(ledger.entries(career, known)))
    return to_json(service_years(folded, Asked(career, "", TODAY, known, DEFAULT)), "zh")


def read(connection: sqlite3.Connection, career: UUID) -> list[State]:
    """The same rows, decoded and left at that."""
    return [_DECODER.decode(state) for (state,) in connection.execute(QUERY, (career.bytes,))]


def where_it_goes(our_file: Path, worker: str) -> dict[str, float]:
    """Median seconds of every part of an answer."""
    ledger = ours.open_ledger(our_file, writing=False)
    with closing(ledger):
        career = ledger.career_of(worker)
        turns = [dict(_parts(ledger, career)) for _ in range(REPEATS)]
    return {part: median(turn[part] for turn in turns) for part in turns[0]}


def _parts(ledger: Ledger, career: UUID) -> Iterator[tuple[str, float]]:
    begin = perf_counter()
    known = ledger.known()
    yield "位置 what is known", perf_counter() - begin
    begin = perf_counter()
    entries = ledger.entries(career, known)
    yield "读取、解码 read, decode", perf_counter() - begin
    begin = perf_counter()
    told = history(entries)
    yield "经过 history", perf_counter() - begin
    begin = perf_counter()
    folded = fold(told)
    yield "履历 fold", perf_counter() - begin
    begin = perf_counter()
    spells(service(folded, DEFAULT, TODAY))
    yield "工作年限 service years", perf_counter() - begin
    begin = perf_counter()
    findings(folded, DEFAULT, TODAY)
    yield "发现问题 findings", perf_counter() - begin
    whole = service_years(folded, Asked(career, "", TODAY, known, DEFAULT))
    begin = perf_counter()
    to_json(whole, "zh")
    yield "JSON", perf_counter() - begin


def _bare(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, isolation_level=None)
