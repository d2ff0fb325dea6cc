"""An entry as a store keeps it, whatever the store."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple


class Row(NamedTuple):
    """An entry as it is stored. `told` says which optional parts its import line gave (see `domain.idempotency`)."""

    career: bytes
    number: int
    topic: str
    state: bytes
    told: int


class Stored(NamedTuple):
    """A stored row with its position."""

    position: int
    career: bytes
    number: int
    topic: str
    state: bytes
    told: int


class Remembered(NamedTuple):
    """What was recorded for a request: a career's entries from number `first` to `last` (see `domain.requests`).

    If nothing was said, nothing was recorded, and `last` is before `first`.
    """

    key: bytes
    content: bytes
    career: bytes
    first: int
    last: int


class Grounds(NamedTuple):
    """What a decision about a career rests on: the head of the ledger, the row there, and the career's rows."""

    head: int
    last: Stored | None
    rows: Sequence[Stored]


Numbered = tuple[bytes, int, int, bytes]
"""Career, number, position and state: what an answer needs of a row."""


def by_career(rows: Iterable[Numbered]) -> Iterator[list[Numbered]]:
    """Rows that come ordered by career, as the rows of one career after another."""
    return (list(of_one) for _, of_one in groupby(rows, key=itemgetter(0)))
