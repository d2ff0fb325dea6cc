"""What every store of kept tables offers.

A *generation* of a table is one physical table made under one version of its definition. At most one generation of a
name is current: the one that questions see. Rows, positions and the switch from one generation to the next are changed
in transactions, one at a time whichever process they come from.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, NamedTuple

from domain.calendar import Day
from projections.kept.snapshot import Parked, Snapshot
from projections.kept.table import Table

_VALUE = re.compile(r"(?<!:):([a-z_]+)")


class Generation(NamedTuple):
    """One physical table: of which name and version, read up to which position, judged up to which day.

    `anchor` is the digest of the entry at the position, by which the ledger that was read is known again.
    """

    number: int
    name: str
    version: str
    position: int
    anchor: bytes
    horizon: Day
    current: bool

    @property
    def table(self) -> str:
        """The name of the physical table."""
        return f"{self.name}_{self.number}"


class Change(ABC):
    """A transaction that changes kept tables. Nobody else changes them while it lasts."""

    @abstractmethod
    def generations(self) -> list[Generation]:
        """All generations, by number."""

    @abstractmethod
    def begin(self, table: Table, version: str, position: int, anchor: bytes, horizon: Day) -> Generation:
        """Make a new generation of a table: empty, without indexes, not current."""

    @abstractmethod
    def load(self, generation: Generation, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
        """Put rows in; their careers have none there yet."""

    @abstractmethod
    def remove(self, generation: Generation, careers: Sequence[bytes]) -> None:
        """Take all rows of some careers out, parked or not."""

    @abstractmethod
    def park(self, generation: Generation, parked: Iterable[Parked]) -> None:
        """Remember careers that could not be folded."""

    @abstractmethod
    def parked(self, generation: Generation) -> list[bytes]:
        """The careers that are parked in a generation."""

    @abstractmethod
    def index(self, generation: Generation, table: Table) -> None:
        """Make the indexes of a generation that has been loaded."""

    @abstractmethod
    def advance(self, generation: Generation, position: int, anchor: bytes) -> None:
        """A generation has now been read up to a position."""

    @abstractmethod
    def switch(self, generation: Generation) -> None:
        """Make a generation the current one of its name."""

    @abstractmethod
    def retire(self, generation: Generation) -> None:
        """Make a generation no longer the current one of its name, without another in its place."""

    @abstractmethod
    def drop(self, generation: Generation) -> None:
        """Remove a generation with its rows. Raises `LedgerBusyError` if it cannot be, for it is still read."""


class Shelf(ABC):
    """Kept tables in one store."""

    @abstractmethod
    def changing(self) -> AbstractContextManager[Change]:
        """A transaction that changes the tables: all of it, or nothing."""

    @abstractmethod
    def asking(self) -> AbstractContextManager[Snapshot]:
        """A transaction that reads them. Raises `NothingKeptError` if a table has never been built."""

    @abstractmethod
    def current(self) -> list[Generation]:
        """The current generations, by name; empty if nothing has been kept yet."""

    @abstractmethod
    def rebuilding(self) -> AbstractContextManager[None]:
        """Held while new generations are built. Raises `LedgerBusyError` if someone else is building some."""

    @abstractmethod
    def close(self) -> None:
        """Close all connections."""


def translated(query: str, tables: dict[str, str], mark: Callable[[str], str]) -> str:
    """A portable query in a store's own terms: physical tables, and its own marks for values."""
    return _VALUE.sub(lambda found: mark(found[1]), query.format_map(tables))
