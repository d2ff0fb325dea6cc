"""The map itself: careers of a ledger to rows, in this process if they are few, else in as many as there are cores."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from domain.ledger import Ledger
from projections.keeping.definitions import named
from projections.keeping.making import Made, Terms, make
from projections.keeping.places import reader
from projections.keeping.spreading import Range, cores, ranges, spread
from projections.kept.table import Table

ALONE = 20_000
"""Facts, or so many facts' worth of careers, that one process deals with before others would have started."""

CAREERS_ALONE = 1_000
CAREERS_A_PIECE = 100

Piece = Range | list[bytes]


class Replay(NamedTuple):
    """What is to be made of careers, from all their entries up to a position."""

    tables: tuple[str, ...]
    terms: Terms
    until: int


def all_careers(ledger: Ledger, replay: Replay) -> Iterator[Made]:
    """The rows of every career, in the order of careers."""
    return _replayed(ledger, replay, ranges(replay.until), alone=is_done_alone(ledger, facts=replay.until))


def some_careers(ledger: Ledger, replay: Replay, careers: Sequence[bytes]) -> Iterator[Made]:
    """The rows of these careers, in their order."""
    starts = range(0, len(careers), CAREERS_A_PIECE)
    pieces = [list(careers[start : start + CAREERS_A_PIECE]) for start in starts]
    return _replayed(ledger, replay, pieces, alone=is_done_alone(ledger, careers=len(careers)))


def is_done_alone(ledger: Ledger, *, facts: int = 0, careers: int = 0) -> bool:
    """Whether one process deals with so much sooner than several would, or has to."""
    little = facts < ALONE and careers < CAREERS_ALONE
    return little or not ledger.shared or cores() == 1


def _replayed(ledger: Ledger, replay: Replay, pieces: Sequence[Piece], *, alone: bool) -> Iterator[Made]:
    if alone:
        tables = named(replay.tables)
        return (_made(ledger, tables, replay, piece) for piece in pieces)
    return spread(_begin, (ledger.url, replay), _work, pieces, cores())


def _made(ledger: Ledger, tables: Sequence[Table], replay: Replay, piece: Piece) -> Made:
    recorder = ledger.recorder
    if isinstance(piece, Range):
        return make(recorder.stream_careers(*piece, replay.until), tables, replay.terms)
    return make(recorder.rows_of(piece, replay.until), tables, replay.terms)


_here: list[tuple[Ledger, tuple[Table, ...], Replay]] = []
"""What a process of the pool works with: set once when it begins."""


def _begin(url: str, replay: Replay) -> None:
    _here.append((reader(url), named(replay.tables), replay))


def _work(piece: Piece) -> Made:
    return _made(*_here[0], piece)
