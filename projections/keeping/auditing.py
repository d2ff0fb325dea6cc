"""The self-audit: rows of kept tables against rows made afresh, career by career, by the same map as a rebuild."""

from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

from domain.ledger import Ledger
from domain.regulation.readings import DEFAULT
from projections.keeping.catching_up import check
from projections.keeping.definitions import TABLES
from projections.keeping.making import Made, Terms, make
from projections.keeping.places import reader, shelf_of
from projections.keeping.replaying import is_done_alone
from projections.keeping.shelf import Shelf
from projections.keeping.spreading import Range, cores, ranges, spread
from projections.kept.snapshot import Snapshot, parked_row


class Difference(NamedTuple):
    """A career whose rows in a table are not what they should be: some missing, some too many."""

    table: str
    career: UUID
    missing: int
    surplus: int


class Audited(NamedTuple):
    """What part of an audit looked at, and what it found."""

    careers: int
    rows: int
    differences: list[Difference]


def audit_all(ledger: Ledger, shelf: Shelf) -> Iterator[Audited]:
    """Every career. Each piece compares what one snapshot of the tables holds with the entries up to its position.

    Raises what `check` raises for tables that are not this program's, or not this ledger's.
    """
    check(ledger, shelf.current())
    facts = ledger.recorder.max_notification_id()
    if is_done_alone(ledger, facts=facts):
        yield from (_audited(ledger, shelf, piece) for piece in ranges(facts))
    else:
        yield from spread(_begin, (ledger.url,), _work, ranges(facts), cores())


def audit_sample(ledger: Ledger, shelf: Shelf, careers: int, seed: int) -> Iterator[Audited]:
    """So many careers, chosen by chance; the same seed chooses the same."""
    check(ledger, shelf.current())
    known = ledger.recorder.touched(0, ledger.recorder.max_notification_id())
    for career in sorted(Random(seed).sample(known, min(careers, len(known)))):  # noqa: S311 - nothing secret in it
        yield _audited(ledger, shelf, Range(career, career))


def _audited(ledger: Ledger, shelf: Shelf, piece: Range) -> Audited:
    with shelf.asking() as snapshot:
        careers = ledger.recorder.stream_careers(*piece, snapshot.position)
        made = make(careers, TABLES, Terms(DEFAULT, snapshot.horizon))
        differences = list(_differences(snapshot, made, piece))
    return Audited(len(made.careers), sum(map(len, made.rows.values())), differences)


def _differences(snapshot: Snapshot, made: Made, piece: Range) -> Iterator[Difference]:
    first, last = piece
    for table in TABLES:
        kept = snapshot.select(
            f"SELECT * FROM {{{table.name}}} WHERE career BETWEEN :first AND :last",  # noqa: S608 - a table's own name
            first=first,
            last=last,
        )
        yield from _told(table.name, kept, made.rows[table.name])
    parked = [parked_row(one) for one in snapshot.parked() if first <= one.career <= last]
    yield from _told("parked", parked, [parked_row(one) for one in made.parked])


def _told(table: str, kept: Sequence[tuple[Any, ...]], fresh: Sequence[tuple[Any, ...]]) -> Iterator[Difference]:
    """The careers whose rows differ; most have none, and then sorting them would be in vain."""
    missing, surplus = Counter(fresh), Counter(kept)
    if missing == surplus:
        return
    lost, extra = missing - surplus, surplus - missing
    careers = sorted({row[0] for row in (*lost, *extra)})
    for career in careers:
        yield Difference(
            table,
            UUID(bytes=career),
            sum(count for row, count in lost.items() if row[0] == career),
            sum(count for row, count in extra.items() if row[0] == career),
        )


_here: list[tuple[Ledger, Shelf]] = []
"""What a process of the pool works with: set once when it begins."""


def _begin(url: str) -> None:
    ledger = reader(url)
    _here.append((ledger, shelf_of(ledger)))


def _work(piece: Range) -> Audited:
    return _audited(*_here[0], piece)
