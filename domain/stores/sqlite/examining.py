"""What a SQLite ledger says of itself: whether it is whole, and whether what is written stays."""

import sqlite3

from domain.stores.recorder import Soundness
from domain.stores.sqlite.schema import HAS_REQUESTS
from domain.words import Phrase, Reason

DURABLE = {"write_ahead": 1, "synchronous": 2}
"""What the store is set to: a write-ahead log, and every commit on the disk (2 is FULL)."""
GUARDS = {"entries_are_never_edited", "entries_are_never_deleted"}
REQUEST_GUARDS = {"requests_are_never_edited", "requests_are_never_deleted"}
"""Of a table that a file has once this program, or a later one, has opened it for writing."""

NOT_DURABLE = Phrase(
    "{setting} 是 {found},应为 {wanted}:断电可能丢失记录",
    "{setting} is {found}, not {wanted}: a power cut may lose entries",
)
NO_GUARD = Phrase("缺少触发器 {guard}:记录可被改动", "the trigger {guard} is missing: what is recorded could be edited")


def integrity(connection: sqlite3.Connection) -> Soundness:
    """The file itself, page by page."""
    told = [row[0] for row in connection.execute("PRAGMA integrity_check")]
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    return Soundness(pages, [Phrase("{told}", "{told}")(told=line) for line in told if line != "ok"])


def durability(connection: sqlite3.Connection, *, writes_ahead: bool) -> Soundness:
    """How the connection is set, and whether what is written is guarded."""
    synchronous = connection.execute("PRAGMA synchronous").fetchone()[0]
    settings = {"write_ahead": int(writes_ahead), "synchronous": synchronous}
    triggers = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    guards = GUARDS | REQUEST_GUARDS if connection.execute(HAS_REQUESTS).fetchone()[0] else GUARDS
    problems: list[Reason] = [
        NOT_DURABLE(setting=name, found=settings[name], wanted=wanted)
        for name, wanted in DURABLE.items()
        if settings[name] != wanted
    ]
    problems += [NO_GUARD(guard=guard) for guard in sorted(guards - triggers)]
    return Soundness(len(DURABLE) + len(guards), problems)
