"""Following: live, by the store's signal, with a poll behind it so that a lost signal only delays."""

from collections.abc import Callable

from domain.ledger import Ledger
from domain.stores.recorder import POLL_SECONDS
from projections.keeping.keeper import Keeper

Caught = Callable[[int], None]
"""Told the position that the tables have been read up to, every time they have been."""


def follow(ledger: Ledger, keeper: Keeper, caught: Caught, *, stopped: Callable[[], bool]) -> None:
    """Keep the tables true until `stopped` says so, which is asked about once a second.

    Raises `OtherDefinitionError` if another version of the program has built tables of its own meanwhile.
    """
    position = keeper.refresh()
    caught(position)
    while not stopped():
        if ledger.recorder.wait(position, POLL_SECONDS) > position or keeper.has_new_horizon():
            position = keeper.keep_up()
            caught(position)
