"""Kept tables in memory, made of careers as a test tells them."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import date
from typing import Any
from uuid import UUID

from domain.entry import Entry, State
from domain.facts import AnyFact
from domain.known import Known
from domain.regulation.readings import DEFAULT, Readings
from projections.asking import AskedOfDivision
from projections.happened import FactsOf
from projections.kept.due import DUE
from projections.kept.eligibility import ELIGIBILITY
from projections.kept.findings import FINDINGS
from projections.kept.folded import Folded
from projections.kept.happenings import HAPPENINGS
from projections.kept.people import PEOPLE
from projections.kept.reach import REACH
from projections.kept.recordings import RECORDINGS
from projections.kept.roster import ROSTER
from projections.kept.service import SERVICE
from projections.kept.snapshot import Parked, Snapshot
from projections.kept.table import Table
from projections.kept.training import TRAINING
from tests.building import LEARNED, entries_of

HORIZON = date(2030, 1, 1).toordinal()
TABLES = (PEOPLE, ROSTER, SERVICE, ELIGIBILITY, FINDINGS, TRAINING, DUE, HAPPENINGS, REACH, RECORDINGS)
KNOWN = Known(1, LEARNED)


def uuid_of(place: int) -> UUID:
    """The career at a place in a list of careers, in that order."""
    return UUID(int=place + 1)


def entries_by_career(careers: Sequence[Sequence[AnyFact]]) -> dict[UUID, list[Entry]]:
    """Entries of several careers, each numbered from 1."""
    return {
        uuid_of(place): [Entry(uuid_of(place), one.number, one.position, one.state) for one in entries_of(facts)]
        for place, facts in enumerate(careers)
    }


class Memory(Snapshot):
    """Tables in memory, under their own names."""

    position = 1
    horizon = HORIZON

    def __init__(self, connection: sqlite3.Connection, parked: Sequence[Parked]) -> None:
        self._connection = connection
        self._parked = list(parked)

    def select(self, query: str, **values: Any) -> list[tuple[Any, ...]]:
        names = {table.name: table.name for table in TABLES}
        return self._connection.execute(query.format_map(names), values).fetchall()

    def parked(self) -> list[Parked]:
        return self._parked

    def keep(self, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
        """Make a table, with its key and indexes, and put rows in."""
        columns = ", ".join(f"{name} {kind}" for name, kind in table.columns.items())
        key = ", ".join(table.key)
        self._connection.execute(f"CREATE TABLE {table.name} ({columns}, PRIMARY KEY ({key})) STRICT, WITHOUT ROWID")
        for place, index in enumerate(table.indexes):
            self._connection.execute(f"CREATE INDEX {table.name}_{place} ON {table.name} ({', '.join(index)})")
        marks = ", ".join("?" * len(table.columns))
        self._connection.executemany(f"INSERT INTO {table.name} VALUES ({marks})", rows)


@contextmanager
def kept(
    careers: Mapping[UUID, Sequence[Entry]], readings: Readings = DEFAULT, parked: Sequence[Parked] = ()
) -> Iterator[Snapshot]:
    """A snapshot of the tables of these careers."""
    folded = [Folded(career.bytes, entries, readings, HORIZON) for career, entries in careers.items()]
    with closing(sqlite3.connect(":memory:")) as connection:
        snapshot = Memory(connection, parked)
        for table in TABLES:
            snapshot.keep(table, [row for one in folded for row in table.rows(one)])
        yield snapshot


def facts_in(careers: Mapping[UUID, Sequence[Entry]]) -> FactsOf:
    """What the ledger would tell of some entries."""
    states: dict[tuple[bytes, int], State] = {
        (career.bytes, entry.number): entry.state for career, entries in careers.items() for entry in entries
    }
    return lambda keys: {key: states[key].fact for key in keys}


def asked_of(division: str, on: date, readings: Readings = DEFAULT) -> AskedOfDivision:
    """A question about a division with all of it known."""
    return AskedOfDivision(division, on, KNOWN, readings)
