"""The office in a server's database: several processes, connections that break, a server that goes and comes back."""

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest

from api.office import postgres_store
from api.office.opening import office_of
from domain.errors import (
    LedgerBusyError,
    NotALedgerError,
    OutcomeUnknownError,
    ReadOnlyStoreError,
    StoreError,
    StoreFullError,
    UnreachableStoreError,
)
from tests.ledger.cutting import SOCKET, Cutting, cutting
from tests.ledger.refusing import execute
from tests.ledger.shell import PATIENCE, run, script, start
from tests.office.desk import answered, career, disclosures_in, failure_of, numbers_in, opened, told
from tests.postgres_server import GUARDED, OWNER, PASSWORD, Server, bouncer
from tests.running import open_ledger

pytestmark = pytest.mark.stores("postgres")

WRITERS, EACH = 3, 120

WRITING = """
import sys
from api.office.opening import office_of
from tests.office.desk import answered

office = office_of(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
futures = []
for number in range(int(sys.argv[2])):
    futures.append(office.log.submit(answered(*range(number % 3), request=sys.argv[3])))
    if number % 5 == 0:
        futures[-1].result()
print(*(future.result() for future in futures))
office.close()
"""


def test_several_processes_write_at_once_and_leave_no_gap(database: str) -> None:
    with ExitStack() as running:
        writers = [
            running.enter_context(start(script(WRITING, database, EACH, name), stdin=subprocess.PIPE))
            for name in range(WRITERS)
        ]
        for writer in writers:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"ready\n"
        for writer in writers:  # All of them before the first is waited for.
            assert writer.stdin is not None
            writer.stdin.write(b"go\n")
            writer.stdin.flush()
        said = [writer.communicate(timeout=PATIENCE) for writer in writers]
    assert [err for _, err in said] == [b""] * WRITERS
    own = [list(map(int, out.split())) for out, _ in said]
    assert all(numbers == sorted(numbers) for numbers in own)
    assert sorted(number for numbers in own for number in numbers) == list(range(1, WRITERS * EACH + 1))
    found = dict(told(database, "SELECT number, request FROM answers"))
    assert found == {number: str(name) for name, numbers in enumerate(own) for number in numbers}
    assert len(disclosures_in(database)) == WRITERS * EACH


def test_two_who_begin_an_office_make_one(database: str) -> None:
    with closing(open_ledger(database)):
        pass
    with ExitStack() as running:
        starting = [
            running.enter_context(start(script(WRITING, database, 1, name), stdin=subprocess.PIPE)) for name in range(4)
        ]
        said = [one.communicate(b"go\n", timeout=PATIENCE) for one in starting]
    assert [err for _, err in said] == [b""] * 4
    assert numbers_in(database) == [1, 2, 3, 4]


class Cut(NamedTuple):
    """The test's database by way of what breaks connections."""

    between: Cutting
    url: str
    socket: Path


@pytest.fixture
def cut(tmp_path_factory: pytest.TempPathFactory, database: str, postgres_server: Server) -> Iterator[Cut]:
    folder = tmp_path_factory.mktemp("c")  # A short name: the path of a socket may have 107 bytes.
    with cutting(folder, postgres_server.folder) as between:
        yield Cut(between, database.replace(str(postgres_server.folder), str(folder)), folder / SOCKET)


def test_a_connection_that_broke_before_the_commit_has_stored_nothing(database: str, cut: Cut) -> None:
    with opened(cut.url) as office:
        assert office.log.submit(answered(1)).result(PATIENCE) == 1
        cut.between.cut = "before"
        assert type(failure_of(office.log.submit(answered(2)))) is UnreachableStoreError
        assert numbers_in(database) == [1]
        assert office.log.submit(answered(3)).result(PATIENCE) == 2
    assert disclosures_in(database) == [(career(1).bytes, 1), (career(3).bytes, 2)]


def test_a_commit_of_which_nothing_was_heard_is_looked_up(database: str, cut: Cut) -> None:
    with opened(cut.url) as office:
        cut.between.cut = "after"
        assert office.log.submit(answered(1)).result(PATIENCE) == 1
        cut.between.cut = "after"
        office.log.check()
        assert office.log.submit(answered(2)).result(PATIENCE) == 2
    assert numbers_in(database) == [1, 2]


def test_if_it_cannot_be_looked_up_it_is_not_claimed_that_nothing_was_stored(database: str, cut: Cut) -> None:
    with opened(cut.url) as office:
        assert office.log.submit(answered(1)).result(PATIENCE) == 1
        cut.between.cut = "after"
        cut.socket.rename(cut.socket.with_name("away"))
        error = failure_of(office.log.submit(answered(2)))
        assert type(error) is OutcomeUnknownError
        assert "at worst an answer that never left" in error.say("en")
        cut.socket.with_name("away").rename(cut.socket)
        assert office.log.submit(answered(3)).result(PATIENCE) == 3
    assert numbers_in(database) == [1, 2, 3]


def test_a_server_that_was_away_is_used_again(database: str, postgres_server: Server, tmp_path: Path) -> None:
    socket = tmp_path / SOCKET
    socket.symlink_to(postgres_server.folder / SOCKET)
    with opened(database.replace(str(postgres_server.folder), str(tmp_path))) as office:
        assert office.log.submit(answered(1)).result(PATIENCE) == 1
        socket.unlink()
        told(
            database,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            " AND datname = current_database()",
        )
        error = failure_of(office.log.submit(answered(2)))
        assert type(error) is UnreachableStoreError
        with pytest.raises(UnreachableStoreError):
            office.log.check()
        socket.symlink_to(postgres_server.folder / SOCKET)
        office.log.check()
        assert office.log.submit(answered(3)).result(PATIENCE) == 2
        assert len(office.log.page().records) == 2


def test_a_server_that_started_again_is_not_noticed(database: str) -> None:
    with opened(database) as office:
        assert office.log.submit(answered(1)).result(PATIENCE) == 1
        office.log.page()
        told(
            database,
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            " AND datname = current_database()",
        )
        assert office.log.submit(answered(2)).result(PATIENCE) == 2
        assert len(office.log.page().records) == 2


FAILING = """
CREATE FUNCTION fails() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'no, %', new.career USING ERRCODE = '{code}'; END $$;
CREATE TRIGGER fails AFTER INSERT ON disclosures FOR EACH ROW EXECUTE FUNCTION fails();
"""


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        ("53100", StoreFullError, "make room, then try again"),
        ("57014", LedgerBusyError, "took too long"),
        ("25006", ReadOnlyStoreError, "only lets read"),
        ("58030", StoreError, "is damaged"),
        ("57P01", UnreachableStoreError, "was lost and nothing was stored"),
        ("23505", StoreError, "nothing was stored"),
        ("22000", StoreError, "DataException 22000"),
    ],
)
def test_a_batch_that_the_server_refuses_is_not_there_and_the_next_is(
    database: str, code: str, kind: type[StoreError], words: str
) -> None:
    with opened(database) as office:
        assert office.log.submit(answered(1)).result(PATIENCE) == 1
        execute(database, FAILING.format(code=code))
        error = failure_of(office.log.submit(answered(2)))
        assert type(error) is kind
        assert words in error.say("en")
        assert "import" not in error.say("en")
        assert career(2).hex not in error.say("en") + error.say("zh")
        execute(database, "DROP TRIGGER fails ON disclosures")
        assert office.log.submit(answered(3)).result(PATIENCE) == 2
    assert disclosures_in(database) == [(career(1).bytes, 1), (career(3).bytes, 2)]


def test_one_that_holds_the_lock_for_too_long_is_not_waited_for(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    hurried = postgres_store._BEGIN.replace(postgres_store.LOCK_TIMEOUT, "50ms")
    monkeypatch.setattr(postgres_store, "_BEGIN", hurried)
    with opened(database) as office:
        office.log.check()
        with psycopg.connect(database) as other:
            other.execute("SELECT head FROM office FOR UPDATE")
            assert type(failure_of(office.log.submit(answered(1)))) is LedgerBusyError
        assert office.log.submit(answered(1)).result(PATIENCE) == 1


def test_tables_of_others_and_of_newer_programs_are_refused(database: str) -> None:
    with opened(database):
        pass
    execute(database, "UPDATE office SET version = 2")
    with pytest.raises(NotALedgerError, match=r"newer program \(layout 2\)"):
        office_of(database)
    execute(database, "UPDATE office SET version = 1")
    execute(database, "ALTER TABLE answers RENAME COLUMN purpose TO motive")
    with pytest.raises(NotALedgerError, match="not the access log"):
        office_of(database)


def test_a_head_and_a_log_that_disagree_stop_it(database: str) -> None:
    with opened(database) as office:
        assert office.log.submit(answered(1)).result(PATIENCE) == 1
        execute(database, "UPDATE office SET head = 2")
        assert "went up to number 2" in failure_of(office.log.submit(answered(1))).say("en")
        assert numbers_in(database) == [1]


def test_even_where_commits_are_not_waited_for_this_one_is(database: str, postgres_server: Server) -> None:
    seen = "CREATE TABLE seen AS SELECT ''::text AS setting"
    watch = """
    CREATE FUNCTION watches() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN UPDATE seen SET setting = current_setting('synchronous_commit'); RETURN NULL; END $$;
    CREATE TRIGGER watches AFTER INSERT ON answers FOR EACH ROW EXECUTE FUNCTION watches();
    """
    execute(database, f"ALTER DATABASE {database.partition('?')[0].rpartition('/')[2]} SET synchronous_commit = off")
    with opened(database) as office:
        execute(database, seen)
        execute(database, watch)
        office.log.submit(answered(1)).result(PATIENCE)
    assert told(database, "SELECT setting FROM seen") == [("on",)]


def test_who_may_only_read_is_told_what_is_missing(database: str) -> None:
    with opened(database) as office:
        office.log.submit(answered(1)).result(PATIENCE)
    execute(database, f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {GUARDED}")
    with opened(database.replace(f"{OWNER}@", f"{GUARDED}:{PASSWORD}@")) as office:
        assert [record.number for record in office.log.page().records] == [1]
        error = failure_of(office.log.submit(answered(1)))
        assert type(error) is ReadOnlyStoreError
        assert "grant it" in error.say("en")
        assert PASSWORD not in error.say("en") + error.say("zh")


def test_behind_a_pooler_that_gives_each_transaction_another_session(postgres_server: Server) -> None:
    url = postgres_server.fresh()
    with bouncer(postgres_server) as pooler:
        pooled = url.replace(str(postgres_server.folder), str(pooler.folder)) + "&port=6432"
        with opened(pooled) as office, opened(pooled) as other:
            futures = [one.log.submit(answered(*range(number % 3))) for number in range(100) for one in (office, other)]
            assert sorted(future.result(PATIENCE) for future in futures) == list(range(1, 201))
            assert len(other.log.page(limit=1000).records) == len(office.log.page(limit=1000).records) == 266
    postgres_server.give_back(url)


WITHOUT_PSYCOPG = """
import sys
sys.modules["psycopg"] = None
from api.office.opening import office_of
from domain.errors import StoreError
try:
    office_of("postgresql://u:wrong@h/d")
except StoreError as error:
    print(error.say("en"))
"""


def test_without_the_driver_it_says_what_to_install() -> None:
    told = run(script(WITHOUT_PSYCOPG))
    assert (told.out.strip(), told.err) == (
        "PostgreSQL support is not installed; install career-ledger[postgres]",
        "",
    )
