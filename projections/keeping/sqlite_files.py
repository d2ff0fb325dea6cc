"""The file of kept tables: connections to it, its locks, and what SQLite says of it."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from domain.errors import LedgerBusyError, ReadOnlyStoreError, StoreError
from domain.stores.failures import BUSY, READ_ONLY
from domain.stores.sqlite.failures import explained
from projections.keeping.errors import SPOILT

WAIT_SECONDS = 60
"""How long a transaction waits for another one of the same file."""

CACHE_KIB = 65_536
LOG_PAGES = 10_000
"""Pages that the write-ahead log may hold before it is written back."""

MAPPED = 2**30
"""How much of the file a reader maps, in bytes."""

CATALOGUE = """
    CREATE TABLE IF NOT EXISTS kept_tables (
        number INTEGER PRIMARY KEY, name TEXT NOT NULL, version TEXT NOT NULL, position INTEGER NOT NULL,
        anchor BLOB NOT NULL, horizon INTEGER NOT NULL, current INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS kept_parked (
        generation INTEGER NOT NULL, career BLOB NOT NULL, position INTEGER NOT NULL, reason_zh TEXT NOT NULL,
        reason_en TEXT NOT NULL, communities TEXT NOT NULL, PRIMARY KEY (generation, career)
    ) STRICT, WITHOUT ROWID;
"""


def connected(address: str, *, uri: bool = True) -> sqlite3.Connection:
    """A connection, of whichever thread; transactions begin and end as they are told to."""
    return sqlite3.connect(address, uri=uri, check_same_thread=False, isolation_level=None, timeout=WAIT_SECONDS)


def made(path: Path) -> sqlite3.Connection:
    """A connection that writes the file; made, with what every such file has, if it is not there yet."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    connection = connected(f"file:{quote(str(path))}?mode=rw")
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        connection.execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
        connection.executescript(CATALOGUE)
    except BaseException:
        connection.close()
        raise
    return connection


def reading(path: Path) -> sqlite3.Connection:
    """A connection that reads the file."""
    still = "&immutable=1" if is_still(path) else ""
    connection = connected(f"file:{quote(str(path))}?mode=ro{still}")
    connection.execute(f"PRAGMA mmap_size = {MAPPED}")
    return connection


def identity(path: Path) -> tuple[int, int] | None:
    """Which file is at a path; None if there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def is_still(path: Path) -> bool:
    """Whether no log can appear beside the file, for its folder may not be written: it can be read as it is."""
    return not os.access(path.parent, os.W_OK) and not path.with_name(path.name + "-wal").exists()


@contextmanager
def whole(path: Path | None) -> Iterator[None]:
    """What SQLite says, as errors that say what to do: a damaged file of kept tables is no loss."""
    with explained(path):
        try:
            yield
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorname", "") in ("SQLITE_CORRUPT", "SQLITE_NOTADB"):
                raise StoreError(SPOILT(path=path)) from error
            raise


@contextmanager
def locked(path: Path, how: int) -> Iterator[None]:
    """Hold a lock file; it goes when the process does, however it ends."""
    try:
        lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise ReadOnlyStoreError(READ_ONLY(path=path)) from error
    try:
        try:
            fcntl.flock(lock, how)
        except OSError as error:
            raise LedgerBusyError(BUSY(path=path)) from error
        yield
    finally:
        os.close(lock)
