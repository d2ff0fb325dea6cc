"""Over HTTP, one server process: answers, answers that the caller has already, and recording."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from itertools import cycle, islice
from pathlib import Path
from shutil import copyfile
from typing import NamedTuple
from uuid import UUID

from api.folds import REMEMBERED
from domain.facts import Trained
from domain.line import Said, encode_said
from scripts.bench import ours
from scripts.bench.load import Load, load
from scripts.bench.population import population
from scripts.bench.rounds import interleaved
from scripts.bench.tables import Row, rate
from scripts.bench.workload import TODAY
from scripts.settings import DATABASE_VARIABLE, KEY_VARIABLE

FACTS = 100
"""In each career that is asked about."""

PEOPLE, LATELY = 1_200, 200
"""In the ledger: more than a server remembers; and those who are asked about again and again."""

CONNECTIONS, CLERKS = 32, 16
"""At once: readers, and those who record."""

ASKED, UNCHANGED, RECORDED = 4_000, 12_000, 2_000
"""Requests of one turn."""

FACT = Trained(first_day=TODAY, last_day=TODAY, hours=1.0, kind="special", mode="online")


class Answered(NamedTuple):
    """The figures, and how long requests took."""

    rows: list[Row]
    latencies: dict[str, Load]


def answered(careers: int, scratch: Path, rounds: int) -> Answered:
    """All three comparisons, each in turns with its baseline."""
    ledger = scratch / "http.db"
    population(ledger, max(careers, PEOPLE), FACTS)
    known = _careers(ledger)
    assert len(known) > REMEMBERED > LATELY
    latencies: dict[str, Load] = {}
    with ExitStack() as held:
        bare = held.enter_context(_bare(ledger))
        port, token = held.enter_context(_served(ledger))
        asked = [_get(f"/careers/{career}/service-years", token) for career in known]
        tags = [_tag(port, request) for request in asked]
        again = [_with(request, f"If-None-Match: {tag}") for request, tag in zip(asked, tags, strict=True)]
        trivial = [_get(f"/unchanged/{career}", token) for career in known]
        what = f"服务年限 service-years, {FACTS} 条事实 facts"
        sides = (
            (f"{what}, 首次 not asked lately", asked, asked, ASKED, 0.35),
            (f"{what}, 再次 asked again", asked[:LATELY], asked[:LATELY], ASKED, 0.35),
            ("未变 304", again[:LATELY], trivial, UNCHANGED, 0.6),
        )
        rows = [
            _compared(name, (port, mine), (bare, theirs), count, target, rounds, latencies)
            for name, mine, theirs, count, target in sides
        ]
    rows.append(_recording(ledger, known, scratch, rounds, latencies))
    return Answered(rows, latencies)


def _compared(
    what: str,
    mine: tuple[int, Sequence[bytes]],
    theirs: tuple[int, Sequence[bytes]],
    count: int,
    target: float,
    rounds: int,
    latencies: dict[str, Load],
) -> Row:
    @contextmanager
    def side(port: int, requests: Sequence[bytes], name: str) -> Iterator[Callable[[], object]]:
        some = list(islice(cycle(requests), count))

        def run() -> None:
            latencies[name] = load(port, some, CONNECTIONS)

        yield run

    found = interleaved(lambda: side(*mine, what), lambda: side(*theirs, f"{what}, baseline"), rounds)
    return Row(
        what, rate(count, found.ours), rate(count, found.baseline), found.times_faster, f"≥ {target}",
        found.times_faster >= target,
    )  # fmt: skip


def _recording(ledger: Path, known: list[UUID], scratch: Path, rounds: int, latencies: dict[str, Load]) -> Row:
    """Through the server, by sixteen connections; and by sixteen threads of this process, without HTTP."""
    place, turn = scratch / "recorded.db", iter(range(1_000_000))
    what = f"登记 POST facts, {CLERKS} 个并发 clerks"
    copyfile(ledger, place)
    body = b'{"facts":[' + encode_said(Said(fact=FACT)) + b"]}"

    @contextmanager
    def over_http() -> Iterator[Callable[[], object]]:
        with _served(ledger) as (port, token):
            careers = islice(cycle(known), RECORDED)
            requests = [_post(f"/careers/{career}/facts", token, f"key-{next(turn)}", body) for career in careers]
            load(port, requests[:1], 1)

            def run() -> None:
                latencies[what] = load(port, requests[1:], CLERKS)

            yield run

    @contextmanager
    def by_threads() -> Iterator[Callable[[], object]]:
        with closing(ours.open_ledger(place, writing=True)) as kept, ThreadPoolExecutor(CLERKS) as threads:
            careers = list(islice(cycle(known), RECORDED - 1))

            def record(career: UUID) -> None:
                kept.record(career, [Said(fact=FACT)], author="bench")

            yield lambda: list(threads.map(record, careers))

    found = interleaved(over_http, by_threads, rounds)
    return Row(
        what, rate(RECORDED - 1, found.ours), rate(RECORDED - 1, found.baseline), found.times_faster, "≥ 0.5",
        found.times_faster >= 0.5,
    )  # fmt: skip


def _careers(ledger: Path) -> list[UUID]:
    """The careers that have just so many facts."""
    with closing(ours.open_ledger(ledger, writing=False)) as opened:
        return [entries[0].career for entries in opened.careers() if len(entries) == FACTS]


@contextmanager
def _bare(ledger: Path) -> Iterator[int]:
    with _process([sys.executable, "-m", "scripts.bench.bare", str(ledger)], {}, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        yield int(child.stdout.readline())


@contextmanager
def _served(ledger: Path) -> Iterator[tuple[int, str]]:
    """The server as it is started by hand, and a token for it."""
    settings = {DATABASE_VARIABLE: f"sqlite:///{ledger}", KEY_VARIABLE: ours.DIGEST_KEY.decode()}
    program = [sys.executable, "-m", "scripts.main"]
    words = ["--role", "clerk", "--role", "auditor", "--jurisdiction", "15", "--subject", "bench"]
    token = subprocess.run(  # noqa: S603 - our own program
        [*program, "token", *words], env={**os.environ, **settings}, check=True, capture_output=True, text=True
    ).stdout.strip()
    serve = [*program, "serve", "--port", "0", "--rate", "0", "--quiet", "--lang", "en"]
    with _process(serve, settings, stderr=subprocess.PIPE) as child:
        assert child.stderr is not None
        told = child.stderr.readline()
        found = re.search(r":(\d+)", told)
        assert found is not None, told
        yield int(found[1]), token


@contextmanager
def _process(command: list[str], settings: dict[str, str], **pipes: int) -> Iterator["subprocess.Popen[str]"]:
    """A child that is ended when it is not needed any more."""
    child = subprocess.Popen(command, env={**os.environ, **settings}, text=True, **pipes)  # type: ignore[call-overload] # noqa: S603
    with child:
        try:
            yield child
        finally:
            child.terminate()
            child.wait(60)


def _get(path: str, token: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n\r\n".encode()


def _post(path: str, token: str, key: str, body: bytes) -> bytes:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\nIdempotency-Key: {key}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _with(request: bytes, header: str) -> bytes:
    return request[:-2] + header.encode() + b"\r\n\r\n"


def _tag(port: int, request: bytes) -> str:
    """The entity tag of an answer."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(request)
        told = connection.recv(65_536).decode("latin-1")
    found = re.search(r"etag: (\S+)", told)
    assert found is not None
    return found[1]
