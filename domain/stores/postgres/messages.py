"""Messages of several statements: a message takes no parameters, so the values are quoted into it."""

from collections.abc import Iterator, Sequence
from typing import Any

import psycopg
from psycopg.rows import TupleRow

Quoting = psycopg.ClientCursor[TupleRow]
"""A cursor that quotes values as the server of its connection takes them."""

AT_A_TIME = 8
"""Rows that are quoted at a time: psycopg remembers how to quote into a text that has less than 50 places."""


def inserting(cursor: Quoting, table: str, rows: Sequence[tuple[Any, ...]]) -> str:
    """The statement that inserts rows, of which there is at least one, all of whose fields are given."""
    row = f"({', '.join(['%s'] * len(rows[0]))})"
    parts = [rows[start : start + AT_A_TIME] for start in range(0, len(rows), AT_A_TIME)]
    values = [cursor.mogrify(", ".join([row] * len(part)), [field for one in part for field in one]) for part in parts]
    return f"INSERT INTO {table} VALUES {', '.join(values)}"  # noqa: S608 - values are quoted


def places(count: int, place: str = "%s") -> str:
    """Places for some values of a statement."""
    return ", ".join([place] * count)


def further(cursor: Quoting) -> Iterator[list[TupleRow]]:
    """What the statements find that come after the one at whose rows the cursor stands."""
    while cursor.nextset():
        yield cursor.fetchall()
