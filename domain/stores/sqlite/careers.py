"""A career's rows, fetched as one row and taken apart here.

Between any two rows Python gives its lock to whoever waits for it. Among the threads of a server that happens a hundred
times for a career of a hundred entries, and costs many times as much as all the reading.
"""

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

from domain.stores.rows import Numbered, Stored

Read = Callable[[str, Sequence[object]], list[Any]]
"""Runs a query, and gives all rows of it."""

_LINE_FEED = b"\n"

_WHICH = "FROM entries WHERE career = ? AND number > ? AND position <= ? ORDER BY number"
_JOINED = f"""
SELECT count(*), group_concat(position), group_concat(number), group_concat(topic), group_concat(told),
       CAST(group_concat(state, x'0a') AS BLOB)
FROM (SELECT * {_WHICH})
"""  # noqa: S608 - no value is part of it
_ONE_BY_ONE = f"SELECT number, position, topic, told, state {_WHICH}"


def numbered(read: Read, career: bytes, until: int, after: int) -> list[Numbered]:
    """What an answer needs of the rows after a number and up to a position, by number."""
    return [(career, number, position, state) for number, position, _, _, state in _rows(read, career, until, after)]


def stored(connection: sqlite3.Connection, career: bytes, until: int) -> list[Stored]:
    """All of the rows up to a position, by number."""

    def read(query: str, values: Sequence[object]) -> list[Any]:
        return connection.execute(query, values).fetchall()

    return [
        Stored(position, career, number, topic, state, told)
        for number, position, topic, told, state in _rows(read, career, until, 0)
    ]


def _rows(read: Read, career: bytes, until: int, after: int) -> list[tuple[int, int, str, int, bytes]]:
    """Number, position, topic, told and state of every row.

    SQLite does not promise the order in which it joins, though it is the same for all that it joins, so the rows are
    put in theirs. A state with a line feed, which no program of ours writes, is fetched by itself.
    """
    which = career, after, until
    count, positions, numbers, topics, told, states = read(_JOINED, which)[0]
    if not count:
        return []
    parts = states.split(_LINE_FEED)
    if len(parts) != count:
        return read(_ONE_BY_ONE, which)
    whole = map(int, numbers.split(",")), map(int, positions.split(",")), topics.split(","), map(int, told.split(","))
    return sorted(zip(*whole, parts, strict=True))
