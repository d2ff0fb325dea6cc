"""Catching up: the careers that were touched since are made again, and their rows replaced in one transaction.

A career is always made whole, from all its entries: facts may have been recorded in any order, and a correction can
change days that are long past. The rows and the position that they have been read up to are committed together.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256

from domain.ledger import Ledger
from domain.regulation.readings import DEFAULT
from projections.keeping.definitions import BY_NAME, version
from projections.keeping.errors import (
    NOTHING_KEPT,
    OTHER_DEFINITION,
    OTHER_LEDGER,
    NothingKeptError,
    OtherDefinitionError,
    OtherLedgerError,
)
from projections.keeping.making import Terms
from projections.keeping.replaying import Replay, some_careers
from projections.keeping.shelf import Change, Generation, Shelf


def catch_up(ledger: Ledger, shelf: Shelf) -> int:
    """Take in all that has been recorded since; answers with the position that the tables have been read up to.

    Raises `NothingKeptError` if a table is missing, `OtherDefinitionError` if one is not of this program's definition,
    and `OtherLedgerError` if they were made from another ledger: then they must be built anew.
    """
    with shelf.changing() as change:
        current = [one for one in change.generations() if one.current]
        check(ledger, current)
        until = ledger.recorder.max_notification_id()
        take_in(ledger, change, current, Terms(DEFAULT, current[0].horizon), until)
    return until


def take_in(ledger: Ledger, change: Change, generations: Sequence[Generation], terms: Terms, until: int) -> None:
    """Bring generations up to a position. Nothing is written if they are there already."""
    after = min(one.position for one in generations)
    touched = ledger.recorder.touched(after, until) if after < until else []
    careers = sorted({*touched, *_unevenly_parked(change, generations)})
    if careers:
        replay = Replay(tuple(one.name for one in generations), terms, until)
        for made in some_careers(ledger, replay, careers):
            for one in generations:
                change.remove(one, made.careers)
                change.load(one, BY_NAME[one.name], made.rows[one.name])
                change.park(one, made.parked)
    if after < until:
        anchor = anchor_at(ledger, until)
        for one in generations:
            change.advance(one, until, anchor)


def _unevenly_parked(change: Change, generations: Sequence[Generation]) -> set[bytes]:
    """Careers that are parked in some generations only, for one was built alone: parked is parked in all."""
    parked = [set(change.parked(one)) for one in generations]
    return set().union(*parked) - parked[0].intersection(*parked)


def check(ledger: Ledger, current: Sequence[Generation]) -> None:
    """Refuse to add to tables that are not this program's, or not this ledger's."""
    wanted = {name: version(table) for name, table in BY_NAME.items()}
    if wanted.keys() - {one.name for one in current}:
        raise NothingKeptError(NOTHING_KEPT())
    others = [one.name for one in current if wanted.get(one.name) != one.version]
    if others:
        raise OtherDefinitionError(OTHER_DEFINITION(tables=", ".join(others)))
    if not is_of(ledger, current):
        raise OtherLedgerError(OTHER_LEDGER())


def is_of(ledger: Ledger, generations: Iterable[Generation]) -> bool:
    """Whether generations were made from this ledger: it still has the entry that each was last read up to."""
    return all(one.anchor == anchor_at(ledger, one.position) for one in generations)


def anchor_at(ledger: Ledger, position: int) -> bytes:
    """The digest of the entry at a position, by which a ledger is known again; empty if there is none."""
    row = ledger.recorder.row_at(position)
    return sha256(row.career + row.state).digest()[:16] if row else b""
