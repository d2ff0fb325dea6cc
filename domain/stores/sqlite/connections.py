"""SQLite connections: durable, one writing process at a time, readers that cannot write.

Write-ahead logging lets readers go on while an import runs. SQLite before 3.51.3 can damage a write-ahead log that
several processes write or checkpoint, so a process that writes holds a lock file, and one that only asks opens the file
read-only, which keeps it from checkpointing.
"""

import fcntl
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import cast
from urllib.parse import quote

from eventsourcing.sqlite import (
    SQLiteConnection,
    SQLiteConnectionPool,
    SQLiteCursor,
    SQLiteDatastore,
    SQLiteTransaction,
)

from domain.errors import LedgerBusyError, NotALedgerError, ReadOnlyStoreError, StoreError
from domain.stores.failures import BUSY, NEWER, NO_FILE, NO_FOLDER, NOT_A_DATABASE, READ_ONLY
from domain.stores.location import MEMORY, SqliteLocation
from domain.stores.sqlite.failures import explained
from domain.stores.sqlite.schema import APPLICATION_ID, HAS_REQUESTS, PAGE_SIZE, REQUESTS, STATEMENTS, VERSION

READING_KIB, WRITING_KIB = 8_192, 32_768
"""Most memory that a connection keeps pages in, in KiB; the one that writes keeps most of the index by career."""

MAPPED = 2**30
"""How much of the file a reader maps instead of copying page by page, in bytes: careers lie scattered over it."""

WAIT_SECONDS = 5
"""How long a reader waits for a lock before it says that the ledger is busy."""


class LedgerConnection(SQLiteConnection):
    """A connection whose writing transactions take the lock when they begin, so that none has to give up midway."""

    @property
    def raw(self) -> sqlite3.Connection:
        """The connection as Python's sqlite3 has it."""
        return self._sqlite_conn

    @contextmanager
    def transaction(self, *, commit: bool) -> Iterator[SQLiteCursor]:
        """A transaction: `BEGIN IMMEDIATE` if it is to be committed. However it ends, none is left open behind it."""
        kind = _Immediate if commit else SQLiteTransaction
        try:
            with kind(self, commit=commit) as cursor, cursor:
                yield cursor
        finally:
            if self.raw.in_transaction:
                self.rollback()


class _Immediate(SQLiteTransaction):
    def __enter__(self) -> SQLiteCursor:
        cursor = self.connection.cursor()
        cursor.execute("BEGIN IMMEDIATE")
        return cursor


class LedgerPool(SQLiteConnectionPool):
    """Connections to one ledger file, all for reading, or the one that writes."""

    def __init__(self, location: SqliteLocation, *, writing: bool) -> None:
        super().__init__(db_name=MEMORY if location.path is None else str(location.path))
        self.location = location
        self.writing = writing

    def _create_connection(self) -> SQLiteConnection:
        connection = sqlite3.connect(
            self._address(), uri=True, check_same_thread=False, isolation_level=None, timeout=WAIT_SECONDS
        )
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA cache_size = -{WRITING_KIB if self.writing else READING_KIB}")
        if not self.writing:
            connection.execute(f"PRAGMA mmap_size = {MAPPED}")
        return LedgerConnection(connection, max_age=None)

    def _address(self) -> str:
        path = self.location.path
        if path is None:
            return f"file:ledger-{id(self)}?mode=memory&cache=shared"
        if self.writing:
            return f"file:{quote(str(path))}?mode=rwc"
        return f"file:{quote(str(path))}?mode=ro{'&immutable=1' if self.alone else ''}"

    @property
    def alone(self) -> bool:
        """Whether no log can appear beside the file, for its folder may not be written: it can be read as it is."""
        path = self.location.path
        return (
            path is not None
            and not self.writing
            and not os.access(path.parent, os.W_OK)
            and not path.with_name(path.name + "-wal").exists()
        )


class LedgerDatastore(SQLiteDatastore):
    """A ledger file that is open, and the lock of its one writing process.

    `writing` is held by the thread that writes: others queue for it, and not for the file's lock, of which they would
    give up waiting while an import goes on.

    The one connection that writes is kept apart: nobody else writes, so the pages that it holds stay good, while a
    reader's are out of date with every commit; those who read map the file instead.
    """

    pool: LedgerPool

    def __init__(self, location: SqliteLocation, *, writing: bool) -> None:
        self.writing = RLock()
        self.writes = writing
        self._lock: int | None = None
        apart = writing and location.path is not None
        self.pool = LedgerPool(location, writing=writing and not apart)
        self.writers = LedgerPool(location, writing=True) if apart else self.pool
        self.single_row_tracking = True
        self.originator_id_type = "uuid"
        self.location = location
        if location.path is not None and not writing and not location.path.exists():
            raise StoreError(NO_FILE(path=location.path))
        try:
            if writing and location.path is not None and location.lock_file is not None:
                self._lock = _opened(location.lock_file, location.path)
                _hold(self._lock, location.path)
                if not location.path.exists():
                    os.close(_opened(location.path, location.path))
            with explained(location.path):
                self._open(writing=writing)
        except BaseException:
            self.close()
            raise

    def _open(self, *, writing: bool) -> None:
        """Make the tables of a new file, or what an old one lacks; refuse a file that is something else."""
        with self.get_connection(commit=writing) as connection:
            raw = cast(LedgerConnection, connection).raw
            kind = raw.execute("PRAGMA application_id").fetchone()[0]
            tables = raw.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            if kind == 0 and tables == 0 and writing:
                raw.execute(f"PRAGMA page_size = {PAGE_SIZE}")
                _make(connection, STATEMENTS)
            elif kind != APPLICATION_ID:
                raise NotALedgerError(NOT_A_DATABASE(path=self.location.path))
            version = raw.execute("PRAGMA user_version").fetchone()[0]
            if version > VERSION:
                raise NotALedgerError(NEWER(path=self.location.path, version=version))
            if writing and self.location.path is not None:
                raw.execute("PRAGMA journal_mode = WAL")
            if writing and not raw.execute(HAS_REQUESTS).fetchone()[0]:
                _make(connection, REQUESTS)

    @contextmanager
    def get_connection(self, *, commit: bool) -> Iterator[SQLiteConnection]:
        """A connection for reading, or the one that writes."""
        pool = self.writers if commit else self.pool
        connection = pool.get_connection(is_writer=commit)
        try:
            yield connection
        finally:
            pool.put_connection(connection)

    def writes_ahead(self, connection: sqlite3.Connection) -> bool:
        """Whether the file is set to a write-ahead log.

        Of a file that is read as it is, SQLite does not say; its header does (bytes 18 and 19; SQLite file format). Any
        other file is not opened beside SQLite: closing it again would drop SQLite's own locks on it.
        """
        path = self.location.path
        if path is not None and self.pool.alone:
            with path.open("rb") as file:
                return file.read(20)[18:] == b"\x02\x02"
        return bool(connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal")

    def close(self) -> None:
        """Close all connections once nobody writes, then let the next process write."""
        with self.writing:
            super().close()
            self.writers.close()
            if self._lock is not None:
                os.close(self._lock)
                self._lock = None


def _make(connection: SQLiteConnection, statements: Sequence[str]) -> None:
    """Make tables, all or none."""
    with connection.transaction(commit=True) as cursor:
        for statement in statements:
            cursor.execute(statement)


def _opened(file: Path, ledger: Path) -> int:
    """Open a file of the ledger; a new one is for its owner alone, for a ledger holds personal data."""
    try:
        return os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except FileNotFoundError as error:
        raise StoreError(NO_FOLDER(path=ledger)) from error
    except IsADirectoryError as error:
        raise NotALedgerError(NOT_A_DATABASE(path=ledger)) from error
    except OSError as error:
        raise ReadOnlyStoreError(READ_ONLY(path=ledger)) from error


def _hold(lock: int, ledger: Path) -> None:
    """Be the one process that writes, or say that another is. The lock goes when the process does, however it ends."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise LedgerBusyError(BUSY(path=ledger)) from error
