"""What the office asks of a database; `sqlite_store.py` and `postgres_store.py` do it.

Queries are written once for both, with values as `:name`.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence

from api.office.rows import Logged, Row

Values = Mapping[str, str | int | bytes]
Statement = tuple[str, Values]


class Store(ABC):
    """The tables of one office. Each method is whole and durable when it returns, or raises a `StoreError`."""

    @abstractmethod
    def append(self, answers: Sequence[Logged]) -> int:
        """Log answers, and returns the number of the first. Only one thread at a time may call.

        Numbers are contiguous from 1 and given in the order of the commits, so a reader that goes on after the last
        number it has seen misses nothing. Without answers, it only tries whether the log can be written.
        """

    @abstractmethod
    def change(self, statements: Sequence[Statement]) -> None:
        """Run statements in one transaction, in which nobody else writes. Of any thread."""

    @abstractmethod
    def select(self, query: str, values: Values) -> list[Row]:
        """The rows that a query finds, all as at one moment. Of any thread, also while others write."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the database."""
