"""FILE.office: what makes a file one, and how it is opened.

It is apart from the ledger's file: it is no part of the facts, and an import holds the ledger for as long as it takes.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from fcntl import LOCK_EX, LOCK_NB
from pathlib import Path
from urllib.parse import quote

from api.office.errors import NOT_AN_OFFICE, of_the_office
from domain.errors import LedgerBusyError, NotALedgerError, ReadOnlyStoreError, StoreError
from domain.stores.failures import BUSY, NEWER, NO_FOLDER, READ_ONLY
from domain.stores.sqlite.failures import explain
from projections.keeping.sqlite_files import connected, locked, reading

APPLICATION_ID = 0x43414C4F
"""`CALO`: how a file says that it is the office of a career ledger (PRAGMA application_id)."""

VERSION = 1
"""The version of the tables below (PRAGMA user_version)."""

CACHE_KIB = 32_768
"""Most memory that the connection that writes keeps pages in, in KiB: careers lie scattered over their index."""

PAGE_SIZE = 1024
"""Bytes a page. What is written are whole pages, and each career of an answer lies on another one: with SQLite's usual
4096 more would be written."""

LOG_PAGES = 16_000
"""Pages that the write-ahead log may hold before it is written back."""

APPENDED = ("answers", "disclosures", "proposals", "decisions", "recordings")
"""Tables that are only ever added to."""

STATEMENTS = (
    """CREATE TABLE answers (
        number INTEGER PRIMARY KEY, at INTEGER NOT NULL, subject TEXT NOT NULL, role TEXT NOT NULL,
        token TEXT NOT NULL, jurisdiction TEXT NOT NULL, action TEXT NOT NULL, purpose TEXT NOT NULL,
        case_number TEXT NOT NULL, query TEXT NOT NULL, position INTEGER NOT NULL, outcome TEXT NOT NULL,
        request TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX answers_by_subject ON answers (subject)",
    "CREATE INDEX answers_by_moment ON answers (at)",
    """CREATE TABLE disclosures (
        career BLOB NOT NULL, answer INTEGER NOT NULL, PRIMARY KEY (career, answer)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX disclosures_by_answer ON disclosures (answer)",
    """CREATE TABLE proposals (
        number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, career BLOB NOT NULL, amendment TEXT NOT NULL,
        act TEXT NOT NULL, expected INTEGER NOT NULL, proposed_by TEXT NOT NULL, proposed_at INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX proposals_by_career ON proposals (career)",
    """CREATE TABLE decisions (
        proposal BLOB PRIMARY KEY, state TEXT NOT NULL, decided_by TEXT NOT NULL, decided_at INTEGER NOT NULL,
        decision TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    "CREATE TABLE recordings (proposal BLOB PRIMARY KEY, entry INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    """CREATE TABLE office (
        one INTEGER PRIMARY KEY CHECK (one = 1), head INTEGER NOT NULL, batches INTEGER NOT NULL
    ) STRICT""",
    "INSERT INTO office VALUES (1, 0, 0)",
    *(
        f"CREATE TRIGGER {table}_are_never_{done} BEFORE {act} ON {table}"
        f" BEGIN SELECT RAISE(ABORT, '{table} are only ever added to'); END"
        for table in APPENDED
        for act, done in (("UPDATE", "edited"), ("DELETE", "deleted"))
    ),
    f"PRAGMA application_id = {APPLICATION_ID}",
    f"PRAGMA user_version = {VERSION}",
)


@contextmanager
def in_office(path: Path | None) -> Iterator[None]:
    """Run a part that uses the file; what SQLite says comes out as a `StoreError`."""
    try:
        yield
    except PermissionError as error:
        raise StoreError(NO_FOLDER(path=path)) from error
    except sqlite3.Error as error:
        raise of_the_office(explain(error, path), path) from error


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Be the one process that writes the file, or say that another is.

    SQLite before 3.51.3 can damage a write-ahead log that several processes write.
    """
    try:
        with locked(path.with_name(path.name + ".lock"), LOCK_EX | LOCK_NB):
            yield
    except LedgerBusyError as error:
        raise LedgerBusyError(BUSY(path=path)) from error


def ensure(path: Path) -> None:
    """Make the file if there is none. Refuses one of another kind, and a folder that may not be written."""
    with in_office(path):
        if not path.parent.is_dir():
            raise StoreError(NO_FOLDER(path=path))
        if path.is_dir():
            raise NotALedgerError(NOT_AN_OFFICE(path=path))
        if path.exists():
            with closing(reading(path)) as connection:
                if is_office(connection, path):
                    return
        with held(path):
            _make(path)


def is_office(connection: sqlite3.Connection, path: Path) -> bool:
    """False if nothing is in the file yet. Raises `NotALedgerError` if it is another one, or of a newer program."""
    kind = connection.execute("PRAGMA application_id").fetchone()[0]
    if kind == 0 and connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
        return False
    if kind != APPLICATION_ID:
        raise NotALedgerError(NOT_AN_OFFICE(path=path))
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        raise NotALedgerError(NEWER(path=path, version=version))
    return True


def _make(path: Path) -> None:
    """Make the file, for its owner alone: it says who was asked about."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    except OSError as error:
        raise ReadOnlyStoreError(READ_ONLY(path=path)) from error
    with closing(writable(path)) as connection:
        if not is_office(connection, path):
            connection.execute(f"PRAGMA page_size = {PAGE_SIZE}")
            connection.execute("PRAGMA journal_mode = WAL")
            fill(connection)


def fill(connection: sqlite3.Connection) -> None:
    """Make the tables, all or none."""
    connection.execute("BEGIN IMMEDIATE")
    for statement in STATEMENTS:
        connection.execute(statement)
    connection.execute("COMMIT")


def writable(path: Path) -> sqlite3.Connection:
    """A connection that writes a file that is there; what it commits is on the disk."""
    connection = connected(f"file:{quote(str(path))}?mode=rw")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    connection.execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
    return connection
