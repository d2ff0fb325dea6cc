"""A kept table: its columns, and the rows that one career makes in it.

Rows are free of the asked day: each holds for the days `[begins, ends)`, counted as `date.toordinal()` counts, so a
question about any day is a comparison of numbers and nothing goes stale at midnight. Communities are kept as numbers of
twelve digits, so that the communities of a division are a range of numbers.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, Literal

from msgspec import Struct

from domain.divisions import COMMUNITY
from projections.kept.folded import Folded

Kind = Literal["INTEGER", "REAL", "TEXT", "BLOB"]


class Table(Struct, frozen=True, eq=False):
    """What is kept of every career under one name.

    The first column of every table is `career`; `key` are the columns that tell its rows apart.
    """

    name: str
    columns: dict[str, Kind]
    key: tuple[str, ...]
    indexes: tuple[tuple[str, ...], ...]
    rows: Callable[[Folded], Iterable[tuple[Any, ...]]]


@lru_cache(maxsize=8_192)
def number_of(code: str) -> int:
    """A division code as a number of twelve digits: a community's own, and of a superior the one before its first."""
    return numbers_in(code)[0]


def numbers_in(code: str) -> tuple[int, int]:
    """The numbers of the communities of a division, `[first, end)`."""
    scale = 10 ** (COMMUNITY - len(code))
    return int(code) * scale, (int(code) + 1) * scale
