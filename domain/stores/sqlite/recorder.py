"""The recorder for SQLite: gapless positions, batches in one transaction, rows as a stream.

eventsourcing's own recorder takes SQLite's rowids for positions, which are used again after a delete and may change
with a VACUUM, and makes an object a row. Here a position is the head of the ledger plus one, counted by the transaction
that writes it.
"""

import sqlite3
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from threading import Condition
from time import monotonic
from typing import Any, cast
from uuid import UUID

from eventsourcing.persistence import Notification, StoredEvent

from domain.stores.appending import Appending
from domain.stores.recorder import (
    FIRST_CAREER,
    LAST_CAREER,
    LAST_OF_ALL,
    LedgerRecorder,
    Soundness,
    notification,
)
from domain.stores.rows import Grounds, Numbered, Stored, by_career
from domain.stores.sqlite.appending import COLUMNS, ROW_AT, SqliteAppending
from domain.stores.sqlite.careers import rows_of
from domain.stores.sqlite.connections import LedgerConnection, LedgerDatastore
from domain.stores.sqlite.examining import durability, integrity
from domain.stores.sqlite.failures import explained

READ_AHEAD = 1000
"""Rows that a stream takes from SQLite at a time."""

LOOK_SECONDS = 0.02
"""How often a reader looks whether another process has written: SQLite has no signal between processes."""

_HEAD = """
SELECT head, position, career, number, topic, state, told FROM ledger LEFT JOIN entries ON position = head
"""
_LAST_NUMBER = "SELECT number FROM entries WHERE career = ? AND position <= ? ORDER BY number DESC LIMIT 1"
"""Told by the index alone, which carries positions, and by its last entry of the career, if all of it is known."""

_NUMBERED = "SELECT career, number, position, state FROM entries"
_STATE = "SELECT state FROM entries WHERE career = ? AND number = ?"
_STATES = f"{_NUMBERED} WHERE career = ? AND number > ? AND position <= ? ORDER BY number"
_CAREERS = f"{_NUMBERED} WHERE career BETWEEN ? AND ? AND position <= ? ORDER BY career, number"
_TOUCHED = "SELECT DISTINCT career FROM entries WHERE position > ? AND position <= ? ORDER BY career"
_EVENTS = "SELECT position, career, number, topic, state FROM entries "


class SqliteRecorder(LedgerRecorder):
    """A ledger in a SQLite file, or in memory."""

    def __init__(self, datastore: LedgerDatastore) -> None:
        super().__init__()
        self.datastore = datastore
        self._written = Condition()
        self._transactions = 0
        self._head: tuple[int, tuple[int, Stored | None]] | None = None

    @contextmanager
    def appending(self) -> Iterator[Appending]:
        with self.datastore.writing:
            try:
                with (
                    explained(self.datastore.location.path),
                    self.datastore.get_connection(commit=True) as connection,
                    connection.transaction(commit=True),
                ):
                    transaction = SqliteAppending(cast(LedgerConnection, connection).raw)
                    yield transaction
            finally:
                self._transactions += 1
            if transaction.latest is not None:
                self._head = self._transactions, (transaction.latest.position, transaction.latest)
        with self._written:
            self._written.notify_all()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One transaction that reads the ledger as it is now."""
        with (
            explained(self.datastore.location.path),
            self.datastore.get_connection(commit=False) as connection,
            connection.transaction(commit=False),
        ):
            yield cast(LedgerConnection, connection).raw

    def _read(self, query: str, bounds: Sequence[object] = ()) -> list[Any]:
        """What one statement reads, which is of one moment without a transaction around it."""
        with (
            explained(self.datastore.location.path),
            self.datastore.get_connection(commit=False) as connection,
        ):
            return cast(LedgerConnection, connection).raw.execute(query, bounds).fetchall()

    def key_check(self) -> bytes | None:
        return cast(bytes | None, self._read("SELECT key_check FROM ledger")[0][0])

    def head(self) -> tuple[int, Stored | None]:
        """As the file says; the one process that writes knows it from the last time, if it has not written since.

        What is remembered is told apart by how many transactions had ended before it was read: one that ends while it
        is read makes it be read again the next time.
        """
        ended, remembered = self._transactions, self._head
        if remembered is not None and remembered[0] == ended:
            return remembered[1]
        head, *row = self._read(_HEAD)[0]
        found = head, Stored(*row) if row[0] is not None else None
        if self.datastore.writes:
            self._head = ended, found
        return found

    def row_at(self, position: int) -> Stored | None:
        found = self._read(ROW_AT, (position,))
        return Stored(*found[0]) if found else None

    def states(self, career: UUID, until: int, after: int = 0) -> list[Numbered]:
        return self._read(_STATES, (career.bytes, after, until))

    def last_number(self, career: UUID, until: int) -> int:
        found = self._read(_LAST_NUMBER, (career.bytes, until))
        return int(found[0][0]) if found else 0

    def grounds(self, career: UUID) -> Grounds:
        with self.reading() as connection:
            head, *row = connection.execute(_HEAD).fetchone()
            last = Stored(*row) if row[0] is not None else None
            return Grounds(head, last, rows_of(connection, career.bytes, head))

    def state_of(self, keys: Sequence[tuple[bytes, int]]) -> dict[tuple[bytes, int], bytes]:
        with self.reading() as connection:
            rows = ((key, connection.execute(_STATE, key).fetchone()) for key in keys)
            return {key: row[0] for key, row in rows if row is not None}

    def stream(self, after: int = 0) -> Generator[Stored, None, None]:
        with closing(self._stream(f"{COLUMNS} WHERE position > ? ORDER BY position", (after,))) as rows:
            for row in rows:
                yield Stored._make(row)

    def stream_careers(
        self, first: bytes = FIRST_CAREER, last: bytes = LAST_CAREER, until: int = LAST_OF_ALL
    ) -> Iterator[list[Numbered]]:
        with closing(self._stream(_CAREERS, (first, last, until))) as rows:
            yield from by_career(rows)

    def touched(self, after: int, until: int) -> list[bytes]:
        return [career for (career,) in self._read(_TOUCHED, (after, until))]

    def wait(self, position: int, seconds: float) -> int:
        """Within the process that writes, woken by it; beside it, by looking often."""
        until = monotonic() + seconds
        pause = seconds if self.datastore.writes else LOOK_SECONDS
        while True:
            with self._written:
                head = self.max_notification_id()
                left = until - monotonic()
                if head > position or left <= 0:
                    return head
                self._written.wait(min(pause, left))

    def integrity(self) -> Soundness:
        with self.reading() as connection:
            return integrity(connection)

    def durability(self) -> Soundness:
        with self.reading() as connection:
            return durability(connection, writes_ahead=self.datastore.writes_ahead(connection))

    def version(self) -> tuple[str, str]:
        return "sqlite", sqlite3.sqlite_version

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """A career's events by number, each with its position."""
        order = "DESC" if desc else "ASC"
        query = f"{_EVENTS} WHERE career = ? AND number > ? AND number <= ? ORDER BY number {order} LIMIT ?"
        career = cast(UUID, originator_id).bytes
        bounds = (career, gt or 0, LAST_OF_ALL if lte is None else lte, -1 if limit is None else limit)
        return [notification(row) for row in self._read(query, bounds)]

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        first = 1 if start is None else start if inclusive_of_start else start + 1
        query = f"{_EVENTS} WHERE position BETWEEN ? AND ?"
        if topics:
            query += f" AND topic IN ({','.join('?' * len(topics))})"
        bounds = (first, LAST_OF_ALL if stop is None else stop, *topics, limit)
        return [notification(row) for row in self._read(query + " ORDER BY position LIMIT ?", bounds)]

    def _stream(self, query: str, bounds: tuple[object, ...] = ()) -> Generator[Any, None, None]:
        with self.reading() as connection:
            cursor = connection.execute(query, bounds)
            while rows := cursor.fetchmany(READ_AHEAD):
                yield from rows
