"""A transaction of the only writer, on SQLite."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import cast

from domain.errors import StaleCareerError, StoreError
from domain.stores.appending import Appending
from domain.stores.failures import LOST, STALE
from domain.stores.rows import Remembered, Row, Stored
from domain.stores.sqlite.careers import rows_of
from domain.stores.sqlite.schema import CREATE_INDEX, DROP_INDEX

SORTING_KIB = 4_096
"""Memory for sorting the index of a ledger's first entries, in KiB."""

COLUMNS = "SELECT position, career, number, topic, state, told FROM entries "
ROW_AT = COLUMNS + "WHERE position = ?"
_INSERT = "INSERT INTO entries (career, number, topic, state, told) VALUES (?, ?, ?, ?, ?)"
_LAST_NUMBER = "SELECT coalesce(max(number), 0) FROM entries WHERE career = ?"
_ENDS = "SELECT head, (SELECT coalesce(max(position), 0) FROM entries) FROM ledger"
_REMEMBERED = "SELECT key, content, career, first, last FROM recorded_requests WHERE key = ?"
_REMEMBER = "INSERT INTO recorded_requests (key, content, career, first, last) VALUES (?, ?, ?, ?, ?)"


class SqliteAppending(Appending):
    """Holds the write lock of the file from its beginning."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._head, self._last = connection.execute(_ENDS).fetchone()
        self.latest: Stored | None = None
        """The last row that this transaction has written."""

    @property
    def head(self) -> int:
        return int(self._head)

    def rows(self, career: bytes) -> Sequence[Stored]:
        return rows_of(self._connection, career, self.head)

    def last_number(self, career: bytes) -> int:
        return int(self._connection.execute(_LAST_NUMBER, (career,)).fetchone()[0])

    def row_at(self, position: int) -> Stored | None:
        row = self._connection.execute(ROW_AT, (position,)).fetchone()
        return Stored(*row) if row else None

    @contextmanager
    def first_of_all(self) -> Iterator[None]:
        """Sort the index once at the end, not row by row. Does nothing in a ledger that has entries.

        SQLite sorts in as much memory as its cache may take, so that is made small for as long as it lasts.
        """
        if self.head:
            yield
            return
        cache = self._connection.execute("PRAGMA cache_size").fetchone()[0]
        self._connection.execute(f"PRAGMA cache_size = -{SORTING_KIB}")
        self._connection.execute(DROP_INDEX)
        yield
        self._connection.execute(CREATE_INDEX)
        self._connection.execute(f"PRAGMA cache_size = {cache}")

    def key_check(self) -> bytes | None:
        return cast(bytes | None, self._connection.execute("SELECT key_check FROM ledger").fetchone()[0])

    def remember_key(self, check: bytes | None) -> None:
        self._connection.execute("UPDATE ledger SET key_check = ?", (check,))

    def remembered(self, key: bytes) -> Remembered | None:
        found = self._connection.execute(_REMEMBERED, (key,)).fetchone()
        return Remembered(*found) if found else None

    def remember(self, requests: Sequence[Remembered]) -> None:
        self._connection.executemany(_REMEMBER, requests)

    def append(self, rows: Sequence[Row]) -> range:
        if self._last != self._head:
            raise StoreError(LOST(head=self._head))
        try:
            # Without a position of its own, a row gets the largest one plus one: the head, as was seen when this began.
            self._connection.executemany(_INSERT, rows)
        except sqlite3.IntegrityError as error:
            self._head, self._last = self._connection.execute(_ENDS).fetchone()  # Rows before the refused one are in.
            raise StaleCareerError(STALE()) from error
        first, self._head = self._head + 1, self._head + len(rows)
        self._last = self._head
        self._connection.execute("UPDATE ledger SET head = ?", (self._head,))
        if rows:
            self.latest = Stored(self._head, *rows[-1])
        return range(first, self._head + 1)
