"""A PostgreSQL ledger behind PgBouncer in transaction mode: every transaction may go to another session."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date

import psycopg
import pytest

from scripts.simulation import lines as simulated
from tests.ledger.saying import SOMEBODY, career_of, commended, entries_in, said, stored
from tests.postgres_server import Server, bouncer
from tests.running import KEY, Office, open_ledger

THREADS, EACH = 8, 12


@pytest.fixture(scope="module")
def pooler(postgres_server: Server) -> Iterator[Server]:
    with bouncer(postgres_server) as started:
        yield started


@pytest.fixture
def database(pooler: Server, postgres_server: Server) -> Iterator[str]:
    """A new database, through the pooler."""
    url = postgres_server.fresh()
    yield url.replace(str(postgres_server.folder), str(pooler.folder)) + "&port=6432"
    postgres_server.give_back(url)


@pytest.fixture
def pooled(office: Office, database: str, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setenv("CAREER_LEDGER_KEY", KEY.decode())
    office.database = database
    return office


def test_the_pooler_gives_each_transaction_another_session(database: str) -> None:
    with psycopg.connect(database, autocommit=True, prepare_threshold=None) as one:
        with psycopg.connect(database) as other, psycopg.connect(database) as third:
            other.execute("SELECT 'a transaction of its own'")
            third.execute("SELECT 'and another beside it'")
        sessions = {one.execute("SELECT pg_backend_pid()").fetchone() for _ in range(6)}
    assert len(sessions) > 1


def test_import_record_questions_export_and_doctor(pooled: Office) -> None:
    text = b"".join(simulated(workers=20, region="150102", seed=5, today=date(2026, 10, 31)))
    assert pooled.run("import", pooled.file(text)).status == 0
    assert pooled.run("import", pooled.file(text)).status == 0
    assert pooled.run("record", SOMEBODY, json.dumps(commended("2026-05-04")), "--expected", "0").status == 0
    exported = pooled.run("export").out.encode()
    assert exported.count(b"\n") == text.count(b"\n") + 1
    for question in ("timeline", "service-years", "findings", "eligibility"):
        told = pooled.run(question, SOMEBODY, "--json")
        assert (told.status, told.err) == (0, "")
    told = pooled.run("doctor", "--lang", "en")
    assert (told.status, told.err) == (0, "")


def test_many_threads_write_and_read_and_leave_no_gap(database: str) -> None:
    with closing(open_ledger(database)) as ledger:

        def work(number: int) -> None:
            career = career_of(ledger, f"B-{number}")
            for day in range(1, EACH + 1):
                ledger.record(career, said(commended(f"2015-05-{day:02}")), author="clerk", expected=day - 1)
                assert len(ledger.entries(career, ledger.known())) == day
                assert [row.position for row in ledger.recorder.stream()][-1] >= day

        with ThreadPoolExecutor(THREADS) as threads:
            list(threads.map(work, range(THREADS)))
        assert [entry.position for entry in entries_in(ledger)] == list(range(1, THREADS * EACH + 1))
    assert stored(database)[0] == THREADS * EACH
