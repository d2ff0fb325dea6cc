"""Ledgers that were made before requests were remembered: they go on, and learn to remember."""

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from domain.entry import State, encode
from domain.errors import ReadOnlyStoreError
from domain.examination import examine
from domain.ledger import Ledger
from domain.requests import Request
from domain.workers import WorkerKeys
from tests.ledger.refusing import execute
from tests.ledger.saying import career_of, commended, entries_in, hired, said, told
from tests.postgres_server import GUARDED, OWNER, PASSWORD
from tests.running import KEY, NOW, Database, open_ledger

SQLITE_OF_BEFORE = """
PRAGMA page_size = 8192;
PRAGMA journal_mode = WAL;
CREATE TABLE entries (
    position INTEGER PRIMARY KEY, career BLOB NOT NULL, number INTEGER NOT NULL, topic TEXT NOT NULL,
    state BLOB NOT NULL, told INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX entries_by_career ON entries (career, number);
CREATE TABLE ledger (one INTEGER PRIMARY KEY CHECK (one = 1), head INTEGER NOT NULL, key_check BLOB) STRICT;
INSERT INTO ledger VALUES (1, 0, NULL);
CREATE TRIGGER entries_are_never_edited BEFORE UPDATE ON entries
    BEGIN SELECT RAISE(ABORT, 'entries are never edited: record a correction'); END;
CREATE TRIGGER entries_are_never_deleted BEFORE DELETE ON entries
    BEGIN SELECT RAISE(ABORT, 'entries are never deleted: record a voiding'); END;
PRAGMA application_id = 1128352837;
PRAGMA user_version = 1;
"""

POSTGRES_OF_BEFORE = """
CREATE TABLE entries (
    position BIGINT PRIMARY KEY, career BYTEA NOT NULL, number INTEGER NOT NULL, topic TEXT NOT NULL,
    state BYTEA NOT NULL, told SMALLINT NOT NULL, UNIQUE (career, number)
);
CREATE TABLE ledger (
    one INTEGER PRIMARY KEY CHECK (one = 1), head BIGINT NOT NULL, key_check BYTEA, version INTEGER NOT NULL
);
CREATE FUNCTION entries_are_never_changed() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'entries are never edited or deleted: record a correction or a voiding'; END $$;
CREATE TRIGGER entries_are_never_deleted BEFORE DELETE ON entries
    FOR EACH STATEMENT EXECUTE FUNCTION entries_are_never_changed();
CREATE TRIGGER entries_are_never_edited BEFORE UPDATE ON entries
    FOR EACH STATEMENT EXECUTE FUNCTION entries_are_never_changed();
CREATE TRIGGER entries_are_never_emptied BEFORE TRUNCATE ON entries
    FOR EACH STATEMENT EXECUTE FUNCTION entries_are_never_changed();
ALTER TABLE entries ENABLE ALWAYS TRIGGER entries_are_never_deleted;
ALTER TABLE entries ENABLE ALWAYS TRIGGER entries_are_never_edited;
ALTER TABLE entries ENABLE ALWAYS TRIGGER entries_are_never_emptied;
INSERT INTO ledger VALUES (1, 0, NULL, 1);
"""

REQUEST = Request(b"k" * 16, b"c" * 32)
GUARDS = ("requests_are_never_edited", "requests_are_never_deleted")


@pytest.fixture
def before(database: Database) -> Database:
    """A ledger with one entry, as the program wrote it before there were requests."""
    state = encode(State(NOW, "clerk", said(hired())[0].fact))
    workers = WorkerKeys(KEY)
    row = (1, workers.career_of("A-0417"), 1, "hired", state, 0)
    if isinstance(database, str):
        with psycopg.connect(database) as session:
            session.execute(POSTGRES_OF_BEFORE)
            session.execute("INSERT INTO entries VALUES (%s, %s, %s, %s, %s, %s)", row)
            session.execute("UPDATE ledger SET head = 1, key_check = %s", [workers.check()])
        return database
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript(SQLITE_OF_BEFORE)
        connection.execute("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?)", row)
        connection.execute("UPDATE ledger SET head = 1, key_check = ?", [workers.check()])
        connection.commit()
    return database


def made(database: Database) -> set[str]:
    """What the store has made for requests: the table and what guards it."""
    if isinstance(database, str):
        query = "SELECT relname FROM pg_class WHERE relkind = 'r' UNION SELECT tgname FROM pg_trigger"
        with psycopg.connect(database) as session:
            names = {name for (name,) in session.execute(query)}
    else:
        with closing(sqlite3.connect(database)) as connection:
            names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    return {name for name in names if name.startswith(("recorded_", "requests_"))}


def problems(ledger: Ledger) -> list[str]:
    return [problem.say("en") for check in examine(ledger) for problem in check.problems]


@pytest.mark.stores("sqlite", "postgres")
def test_it_can_be_asked_and_previewed_and_stays_as_it_is(before: Database) -> None:
    with closing(open_ledger(before, writing=False)) as ledger:
        career = career_of(ledger)
        known, drafted = ledger.preview(career, said(commended("2015-05-04")), author="clerk", expected=1)
        assert (told(known), told(drafted)) == ([(1, 1)], [(2, 2)])
        assert ledger.last_number(career, ledger.known()) == 1
        assert problems(ledger) == []
    assert made(before) == set()


@pytest.mark.stores("sqlite", "postgres")
def test_it_remembers_once_it_was_opened_for_writing(before: Database, store: str) -> None:
    with closing(open_ledger(before, writing=False)) as reader:
        for _ in range(2):
            with closing(open_ledger(before)) as ledger:
                answers = [
                    ledger.record(career_of(ledger), said(commended("2015-05-04")), author="clerk", request=REQUEST)
                    for _ in range(2)
                ]
                assert [told(answer) for answer in answers] == [[(2, 2)], [(2, 2)]]
                assert problems(ledger) == []
        assert told(entries_in(reader)) == [(1, 1), (2, 2)]
        assert problems(reader) == []
    emptied = {"requests_are_never_emptied"} if store == "postgres" else set()
    assert made(before) == {"recorded_requests", *GUARDS, *emptied}


@pytest.mark.stores("sqlite", "postgres")
def test_an_older_program_still_knows_it(before: Database) -> None:
    """It looks at the version, and on a server at the columns of the two tables that it knows."""
    open_ledger(before).close()
    if isinstance(before, str):
        with psycopg.connect(before) as session:
            assert session.execute("SELECT version FROM ledger").fetchone() == (1,)
    else:
        with closing(sqlite3.connect(before)) as connection:
            assert connection.execute("PRAGMA user_version").fetchone() == (1,)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE recorded_requests SET last = 9",
        "UPDATE recorded_requests SET key = x'00' WHERE first = 9",
        "DELETE FROM recorded_requests",
        "INSERT INTO recorded_requests SELECT * FROM recorded_requests WHERE 1 ON CONFLICT DO UPDATE SET last = 9",
    ],
)
def test_a_file_refuses_to_forget_requests(tmp_path: Path, statement: str) -> None:
    path = tmp_path / "ledger.db"
    with closing(open_ledger(path)) as ledger:
        ledger.record(career_of(ledger), said(hired()), author="clerk", request=REQUEST)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        before = connection.execute("SELECT * FROM recorded_requests").fetchall()
        if "first = 9" not in statement:
            with pytest.raises(sqlite3.IntegrityError, match="never"):
                connection.execute(statement)
        assert connection.execute("SELECT * FROM recorded_requests").fetchall() == before
        assert before == [(REQUEST.key, REQUEST.content, before[0][2], 1, 1)]


@pytest.mark.stores("postgres")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE recorded_requests SET last = 9",
        "DELETE FROM recorded_requests WHERE first = 9",
        "TRUNCATE recorded_requests",
        "SET session_replication_role = replica; DELETE FROM recorded_requests",
    ],
)
def test_a_server_refuses_to_forget_requests(database: str, statement: str) -> None:
    with closing(open_ledger(database)) as ledger:
        ledger.record(career_of(ledger), said(hired()), author="clerk", request=REQUEST)
    with pytest.raises(psycopg.errors.RaiseException, match="never edited or deleted"):
        execute(database, statement)


@pytest.mark.stores("sqlite", "postgres")
def test_doctor_misses_a_guard_of_requests_that_was_taken_off(database: Database, store: str) -> None:
    open_ledger(database).close()
    statement = "DROP TRIGGER requests_are_never_deleted"
    if isinstance(database, str):
        execute(database, f"{statement} ON recorded_requests")
    else:
        with closing(sqlite3.connect(database)) as connection:
            connection.execute(statement)
    with closing(open_ledger(database, writing=False)) as ledger:
        (told_of,) = problems(ledger)
    assert told_of.startswith("the trigger requests_are_never_deleted is missing")


# Roles of a server that may not do everything


def as_guarded(database: str) -> str:
    return database.replace(f"{OWNER}@", f"{GUARDED}:{PASSWORD}@")


@pytest.mark.stores("postgres")
def test_a_role_that_may_make_no_tables_records_without_requests_as_before(before: str) -> None:
    execute(before, f"GRANT SELECT, INSERT ON entries TO {GUARDED}; GRANT SELECT, UPDATE ON ledger TO {GUARDED}")

    def record(ledger: Ledger, request: Request | None) -> list[tuple[int, int]]:
        return told(ledger.record(career_of(ledger), said(commended("2015-05-04")), author="c", request=request))

    with closing(open_ledger(as_guarded(before))) as ledger:
        with pytest.raises(ReadOnlyStoreError, match="let its owner open it"):
            record(ledger, REQUEST)
        assert record(ledger, None) == [(2, 2)]
    open_ledger(before).close()  # Its owner does; but nobody has granted anything.
    with closing(open_ledger(as_guarded(before))) as ledger:
        with pytest.raises(ReadOnlyStoreError, match="grant SELECT and INSERT on recorded_requests"):
            record(ledger, REQUEST)
        assert record(ledger, None) == [(3, 3)]
    execute(before, f"GRANT SELECT, INSERT ON recorded_requests TO {GUARDED}")
    with closing(open_ledger(as_guarded(before))) as ledger:
        assert record(ledger, REQUEST) == record(ledger, REQUEST) == [(4, 4)]


@pytest.mark.stores("postgres")
def test_another_programs_table_of_that_name_is_left_alone(before: str) -> None:
    execute(before, "CREATE TABLE recorded_requests (url TEXT)")
    with closing(open_ledger(before)) as ledger:
        assert problems(ledger) == []
        with pytest.raises(ReadOnlyStoreError, match="nothing was stored"):
            ledger.record(career_of(ledger), said(commended("2015-05-04")), author="clerk", request=REQUEST)
        assert told(ledger.record(career_of(ledger), said(commended("2015-05-04")), author="c")) == [(2, 2)]
    with psycopg.connect(before) as session:
        assert session.execute("SELECT count(*) FROM recorded_requests").fetchone() == (0,)
