"""What SQLite says when it cannot go on, as errors that say what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from eventsourcing.persistence import PersistenceError

from domain.errors import (
    LedgerBusyError,
    LedgerError,
    NotALedgerError,
    ReadOnlyStoreError,
    StoreError,
    StoreFullError,
)
from domain.stores.failures import BUSY, DAMAGED, FULL, NO_FOLDER, NOT_A_DATABASE, OTHER, READ_ONLY
from domain.words import Phrase

_SIGNS: tuple[tuple[str, type[StoreError], Phrase], ...] = (
    ("not a database", NotALedgerError, NOT_A_DATABASE),
    ("full", StoreFullError, FULL),
    ("readonly", ReadOnlyStoreError, READ_ONLY),
    ("locked", LedgerBusyError, BUSY),
    ("busy", LedgerBusyError, BUSY),
    ("unable to open", StoreError, NO_FOLDER),
    ("malformed", StoreError, DAMAGED),
    ("disk I/O", StoreError, DAMAGED),
)
"""Words in SQLite's messages, and what they mean here; the first that fits."""


def explain(error: Exception, path: object) -> LedgerError:
    """The error to raise instead of what SQLite said."""
    code = getattr(error if isinstance(error, sqlite3.Error) else error.__cause__, "sqlite_errorname", "")
    if code == "SQLITE_IOERR_WRITE":
        return StoreFullError(FULL())
    text = str(error)
    for sign, kind, phrase in _SIGNS:
        if sign in text:
            return kind(phrase(path=path, detail=text))
    return StoreError(OTHER(detail=text))


@contextmanager
def explained(path: object) -> Iterator[None]:
    """Run a part that uses the store; what SQLite says comes out as a `StoreError`."""
    try:
        yield
    except (sqlite3.Error, PersistenceError) as error:
        raise explain(error, path) from error
