"""Rebuilding: a new generation beside the old one, reads going on, and one switch.

The careers are folded as of one position and loaded in many small transactions, between which the live tables go on
catching up. Then, in one transaction, what has been recorded meanwhile is taken in and the new generation becomes the
current one. Interrupted at any point, the old one stays; what was left of the new one is dropped by the next rebuild.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import TypeVar

from domain.errors import LedgerBusyError
from domain.ledger import Ledger
from projections.keeping.catching_up import anchor_at, take_in
from projections.keeping.definitions import BY_NAME, version
from projections.keeping.making import Made, Terms
from projections.keeping.replaying import Replay, all_careers
from projections.keeping.shelf import Generation, Shelf
from projections.kept.table import Table

T = TypeVar("T")

AT_A_TIME = 8
"""Pieces of work that are loaded in one transaction."""

Progress = Callable[[int, int], None]
"""Told how many facts have been taken in, of how many."""


def rebuild(
    ledger: Ledger, shelf: Shelf, tables: Sequence[Table], terms: Terms, progress: Progress, until: int | None = None
) -> int:
    """Build tables anew, from the entries up to a position or from all; answers with the position.

    Raises `LedgerBusyError` if someone else is building tables of this ledger.
    """
    with shelf.rebuilding():
        position = ledger.recorder.max_notification_id() if until is None else until
        fresh = _begun(ledger, shelf, tables, terms, position)
        _load(shelf, fresh, all_careers(ledger, Replay(tuple(fresh), terms, position)), progress, position)
        for table in tables:
            with shelf.changing() as change:
                change.index(fresh[table.name], table)
        with shelf.changing() as change:
            old = [one for one in change.generations() if one.current]
            kept = [*fresh.values(), *(one for one in old if one.name in BY_NAME.keys() - fresh.keys())]
            over = [one for one in old if one not in kept]
            if until is None:
                position = ledger.recorder.max_notification_id()
            take_in(ledger, change, kept, terms, position)
            for one in fresh.values():
                change.switch(one)
            for one in over:
                change.retire(one)
        _drop(shelf, over)
    return position


def _begun(ledger: Ledger, shelf: Shelf, tables: Sequence[Table], terms: Terms, position: int) -> dict[str, Generation]:
    """Empty generations, by name; what an interrupted rebuild has left is dropped."""
    anchor = anchor_at(ledger, position)
    with shelf.changing() as change:
        left = [one for one in change.generations() if not one.current]
    _drop(shelf, left)
    with shelf.changing() as change:
        return {table.name: change.begin(table, version(table), position, anchor, terms.horizon) for table in tables}


def _load(
    shelf: Shelf, fresh: dict[str, Generation], everything: Iterator[Made], progress: Progress, facts: int
) -> None:
    done = 0
    for some in _batches(everything, AT_A_TIME):
        with shelf.changing() as change:
            for made in some:
                for one in fresh.values():
                    change.load(one, BY_NAME[one.name], made.rows[one.name])
                    change.park(one, made.parked)
                done += made.facts
        progress(done, facts)


def _drop(shelf: Shelf, generations: Iterable[Generation]) -> None:
    """Remove generations that nobody needs any more. While they are still read, they are left for the next rebuild:
    who reads one reads all, so the others are not waited for one by one.
    """
    with suppress(LedgerBusyError):
        for one in generations:
            with shelf.changing() as change:
                change.drop(one)


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    source = iter(items)
    while batch := list(islice(source, size)):
        yield batch
