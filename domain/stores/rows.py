"""An entry as a store keeps it, whatever the store."""

from collections.abc import Iterable, Iterator
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


Numbered = tuple[bytes, int, int, bytes]
"""Career, number, position and state: what an answer needs of a row."""


def by_career(rows: Iterable[Numbered]) -> Iterator[list[Numbered]]:
    """Rows that come ordered by career, as the rows of one career after another."""
    return (list(of_one) for _, of_one in groupby(rows, key=itemgetter(0)))
