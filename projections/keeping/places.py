"""Where the kept tables of a ledger are, and how another process gets at it."""

import signal
from typing import NoReturn

from domain.ledger import Ledger
from domain.stores.location import SqliteLocation, locate
from domain.workers import WorkerKeys
from projections.keeping.shelf import Shelf
from projections.keeping.sqlite_shelf import SqliteShelf


def shelf_of(ledger: Ledger) -> Shelf:
    """Beside a ledger file; with a ledger on a server, in its database."""
    location = locate(ledger.url)
    if isinstance(location, SqliteLocation):
        return SqliteShelf(location.kept_file)
    from projections.keeping.postgres_shelf import PostgresShelf  # noqa: PLC0415 - its driver is an extra

    return PostgresShelf(ledger.url)


def reader(url: str) -> Ledger:
    """The ledger in a process that was started to read it; whoever started the process also stops it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return Ledger(url, workers=WorkerKeys(None), now=_never)


def _never() -> NoReturn:
    raise AssertionError("a process that only reads asks for no time")
