"""Kept tables in the database of a ledger on a PostgreSQL server.

Every transaction that changes them takes one advisory lock of the database, for as long as it lasts; nothing is set or
locked for a session, so it works behind a pooler that gives each transaction another session.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql

from domain.errors import LedgerBusyError
from domain.stores.failures import BUSY
from domain.stores.postgres.address import Connection
from domain.stores.postgres.connections import SNAPSHOT, LedgerConnections
from projections.keeping.errors import NOTHING_KEPT, NothingKeptError
from projections.keeping.shelf import Change, Generation, Shelf, translated
from projections.kept.snapshot import Parked, Snapshot, parked_of, parked_row
from projections.kept.table import Table

LOCKS = 0x43414C45
"""The class of the advisory locks: `CALE`, as a ledger file says that it is one."""
CHANGING, REBUILDING = 1, 2

TRIES = 5
"""How often a reader begins anew because a generation was dropped before it had taken hold of it."""

DROP_WITHIN = "1s"
"""How long a drop waits for readers; what is still read then is dropped by the next rebuild."""

TYPES = {"INTEGER": "int8", "REAL": "float8", "TEXT": "text", "BLOB": "bytea"}

_CATALOGUE = """
    CREATE TABLE IF NOT EXISTS kept_tables (
        number INT8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name TEXT NOT NULL, version TEXT NOT NULL,
        position INT8 NOT NULL, anchor BYTEA NOT NULL, horizon INT8 NOT NULL, current BOOLEAN NOT NULL
    );
    CREATE TABLE IF NOT EXISTS kept_parked (
        generation INT8 NOT NULL, career BYTEA NOT NULL, position INT8 NOT NULL, reason_zh TEXT NOT NULL,
        reason_en TEXT NOT NULL, communities TEXT NOT NULL, PRIMARY KEY (generation, career)
    )
"""
_CHANGING = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
"""A snapshot for each statement: whoever has waited for the lock sees what was changed meanwhile."""

_PATIENT = "SELECT set_config('idle_in_transaction_session_timeout', '0', true)"
"""Of a transaction that lasts while careers are folded: the server does not see that anything happens."""

_IS_THERE = "SELECT to_regclass('kept_tables') IS NOT NULL AND to_regclass('kept_parked') IS NOT NULL"
_GENERATIONS = "SELECT number, name, version, position, anchor, horizon, current FROM kept_tables ORDER BY number"
_BEGIN = """
    INSERT INTO kept_tables (name, version, position, anchor, horizon, current)
    VALUES (%s, %s, %s, %s, %s, FALSE) RETURNING number
"""
_PARKED = """
    SELECT DISTINCT ON (career) career, position, reason_zh, reason_en, communities FROM kept_parked
    WHERE generation = ANY(%s) ORDER BY career
"""


class PostgresChange(Change):
    """Holds the advisory lock for changes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def generations(self) -> list[Generation]:
        return _generations(self._connection)

    def begin(self, table: Table, version: str, position: int, anchor: bytes, horizon: int) -> Generation:
        found = self._connection.execute(_BEGIN, (table.name, version, position, anchor, horizon)).fetchone()
        assert found is not None
        generation = Generation(found[0], table.name, version, position, anchor, horizon, current=False)
        columns = ", ".join(f"{name} {_declared(kind)}" for name, kind in table.columns.items())
        self._run(f"CREATE TABLE {generation.table} ({columns}, PRIMARY KEY ({', '.join(table.key)}))")
        return generation

    def load(self, generation: Generation, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
        copying = f"COPY {generation.table} FROM STDIN (FORMAT BINARY)"
        with self._connection.cursor() as cursor, cursor.copy(sql.SQL(copying)) as copy:
            copy.set_types([TYPES[kind] for kind in table.columns.values()])
            for row in rows:
                copy.write_row(row)

    def remove(self, generation: Generation, careers: Sequence[bytes]) -> None:
        self._run(f"DELETE FROM {generation.table} WHERE career = ANY(%s)", (list(careers),))  # noqa: S608
        self._run(
            "DELETE FROM kept_parked WHERE generation = %s AND career = ANY(%s)", (generation.number, list(careers))
        )

    def park(self, generation: Generation, parked: Iterable[Parked]) -> None:
        for one in parked:
            self._run("INSERT INTO kept_parked VALUES (%s, %s, %s, %s, %s, %s)", (generation.number, *parked_row(one)))

    def parked(self, generation: Generation) -> list[bytes]:
        query = "SELECT career FROM kept_parked WHERE generation = %s"
        return [career for (career,) in self._connection.execute(query, (generation.number,))]

    def index(self, generation: Generation, table: Table) -> None:
        for columns in table.indexes:
            self._run(f"CREATE INDEX ON {generation.table} ({', '.join(columns)})")
        self._run(f"ANALYZE {generation.table}")

    def advance(self, generation: Generation, position: int, anchor: bytes) -> None:
        self._run(
            "UPDATE kept_tables SET position = %s, anchor = %s WHERE number = %s", (position, anchor, generation.number)
        )

    def switch(self, generation: Generation) -> None:
        self._run(
            "UPDATE kept_tables SET current = (number = %s) WHERE name = %s", (generation.number, generation.name)
        )

    def retire(self, generation: Generation) -> None:
        self._run("UPDATE kept_tables SET current = FALSE WHERE number = %s", (generation.number,))

    def drop(self, generation: Generation) -> None:
        self._run(f"SET LOCAL lock_timeout = '{DROP_WITHIN}'")
        self._run(f"DROP TABLE {generation.table}")
        self._run("DELETE FROM kept_parked WHERE generation = %s", (generation.number,))
        self._run("DELETE FROM kept_tables WHERE number = %s", (generation.number,))

    def _run(self, statement: str, values: Sequence[object] | None = None) -> None:
        self._connection.execute(statement.encode(), values)


class PostgresSnapshot(Snapshot):
    """A reading transaction that has taken hold of the current generations, so that none is dropped under it."""

    def __init__(self, connection: Connection, current: list[Generation]) -> None:
        self._connection = connection
        self._tables = {one.name: one.table for one in current}
        self._numbers = [one.number for one in current]
        self.position = min(one.position for one in current)
        self.horizon = min(one.horizon for one in current)

    def select(self, query: str, **values: Any) -> list[tuple[Any, ...]]:
        statement = translated(query.replace("%", "%%"), self._tables, "%({})s".format)
        return self._connection.execute(statement.encode(), values, binary=True).fetchall()

    def parked(self) -> list[Parked]:
        return list(map(parked_of, self._connection.execute(_PARKED, (self._numbers,))))


class PostgresShelf(Shelf):
    """The tables of one database."""

    def __init__(self, url: str) -> None:
        self._connections = LedgerConnections(url, writing=False)

    @contextmanager
    def changing(self) -> Iterator[Change]:
        with self._connections.taken() as connection:
            connection.execute(_CHANGING)
            connection.execute(_PATIENT)
            connection.execute("SELECT pg_advisory_xact_lock(%s, %s)", (LOCKS, CHANGING))
            if not _is_there(connection):
                connection.execute(_CATALOGUE)
            yield PostgresChange(connection)
            connection.execute("COMMIT")

    @contextmanager
    def asking(self) -> Iterator[Snapshot]:
        with self._connections.taken() as connection:
            yield PostgresSnapshot(connection, _held(connection))
            connection.execute("COMMIT")

    def current(self) -> list[Generation]:
        with self._connections.snapshot() as connection:
            return [one for one in _generations(connection) if one.current] if _is_there(connection) else []

    @contextmanager
    def rebuilding(self) -> Iterator[None]:
        with self._connections.taken() as connection:
            connection.execute("BEGIN")
            connection.execute(_PATIENT)
            taken = connection.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", (LOCKS, REBUILDING)).fetchone()
            if taken != (True,):
                raise LedgerBusyError(BUSY(path=self._connections.place))
            yield
            connection.execute("COMMIT")

    def close(self) -> None:
        self._connections.close()


def _held(connection: Connection) -> list[Generation]:
    """Begin to read: the current generations, each held until the transaction ends."""
    for _ in range(TRIES):
        connection.execute(SNAPSHOT)
        connection.execute(_PATIENT)
        current = [one for one in _generations(connection) if one.current] if _is_there(connection) else []
        if not current:
            raise NothingKeptError(NOTHING_KEPT())
        try:
            names = ", ".join(one.table for one in current)
            connection.execute(f"LOCK TABLE {names} IN ACCESS SHARE MODE".encode())
        except psycopg.errors.UndefinedTable:
            connection.execute("ROLLBACK")
            continue
        return current
    raise LedgerBusyError(BUSY(path="kept_tables"))


def _is_there(connection: Connection) -> bool:
    return connection.execute(_IS_THERE).fetchone() == (True,)


def _generations(connection: Connection) -> list[Generation]:
    return [Generation(*row) for row in connection.execute(_GENERATIONS)]


def _declared(kind: str) -> str:
    """A column's type; text is ordered as bytes, as on every other store."""
    return 'text COLLATE "C"' if kind == "TEXT" else TYPES[kind]
