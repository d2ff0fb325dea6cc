"""Kept tables beside a ledger file, in a file of their own: they can be made again from the ledger at any time.

The file is written by one process at a time, each transaction under a lock file: SQLite before 3.51.3 can damage a
write-ahead log that several processes write at once. Readers open it read-only and see one state of it.
"""

import fcntl
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock, RLock
from typing import Any

from domain.errors import LedgerBusyError
from domain.stores.failures import BUSY
from projections.keeping.errors import NOTHING_KEPT, NothingKeptError
from projections.keeping.shelf import Change, Generation, Shelf, translated
from projections.keeping.sqlite_files import CATALOGUE, connected, identity, locked, made, reading, whole
from projections.kept.snapshot import Parked, Snapshot, parked_of, parked_row
from projections.kept.table import Table

_IS_THERE = "SELECT count(*) FROM sqlite_master WHERE name IN ('kept_tables', 'kept_parked')"
_GENERATIONS = "SELECT number, name, version, position, anchor, horizon, current FROM kept_tables"
_PARKED = "SELECT career, position, reason_zh, reason_en, communities FROM kept_parked"


class SqliteChange(Change):
    """Holds the write lock of the file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def generations(self) -> list[Generation]:
        return _generations(self._connection)

    def parked(self, generation: Generation) -> list[bytes]:
        query = "SELECT career FROM kept_parked WHERE generation = ?"
        return [career for (career,) in self._connection.execute(query, (generation.number,))]

    def begin(self, table: Table, version: str, position: int, anchor: bytes, horizon: int) -> Generation:
        place = self._connection.execute(
            "INSERT INTO kept_tables (name, version, position, anchor, horizon, current) VALUES (?, ?, ?, ?, ?, 0)",
            (table.name, version, position, anchor, horizon),
        ).lastrowid
        generation = Generation(place or 0, table.name, version, position, anchor, horizon, current=False)
        columns = ", ".join(f"{name} {kind}" for name, kind in table.columns.items())
        key = ", ".join(table.key)
        self._connection.execute(
            f"CREATE TABLE {generation.table} ({columns}, PRIMARY KEY ({key})) STRICT, WITHOUT ROWID"
        )
        return generation

    def load(self, generation: Generation, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
        marks = ", ".join("?" * len(table.columns))
        self._connection.executemany(f"INSERT INTO {generation.table} VALUES ({marks})", rows)  # noqa: S608

    def remove(self, generation: Generation, careers: Sequence[bytes]) -> None:
        these = [(career,) for career in careers]
        self._connection.executemany(f"DELETE FROM {generation.table} WHERE career = ?", these)  # noqa: S608
        self._connection.executemany(
            f"DELETE FROM kept_parked WHERE generation = {generation.number} AND career = ?",  # noqa: S608
            these,
        )

    def park(self, generation: Generation, parked: Iterable[Parked]) -> None:
        rows = [(generation.number, *parked_row(one)) for one in parked]
        self._connection.executemany("INSERT INTO kept_parked VALUES (?, ?, ?, ?, ?, ?)", rows)

    def index(self, generation: Generation, table: Table) -> None:
        for place, columns in enumerate(table.indexes):
            name = f"{generation.table}_by_{place}"
            self._connection.execute(f"CREATE INDEX {name} ON {generation.table} ({', '.join(columns)})")

    def advance(self, generation: Generation, position: int, anchor: bytes) -> None:
        self._connection.execute(
            "UPDATE kept_tables SET position = ?, anchor = ? WHERE number = ?", (position, anchor, generation.number)
        )

    def switch(self, generation: Generation) -> None:
        self._connection.execute(
            "UPDATE kept_tables SET current = (number = ?) WHERE name = ?", (generation.number, generation.name)
        )

    def retire(self, generation: Generation) -> None:
        self._connection.execute("UPDATE kept_tables SET current = 0 WHERE number = ?", (generation.number,))

    def drop(self, generation: Generation) -> None:
        self._connection.execute(f"DROP TABLE {generation.table}")
        self._connection.execute("DELETE FROM kept_parked WHERE generation = ?", (generation.number,))
        self._connection.execute("DELETE FROM kept_tables WHERE number = ?", (generation.number,))


class SqliteSnapshot(Snapshot):
    """A reading transaction."""

    def __init__(self, connection: sqlite3.Connection, current: list[Generation]) -> None:
        self._connection = connection
        self._tables = {one.name: one.table for one in current}
        self._numbers = [one.number for one in current]
        self.position = min(one.position for one in current)
        self.horizon = min(one.horizon for one in current)

    def select(self, query: str, **values: Any) -> list[tuple[Any, ...]]:
        return self._connection.execute(translated(query, self._tables, ":{}".format), values).fetchall()

    def parked(self) -> list[Parked]:
        marks = ", ".join(map(str, self._numbers))
        rows = self._connection.execute(f"{_PARKED} WHERE generation IN ({marks}) GROUP BY career ORDER BY career")
        return list(map(parked_of, rows))


class SqliteShelf(Shelf):
    """The tables of one file; without a path, of one program's memory."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._turn = RLock()
        self._rebuilding = Lock()
        self._opened: tuple[int, int] | None = None
        self._memory = connected(":memory:", uri=False) if path is None else None
        self._writer = self._memory
        if self._memory is not None:
            self._memory.executescript(CATALOGUE)

    @contextmanager
    def changing(self) -> Iterator[Change]:
        with self._turn, whole(self._path), self._gate():
            connection = self._writing()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield SqliteChange(connection)
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    @contextmanager
    def asking(self) -> Iterator[Snapshot]:
        with whole(self._path), self._reading() as connection:
            connection.execute("BEGIN")
            try:
                current = [one for one in _generations(connection) if one.current]
                if not current:
                    raise NothingKeptError(NOTHING_KEPT())
                yield SqliteSnapshot(connection, current)
            finally:
                connection.rollback()

    def current(self) -> list[Generation]:
        if self._path is not None and not self._path.exists():
            return []
        with whole(self._path), self._reading() as connection:
            return [one for one in _generations(connection) if one.current]

    @contextmanager
    def rebuilding(self) -> Iterator[None]:
        if not self._rebuilding.acquire(blocking=False):
            raise LedgerBusyError(BUSY(path=self._path or ":memory:"))
        try:
            if self._path is None:
                yield
                return
            with locked(self._path.with_name(self._path.name + ".rebuild.lock"), fcntl.LOCK_EX | fcntl.LOCK_NB):
                yield
        finally:
            self._rebuilding.release()

    def close(self) -> None:
        with self._turn:
            if self._writer is not None:
                with self._gate():  # The last connection to close writes the log back into the file.
                    self._writer.close()
                self._writer = None

    @contextmanager
    def _gate(self) -> Iterator[None]:
        """One process writes at a time, opening and closing included."""
        if self._path is None:
            yield
            return
        with locked(self._path.with_name(self._path.name + ".lock"), fcntl.LOCK_EX):
            yield

    def _writing(self) -> sqlite3.Connection:
        """The connection that writes; another one if the file is another one, for anyone may delete it."""
        if self._path is None:
            assert self._memory is not None
            return self._memory
        if self._writer is not None and self._opened != identity(self._path):
            self._writer.close()
            self._writer = None
        if self._writer is None:
            self._writer = made(self._path)
            self._opened = identity(self._path)
        return self._writer

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        if self._memory is not None:
            with self._turn:
                yield self._memory
            return
        assert self._path is not None
        if not self._path.exists():
            raise NothingKeptError(NOTHING_KEPT())
        with closing(reading(self._path)) as connection:
            yield connection


def _generations(connection: sqlite3.Connection) -> list[Generation]:
    """All generations; none in a file of which no more has been made yet than its name."""
    if connection.execute(_IS_THERE).fetchone() != (2,):
        return []
    rows = connection.execute(f"{_GENERATIONS} ORDER BY number")
    return [Generation(*row) for row in rows]
