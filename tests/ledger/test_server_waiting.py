"""Readers that wait for a PostgreSQL ledger: woken by a signal, late by no more than a poll if it is lost."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import psycopg
import pytest

from domain.ledger import Ledger
from domain.stores.postgres import waiting
from tests.ledger.saying import SOMEBODY_ELSE, career_of, commended, said
from tests.ledger.shell import PATIENCE
from tests.postgres_server import Server, bouncer
from tests.running import open_ledger

pytestmark = pytest.mark.stores("postgres")

FOR_EVER = 10_000.0
SOON = 20.0
"""Seconds: much more than a poll takes, much less than what is waited for."""

WITHOUT_A_SIGNAL = """
INSERT INTO entries SELECT position + 1, career, number + 1, topic, state, told FROM entries
ORDER BY position DESC LIMIT 1;
UPDATE ledger SET head = head + 1;
"""


def record(ledger: Ledger, number: int) -> int:
    entries = ledger.record(career_of(ledger), said(commended("2015-05-04", f"no. {number}")), author="clerk")
    return entries[0].position


@pytest.fixture
def writer(database: str) -> Iterator[Ledger]:
    with closing(open_ledger(database)) as ledger:
        record(ledger, 1)
        yield ledger


@pytest.fixture
def reader(database: str, writer: Ledger) -> Iterator[Ledger]:
    with closing(open_ledger(database, writing=False)) as ledger:
        yield ledger


@pytest.fixture
def never_polls(monkeypatch: pytest.MonkeyPatch) -> None:
    """A signal is all that wakes a reader."""
    monkeypatch.setattr(waiting, "POLL_SECONDS", FOR_EVER)


def listens(database: str) -> bool:
    query = (
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%' AND state = 'idle'"
    )
    with psycopg.connect(database) as session:
        return session.execute(query).fetchone() is not None


def test_who_waits_for_nothing_new_gives_up(reader: Ledger) -> None:
    assert reader.recorder.wait(1, 0.1) == 1
    assert reader.recorder.wait(0, FOR_EVER) == 1
    assert reader.recorder.wait(99, 0) == 1


@pytest.mark.usefixtures("never_polls")
def test_a_signal_wakes_every_reader_that_waits(database: str, writer: Ledger, reader: Ledger) -> None:
    with ThreadPoolExecutor(4) as threads:
        for position in (2, 3, 4):
            waits = [threads.submit(reader.recorder.wait, position - 1, FOR_EVER) for _ in range(4)]
            while not listens(database):
                pass
            assert record(writer, position) == position
            assert [one.result(SOON) for one in waits] == [position] * 4


@pytest.mark.usefixtures("never_polls")
def test_what_was_written_before_it_listened_is_seen(
    writer: Ledger, reader: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It comes between the first look and the listening, so that no signal tells of it."""
    connect = reader.recorder._connections.connect

    def late() -> object:
        record(writer, 2)
        return connect()

    monkeypatch.setattr(reader.recorder._connections, "connect", late)
    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(reader.recorder.wait, 1, FOR_EVER).result(SOON) == 2


def test_a_lost_signal_only_delays(database: str, reader: Ledger) -> None:
    with ThreadPoolExecutor(1) as threads:
        waits = threads.submit(reader.recorder.wait, 1, FOR_EVER)
        while not listens(database):
            pass
        with psycopg.connect(database) as session:
            session.execute(WITHOUT_A_SIGNAL)
        assert waits.result(SOON) == 2


def test_a_lost_connection_that_listened_only_delays(database: str, writer: Ledger, reader: Ledger) -> None:
    with ThreadPoolExecutor(1) as threads:
        for position in (2, 3):
            waits = threads.submit(reader.recorder.wait, position - 1, FOR_EVER)
            while not listens(database):
                pass
            with psycopg.connect(database, autocommit=True) as session:
                session.execute(
                    "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND query LIKE 'LISTEN%'"
                )
            record(writer, position)
            assert waits.result(SOON) == position


def test_a_subscriber_gets_every_entry_in_order_though_the_server_ends_its_sessions(
    database: str, writer: Ledger, reader: Ledger
) -> None:
    with reader.recorder.subscribe() as subscription:
        seen = [next(subscription).id]
        for position in (2, 3, 4):
            with psycopg.connect(database, autocommit=True) as session:
                session.execute(
                    "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            record(writer, position)
            seen.append(next(subscription).id)
        subscription.stop()
        assert list(subscription) == []
    assert seen == [1, 2, 3, 4]


def test_a_subscriber_goes_on_after_the_server_was_away(
    database: str, writer: Ledger, reader: Ledger, monkeypatch: pytest.MonkeyPatch, postgres_server: Server
) -> None:
    name = database.partition("?")[0].rpartition("/")[2]
    monkeypatch.setattr(reader.recorder._connections._pool, "timeout", 0.2)
    with ThreadPoolExecutor(1) as threads, reader.recorder.subscribe(gt=1) as subscription:
        postgres_server.run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        postgres_server.run(f"SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '{name}'")
        following = threads.submit(next, subscription)
        assert not following.done()
        postgres_server.run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
        record(writer, 2)
        assert following.result(PATIENCE).id == 2


@pytest.fixture(scope="module")
def pooler(postgres_server: Server) -> Iterator[Server]:
    with bouncer(postgres_server) as started:
        yield started


def test_behind_a_pooler_nobody_listens_and_everybody_sees(
    database: str, writer: Ledger, pooler: Server, postgres_server: Server
) -> None:
    pooled = database.replace(str(postgres_server.folder), str(pooler.folder)) + "&port=6432"
    with closing(open_ledger(pooled, writing=False)) as reader, ThreadPoolExecutor(4) as threads:
        for position in (2, 3):
            waits = [threads.submit(reader.recorder.wait, position - 1, FOR_EVER) for _ in range(4)]
            record(writer, position)
            assert [one.result(SOON) for one in waits] == [position] * 4
        assert not listens(database)
        assert reader.recorder._signals.heard == 0


def test_nothing_listens_any_more_once_the_ledger_is_closed(database: str, writer: Ledger) -> None:
    with closing(open_ledger(database, writing=False)) as reader:
        reader.recorder.wait(1, 0.1)
        assert listens(database)
    while listens(database):
        pass
    assert career_of(writer, SOMEBODY_ELSE)
