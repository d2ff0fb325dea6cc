"""The office beside a ledger file, in a file of its own; or in memory, beside a ledger that is."""

import sqlite3
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from itertools import chain
from pathlib import Path
from threading import RLock
from typing import Any

from api.office.errors import CLOSED, LOST, MOVED, LogClosedError
from api.office.rows import Logged, Row, disclosed, numbered
from api.office.sqlite_file import ensure, fill, held, in_office, writable
from api.office.store import Statement, Store, Values
from domain.errors import StoreError
from domain.stores.location import MEMORY
from projections.keeping.sqlite_files import connected, identity, reading

TOGETHER = 128
"""Most rows that one statement inserts. Python's lock is given up, and waited for, once a statement: row by row, a
thread that inserts beside a busy event loop would wait for it once a row."""

_ENDS = "SELECT head, (SELECT coalesce(max(number), 0) FROM answers) FROM office"
_ADVANCE = "UPDATE office SET head = ?, batches = batches + 1"


class SqliteStore(Store):
    """The tables of one file; without a path, of one program's memory.

    The first thing that is written makes this the one process that writes the file, until it is closed.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._turn = RLock()
        self._lock = ExitStack()
        self._idle: deque[sqlite3.Connection] = deque()
        self._writer: sqlite3.Connection | None = None
        self._holds = False
        self._head = 0
        self._closed = False
        if path is None:
            self._writer = connected(MEMORY, uri=False)
            fill(self._writer)
        else:
            ensure(path)
            self._identity = identity(path)

    def append(self, answers: Sequence[Logged]) -> int:
        with self._transaction() as connection:
            first, head = self._head + 1, self._head + len(answers)
            _insert(connection, "answers", numbered(answers, first))
            _insert(connection, "disclosures", disclosed(answers, first))
            connection.execute(_ADVANCE, (head,))
        self._head = head
        return first

    def change(self, statements: Sequence[Statement]) -> None:
        with self._transaction() as connection:
            for statement, values in statements:
                connection.execute(statement, values)

    def select(self, query: str, values: Values) -> list[Row]:
        with in_office(self._path), self._reading() as connection:
            return connection.execute(query, values).fetchall()

    def close(self) -> None:
        with self._turn:
            self._closed = True
            if self._writer is not None:
                self._writer.close()
                self._writer = None
            while self._idle:
                self._idle.pop().close()
            self._lock.close()  # The last: the connection that closes writes the log back into the file.

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._turn, in_office(self._path):
            connection = self._writing()
            try:
                connection.execute("BEGIN IMMEDIATE")
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                self._give_up(connection)
                raise

    def _writing(self) -> sqlite3.Connection:
        """The connection that writes, into the file that was opened and no other."""
        if self._closed:
            raise LogClosedError(CLOSED())
        if self._path is not None and identity(self._path) != self._identity:
            raise StoreError(MOVED(path=self._path))
        if self._writer is None:
            self._writer = self._opened()
        return self._writer

    def _opened(self) -> sqlite3.Connection:
        assert self._path is not None
        if not self._holds:
            self._lock.enter_context(held(self._path))
            self._holds = True
        connection = writable(self._path)
        try:
            self._head, last = connection.execute(_ENDS).fetchone()
            if self._head != last:
                raise StoreError(LOST(head=self._head, path=self._path))
        except BaseException:
            connection.close()
            raise
        return connection

    def _give_up(self, connection: sqlite3.Connection) -> None:
        """Forget what was begun. A file is opened anew the next time, whatever befell it."""
        with suppress(sqlite3.Error):
            if self._path is None:
                connection.rollback()
            else:
                self._writer = None
                connection.close()

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """A connection that reads; of memory there is only the one."""
        if self._path is None:
            with self._turn:
                if self._writer is None:
                    raise LogClosedError(CLOSED())
                yield self._writer
            return
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = reading(self._path)
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        self._idle.append(connection)


def _insert(connection: sqlite3.Connection, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows with as few statements as there are powers of two in their number, each prepared once."""
    start = 0
    while start < len(rows):
        count = min(TOGETHER, 1 << ((len(rows) - start).bit_length() - 1))
        values = tuple(chain.from_iterable(rows[start : start + count]))
        connection.execute(_statement(table, len(rows[0]), count), values)
        start += count


@cache
def _statement(table: str, width: int, rows: int) -> str:
    one = f"({', '.join('?' * width)})"
    return f"INSERT INTO {table} VALUES {', '.join([one] * rows)}"  # noqa: S608 - only names of tables
