"""The spool: what was read, sorted on disk as the passes need it.

SQLite's private temporary database stays in memory while it is small and goes to disk by itself when it is not.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from domain.importing.lines import Place
from domain.stores.sqlite import Row

AT_IMPORT = 2**62
"""Sorts lines without a moment of their own after all others."""

MEMORY_KIB = 65_536
"""Memory that the spool may use before it goes to disk, in KiB; sorting takes as much again."""


class Laid(NamedTuple):
    """A line as laid down: whose, in which order to be recorded, where it stands, and what it says."""

    career: bytes
    at: int
    sequence: int
    file: int
    line: int
    said: bytes

    @property
    def place(self) -> Place:
        """Where the line stands."""
        return Place(self.file, self.line)


class Spool:
    """Lines in, by career out; entries in, in the order of recording out."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        for statement in (
            f"PRAGMA cache_size = -{MEMORY_KIB}",
            "PRAGMA journal_mode = OFF",
            "PRAGMA synchronous = OFF",
            "PRAGMA temp_store = FILE",
            "CREATE TABLE lines (career BLOB, at INTEGER, sequence INTEGER, file INTEGER, line INTEGER, said BLOB)",
            "CREATE TABLE entries (at INTEGER, sequence INTEGER, career BLOB, number INTEGER, topic TEXT,"
            " state BLOB, told INTEGER)",
            "CREATE TABLE kept_out (career BLOB PRIMARY KEY) WITHOUT ROWID",
            "BEGIN",
        ):
            self._database.execute(statement)

    def lay_down(self, lines: Iterable[Laid]) -> None:
        """Take in lines."""
        self._database.executemany("INSERT INTO lines VALUES (?, ?, ?, ?, ?, ?)", lines)

    def keep_out(self, career: bytes) -> None:
        """A line of this career was refused by its form."""
        self._database.execute("INSERT OR IGNORE INTO kept_out VALUES (?)", (career,))

    def is_kept_out(self, career: bytes) -> bool:
        """Whether a line of this career was refused by its form."""
        query = "SELECT 1 FROM kept_out WHERE career = ?"
        return self._database.execute(query, (career,)).fetchone() is not None

    def by_career(self) -> Iterator[tuple[bytes, list[Laid]]]:
        """The lines of one career after another, each in the order of recording."""
        rows = self._database.execute("SELECT * FROM lines ORDER BY career, at, sequence")
        for career, lines in groupby(rows, key=itemgetter(0)):
            yield career, list(map(Laid._make, lines))

    def put(self, entries: Iterable[tuple[Laid, Row]]) -> None:
        """Take in accepted entries, each with the line that it was made of."""
        self._database.executemany(
            "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((line.at, line.sequence, *row) for line, row in entries),
        )

    def in_order(self) -> Iterator[Row]:
        """The accepted entries in the order of recording."""
        rows = self._database.execute("SELECT career, number, topic, state, told FROM entries ORDER BY at, sequence")
        return map(Row._make, rows)

    def close(self) -> None:
        """Give the disk back."""
        self._database.close()
