"""Offices to run tests on: answers to log, and a store that waits or fails as a test wants it."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import timedelta
from threading import Event
from typing import Any
from uuid import UUID

import msgspec
import psycopg

from api.office.opening import Office, office_of
from api.office.records import Answered
from api.office.rows import Logged, Row
from api.office.store import Statement, Store, Values
from domain.errors import StoreError
from tests.running import NOW, Database, url_of

PATIENCE = 30
"""Seconds after which what does not come is a failed test."""

ASKED = Answered(
    at=NOW,
    subject="desk-7",
    role="transfer_desk",
    token="t-1",
    jurisdiction="150102",
    action="service-years",
    purpose="核实工龄",
    case_number="转 2026-17",
    query='{"on":"2026-11-24"}',
    position=417,
    outcome="answered",
    request="r-1",
    careers=(),
)


def career(place: int) -> UUID:
    """The career of a test's person number so and so, spread over the range of all careers."""
    return UUID(int=(place * 37 % 256) << 120 | place)


def answered(*places: int, **changes: Any) -> Answered:
    """An answer that told of these careers."""
    return msgspec.structs.replace(ASKED, careers=tuple(map(career, places)), **changes)


def later(seconds: float) -> Any:
    return NOW + timedelta(seconds=seconds)


def opened(database: Database) -> closing[Office]:
    """The office of a database."""
    return closing(office_of(url_of(database)))


def told(database: Database, statement: str) -> list[tuple[Any, ...]]:
    """Run a statement of SQL on the office's tables, past the program."""
    if isinstance(database, str):
        with psycopg.connect(database, autocommit=True) as session:
            cursor = session.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []
    with closing(sqlite3.connect(database.with_name(database.name + ".office"), isolation_level=None)) as connection:
        return connection.execute(statement).fetchall()


def numbers_in(database: Database) -> list[int]:
    return [number for (number,) in told(database, "SELECT number FROM answers ORDER BY number")]


def disclosures_in(database: Database) -> list[tuple[bytes, int]]:
    return told(database, "SELECT career, answer FROM disclosures ORDER BY answer, career")


class Door(Store):
    """A store behind a door: while it is held, a batch waits; while it is broken, a batch fails."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._open = Event()
        self._open.set()
        self.arrived = Event()
        self.broken: Exception | None = None
        self.batches: list[int] = []

    @contextmanager
    def held(self) -> Iterator[None]:
        """The next batch waits until this ends."""
        self.arrived.clear()
        self._open.clear()
        try:
            yield
        finally:
            self._open.set()

    def append(self, answers: Sequence[Logged]) -> int:
        self.arrived.set()
        assert self._open.wait(PATIENCE)
        if self.broken is not None:
            raise self.broken
        self.batches.append(len(answers))
        return self._store.append(answers)

    def change(self, statements: Sequence[Statement]) -> None:
        self._store.change(statements)

    def select(self, query: str, values: Values) -> list[Row]:
        return self._store.select(query, values)

    def close(self) -> None:
        self._store.close()


def failure_of(future: Any) -> StoreError:
    """Why an answer was not logged."""
    error = future.exception(PATIENCE)
    assert isinstance(error, StoreError)
    return error
