"""Several writers and one ledger on a PostgreSQL server: no gap, no reader ahead of a writer, nothing by halves."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
import pytest

from domain.errors import (
    KeyMismatchError,
    LedgerBusyError,
    OutcomeUnknownError,
    ReadOnlyStoreError,
    StaleCareerError,
    StoreError,
    UnreachableStoreError,
)
from domain.examination import examine
from domain.ledger import Ledger, row_of
from domain.stores.postgres import appending
from domain.stores.rows import Row
from domain.workers import WorkerKeys
from tests.ledger.cutting import Cutting, cutting
from tests.ledger.saying import SOMEBODY_ELSE, career_of, commended, entries_in, said, stored
from tests.ledger.shell import PATIENCE
from tests.ledger.test_processes import writer
from tests.postgres_server import Server
from tests.running import NOW, Bench, open_ledger

pytestmark = pytest.mark.stores("postgres")


def some(number: int) -> list[Any]:
    return said(commended("2015-05-04", f"no. {number}"))


def rows(ledger: Ledger, worker: str, *numbers: int) -> list[Row]:
    """Rows as a writer would append them, made of an entry that is recorded first."""
    entry = ledger.record(career_of(ledger, "somebody to copy"), some(0), author="clerk")[0]
    career = career_of(ledger, worker).bytes
    return [row_of(entry, 0)._replace(career=career, number=number) for number in numbers]


def append(ledger: Ledger, batch: Sequence[Row], then: Callable[[], object]) -> None:
    """One transaction, in which something happens after its rows have been sent."""
    with ledger.appending() as transaction:
        transaction.append(batch)
        then()


def wait_until_somebody_waits(database: str) -> None:
    """Until a session of the database waits for a lock."""
    query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with psycopg.connect(database, autocommit=True) as session:
        while session.execute(query).fetchone() == (0,):
            pass


def end_sessions(database: str, state: str) -> None:
    """What an administrator does, or a server that goes down."""
    with psycopg.connect(database, autocommit=True) as session:
        ended = session.execute(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND state = %s",
            [state],
        ).fetchall()
    assert (True,) in ended


def test_processes_that_write_at_once_leave_no_gap_and_readers_see_a_prefix(database: str) -> None:
    with closing(open_ledger(database)) as ledger, ExitStack() as stack:
        processes = [stack.enter_context(writer(database, 40, f"B-{number}")) for number in range(3)]
        head = 0
        while head < 120:
            before, head = head, ledger.recorder.wait(head, PATIENCE)
            seen = [row.position for row in ledger.recorder.stream()]
            assert seen == list(range(1, len(seen) + 1))
            assert before < head <= len(seen)
        for process in processes:
            process.communicate(b"", timeout=PATIENCE)
        assert not any(check.problems for check in examine(ledger))
        numbers = {entry.career: entry.number for entry in entries_in(ledger)}
        assert sorted(numbers.values()) == [40, 40, 40]


@pytest.mark.parametrize("many", [2, appending.FEW + 1])
def test_no_reader_overtakes_a_writer_and_the_next_writer_waits(database: str, many: int) -> None:
    """A transaction is held open with entries in it, and another writer comes: nobody sees later ones before these."""
    with (
        closing(open_ledger(database)) as ledger,
        closing(open_ledger(database)) as other,
        closing(open_ledger(database, writing=False)) as reader,
        ThreadPoolExecutor(1) as threads,
    ):
        batch = rows(ledger, "held", *range(1, many + 1))
        with ledger.appending() as held:
            assert held.append(batch) == range(2, many + 2)
            recording = threads.submit(other.record, career_of(other), some(1), author="clerk")
            wait_until_somebody_waits(database)
            for one in (ledger, other, reader):
                assert one.known().position == 1
                assert [row.position for row in one.recorder.stream()] == [1]
                assert [event.id for event in one.recorder.select_notifications(1, 10)] == [1]
                assert one.recorder.wait(1, 0.2) == 1
            assert stored(database)[0] == 1
            assert not recording.done()
        assert recording.result(PATIENCE)[0].position == many + 2
        assert [row.position for row in reader.recorder.stream()] == list(range(1, many + 3))


def test_a_writer_that_waits_too_long_is_told_that_the_ledger_is_busy(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(appending, "_BEGIN", appending._BEGIN.replace(appending.LOCK_TIMEOUT, "100ms"))
    with closing(open_ledger(database)) as ledger, closing(open_ledger(database)) as other:
        with ledger.appending(), pytest.raises(LedgerBusyError, match="another process is writing"):
            other.record(career_of(other), some(1), author="clerk")
        assert other.record(career_of(other), some(1), author="clerk")[0].position == 1


def test_a_session_that_ends_within_a_transaction_has_stored_nothing(database: str) -> None:
    with closing(open_ledger(database)) as ledger:
        batch = rows(ledger, "held", 1, 2)
        with pytest.raises(UnreachableStoreError, match="nothing was stored"):
            append(ledger, batch, lambda: end_sessions(database, "idle in transaction"))
        assert stored(database)[0] == 1
        assert ledger.record(career_of(ledger), some(1), author="clerk")[0].position == 2


def test_after_the_server_has_ended_all_sessions_nobody_notices(database: str) -> None:
    with closing(open_ledger(database)) as ledger:
        ledger.record(career_of(ledger), some(1), author="clerk")
        end_sessions(database, "idle")
        assert len(ledger.entries(career_of(ledger), ledger.known())) == 1
        end_sessions(database, "idle")
        assert ledger.record(career_of(ledger), some(2), author="clerk")[0].position == 2


@pytest.fixture
def cut(database: str, postgres_server: Server) -> Iterator[tuple[Ledger, Cutting]]:
    """A ledger behind a connection that can be cut, with one entry."""
    with (
        TemporaryDirectory(prefix="cut-", dir="/tmp") as folder,
        cutting(Path(folder), postgres_server.folder) as between,
        closing(open_ledger(database.replace(str(postgres_server.folder), folder))) as ledger,
    ):
        ledger.record(career_of(ledger), some(0), author="clerk")
        yield ledger, between


@pytest.mark.parametrize(("when", "head"), [("before", 2), ("after", 3)])
def test_when_the_connection_breaks_while_it_commits_nobody_claims_to_know(
    cut: tuple[Ledger, Cutting], database: str, when: str, head: int
) -> None:
    ledger, between = cut
    batch = rows(ledger, "held", 1)
    with pytest.raises(OutcomeUnknownError, match="not known whether"):
        append(ledger, batch, lambda: setattr(between, "cut", when))
    with ledger.appending() as later:  # It waits for the lock, and so for what became of the one before.
        assert later.head == stored(database)[0] == head


def test_who_records_is_told_that_it_was_done_if_the_server_says_so_later(
    cut: tuple[Ledger, Cutting], database: str
) -> None:
    ledger, between = cut
    between.cut = "after"
    assert ledger.record(career_of(ledger), some(1), author="clerk")[0].position == 2
    between.cut = "before"
    with pytest.raises(OutcomeUnknownError):
        ledger.record(career_of(ledger), some(2), author="clerk")
    assert stored(database)[0] == 2
    assert ledger.record(career_of(ledger), some(2), author="clerk")[0].position == 3


def test_a_taken_number_is_stale_and_stores_nothing_of_the_batch(database: str) -> None:
    with closing(open_ledger(database)) as ledger:
        taken = rows(ledger, "somebody to copy", 2, 1)
        many = [taken[0]._replace(number=number) for number in range(appending.FEW + 2, 0, -1)]
        for batch in (taken, many):
            with pytest.raises(StaleCareerError):
                append(ledger, batch, lambda: None)
        assert stored(database)[0] == 1


def test_a_transaction_that_goes_on_after_an_error_stores_nothing(database: str) -> None:
    with closing(open_ledger(database)) as ledger:
        taken = rows(ledger, "somebody to copy", 1)
        with pytest.raises(StoreError), suppressing_stale(ledger) as transaction:
            transaction.append(taken)
        assert stored(database)[0] == 1


@contextmanager
def suppressing_stale(ledger: Ledger) -> Iterator[Any]:
    """A transaction whose user thinks nothing of a taken number."""
    with ledger.appending() as transaction, suppress(StaleCareerError):
        yield transaction


def test_what_a_transaction_has_appended_it_reads(database: str) -> None:
    with closing(open_ledger(database)) as ledger:
        batch = rows(ledger, SOMEBODY_ELSE, 1, 2)
        career = batch[0].career
        with ledger.appending() as transaction:
            transaction.foresee([career], whole=True)
            assert (transaction.rows(career), transaction.last_number(career)) == ([], 0)
            assert transaction.append(batch) == range(2, 4)
            assert [row.position for row in transaction.rows(career)] == [2, 3]
            assert transaction.last_number(career) == 2
            assert transaction.row_at(3) == (3, *batch[1])
            assert transaction.row_at(4) is transaction.row_at(0) is None
            assert (transaction.head, transaction.key_check()) == (3, ledger.workers.check())
            assert transaction.append([]) == range(4, 4)
        with pytest.raises(ZeroDivisionError):
            append(ledger, [batch[0]._replace(number=3)], lambda: 1 / 0)
        assert stored(database)[0] == 3


def test_who_has_opened_the_ledger_to_ask_cannot_write(database: str) -> None:
    with closing(open_ledger(database)) as ledger, closing(open_ledger(database, writing=False)) as reader:
        ledger.record(career_of(ledger), some(1), author="clerk")
        with pytest.raises(ReadOnlyStoreError, match="opened only to be asked"):
            reader.record(career_of(reader), some(2), author="clerk")
        with reader.recorder.reading() as connection, pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            connection.execute("UPDATE ledger SET head = 9")


def test_of_two_who_begin_a_ledger_with_different_keys_one_is_refused(database: str) -> None:
    with closing(open_ledger(database)) as one:
        other = Ledger(database, workers=WorkerKeys(b"a key that another process has"), now=lambda: NOW, writing=True)
        with closing(other):
            one.record(career_of(one), some(1), author="clerk")
            with pytest.raises(KeyMismatchError, match="not this ledger's"):
                other.record(career_of(other), some(1), author="clerk")
    assert stored(database)[0] == 1


def test_of_two_processes_that_begin_a_ledger_with_different_keys_one_is_refused(database: str) -> None:
    keys = [f"the key of process {number}" for number in range(2)]
    with ExitStack() as stack:
        processes = [stack.enter_context(writer(database, 3, key=key)) for key in keys]
        said_of_them = [process.communicate(b"", timeout=PATIENCE) for process in processes]
    assert sorted(process.returncode for process in processes) == [0, 1]
    refused = next(err for process, (_, err) in zip(processes, said_of_them, strict=True) if process.returncode)
    assert b"KeyMismatchError" in refused
    assert stored(database)[0] == 3


def test_those_who_begin_a_ledger_at_once_make_one(database: str) -> None:
    with ThreadPoolExecutor(8) as threads:
        for opened in threads.map(lambda _: open_ledger(database), range(8)):
            opened.close()
    assert stored(database) == (0, [])


def test_every_commit_is_on_the_disk_whatever_the_session_is_set_to(database: str, bench: Bench) -> None:
    name = bench.ledger.recorder.version()[0]
    assert name == "postgresql"
    for told, used in (("off", "on"), ("local", "local"), ("remote_apply", "remote_apply")):
        with psycopg.connect(database, autocommit=True) as session:
            session.execute(
                f"DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = {told}',"
                " current_database()); END $$"
            )
        with closing(open_ledger(database)) as ledger, ledger.appending() as transaction:
            shown = transaction._connection.execute("SHOW synchronous_commit").fetchone()
            assert shown == (used,)
