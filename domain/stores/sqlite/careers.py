"""A career's rows as the one who writes reads them: fetched as one row, and taken apart here.

Between any two rows Python gives its lock to whoever waits for it. Among the threads of a server that happens a hundred
times for a career of a hundred entries, while all others wait who have something to record.
"""

import sqlite3

from domain.stores.rows import Stored

_LINE_FEED = b"\n"

_WHICH = "FROM entries WHERE career = ? AND position <= ? ORDER BY number"
_JOINED = f"""
SELECT count(*), group_concat(position), group_concat(number), group_concat(topic), group_concat(told),
       CAST(group_concat(state, x'0a') AS BLOB)
FROM (SELECT * {_WHICH})
"""  # noqa: S608 - no value is part of it
_ONE_BY_ONE = f"SELECT number, position, topic, told, state {_WHICH}"


def rows_of(connection: sqlite3.Connection, career: bytes, until: int) -> list[Stored]:
    """The rows up to a position, by number.

    SQLite does not promise the order in which it joins, though it is the same for all that it joins, so the rows are
    put in theirs. If a state has a line feed, which no program of ours writes, they are fetched one by one.
    """
    which = career, until
    count, positions, numbers, topics, told, states = connection.execute(_JOINED, which).fetchone()
    if not count:
        return []
    parts = states.split(_LINE_FEED)
    if len(parts) == count:
        whole = (
            map(int, numbers.split(",")),
            map(int, positions.split(",")),
            topics.split(","),
            map(int, told.split(",")),
        )
        rows = sorted(zip(*whole, parts, strict=True))
    else:
        rows = connection.execute(_ONE_BY_ONE, which).fetchall()
    return [Stored(position, career, number, topic, state, bits) for number, position, topic, bits, state in rows]
