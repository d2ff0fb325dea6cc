"""Following: live, by the store's signal, with a poll behind it so that a lost signal only delays."""

from collections.abc import Callable

from domain.ledger import Ledger
from domain.stores.recorder import POLL_SECONDS
from projections.keeping.catching_up import catch_up
from projections.keeping.shelf import Shelf

Caught = Callable[[int], None]
"""Told the position that the tables have been read up to, every time they have been."""


def follow(ledger: Ledger, shelf: Shelf, caught: Caught, *, stopped: Callable[[], bool]) -> None:
    """Keep the tables true until `stopped` says so, which is asked about once a second.

    Raises what `catch_up` raises when the tables must be built anew.
    """
    position = catch_up(ledger, shelf)
    caught(position)
    while not stopped():
        if ledger.recorder.wait(position, POLL_SECONDS) > position:
            position = catch_up(ledger, shelf)
            caught(position)
