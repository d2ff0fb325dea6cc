"""A transaction of the only writer, as every store offers it."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from domain.stores.rows import Grounds, Remembered, Row, Stored


class Appending(ABC):
    """What it reads is what it writes after: nobody else appends while it lasts."""

    @property
    @abstractmethod
    def head(self) -> int:
        """The last position that was ever written; 0 for none."""

    @abstractmethod
    def rows(self, career: bytes) -> Sequence[Stored]:
        """A career's rows, by number."""

    @abstractmethod
    def last_number(self, career: bytes) -> int:
        """The number of a career's last row; 0 for none."""

    @abstractmethod
    def row_at(self, position: int) -> Stored | None:
        """The row at a position."""

    @abstractmethod
    def append(self, rows: Sequence[Row]) -> range:
        """Write rows at the end of the ledger, in this order; answers with their positions.

        Raises `StaleCareerError` if a number is taken, and `StoreError` if entries at the end have been lost: their
        positions are not given to others.
        """

    @abstractmethod
    def key_check(self) -> bytes | None:
        """The check of the digest key that this ledger began with; None before its first entry."""

    @abstractmethod
    def remember_key(self, check: bytes | None) -> None:
        """Keep the check of the digest key that this ledger begins with."""

    @abstractmethod
    def remembered(self, key: bytes) -> Remembered | None:
        """What was recorded for the request of a key; None if it has not been heard of."""

    @abstractmethod
    def remember(self, requests: Sequence[Remembered]) -> None:
        """Keep what is recorded for some requests, which are new, together with the rows."""

    def grounds(self, career: bytes) -> Grounds:
        """What a decision about a career rests on."""
        return Grounds(self.head, self.row_at(self.head), self.rows(career))

    def foresee(  # noqa: B027 - only worth it over a network
        self, careers: Iterable[bytes], *, whole: bool, requests: Iterable[bytes] = ()
    ) -> None:
        """Told what will be read, so that a store may fetch it at once.

        Of the careers that is all their rows, or only their last numbers; of the requests, by key, whether they are
        remembered.
        """

    @contextmanager
    def first_of_all(self) -> Iterator[None]:
        """Around the first entries of a ledger, which may be millions: a store may prepare for many at once."""
        yield
