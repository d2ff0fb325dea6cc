"""Kept tables: built anew, caught up, and followed live; each beside the least that it could take.

The baseline of building and catching up is to stream the same rows in the order of the ledger and decode them, by one
process: no career is put together, folded or kept. The baseline of following is the recording alone.
"""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from datetime import timedelta
from itertools import count, islice
from pathlib import Path
from queue import SimpleQueue
from statistics import median
from threading import Event, Thread
from time import perf_counter
from typing import NamedTuple
from uuid import UUID

from domain.entry import decode
from domain.facts import Commended
from domain.ledger import Ledger
from domain.line import Said
from domain.regulation.readings import DEFAULT
from projections.keeping.catching_up import take_in
from projections.keeping.definitions import TABLES, horizon
from projections.keeping.following import follow
from projections.keeping.keeper import Keeper
from projections.keeping.making import Terms
from projections.keeping.rebuilding import rebuild
from projections.keeping.shelf import Shelf
from projections.keeping.sqlite_shelf import SqliteShelf
from scripts.bench import ours
from scripts.bench.population import Population, career_of
from scripts.bench.rounds import Measured, interleaved
from scripts.bench.workload import TODAY

TERMS = Terms(DEFAULT, horizon(TODAY))
LIVE = 200
"""Facts that are recorded one by one, each after the one before has become visible."""

LAST_PART = 10
"""Which part of the ledger a catch-up takes in: the last tenth, as after an outage."""


def built(people: Population, rounds: int) -> Measured:
    """Seconds to build all tables anew from the whole ledger."""
    ledger = ours.open_ledger(people.path, writing=False)

    @contextmanager
    def our_side() -> Iterator[Callable[[], object]]:
        with _new_shelf(people.path) as shelf:
            yield lambda: rebuild(ledger, shelf, TABLES, TERMS, _nobody)

    with closing(ledger):
        return interleaved(our_side, lambda: nullcontext(lambda: decoded(ledger, 0, people.facts)), rounds)


def built_once(people: Population) -> None:
    """Build all tables anew, untimed."""
    with closing(ours.open_ledger(people.path, writing=False)) as ledger, _new_shelf(people.path) as shelf:
        rebuild(ledger, shelf, TABLES, TERMS, _nobody)


def caught_up(people: Population, rounds: int) -> Measured:
    """Seconds to take in the last part of what was recorded before the newcomers: nearly every career was touched."""
    before = people.before_newcomers - people.before_newcomers // LAST_PART
    return _taken_in(people, before, people.before_newcomers, rounds)


def newcomers_taken_in(people: Population, rounds: int) -> Measured:
    """Seconds to take in whole careers that were recorded at once."""
    return _taken_in(people, people.before_newcomers, people.facts, rounds)


def _taken_in(people: Population, before: int, until: int, rounds: int) -> Measured:
    ledger = ours.open_ledger(people.path, writing=False)

    @contextmanager
    def our_side() -> Iterator[Callable[[], object]]:
        with _new_shelf(people.path) as shelf:
            rebuild(ledger, shelf, TABLES, TERMS, _nobody, before)
            yield lambda: take(shelf)

    def take(shelf: Shelf) -> None:
        with shelf.changing() as change:
            take_in(ledger, change, change.generations(), TERMS, until)

    with closing(ledger):
        return interleaved(our_side, lambda: nullcontext(lambda: decoded(ledger, before, until)), rounds)


def decoded(ledger: Ledger, after: int, until: int) -> None:
    """Stream the rows between two positions in the order of the ledger, and decode them."""
    with closing(ledger.recorder.stream(after)) as rows:
        for row in islice(rows, until - after):
            decode(row.state)


class Live(NamedTuple):
    """Median seconds from recording a fact to its being acknowledged, and to its being visible in every table."""

    acknowledged: float
    visible: float


def followed(people: Population) -> Live:
    """Record facts one by one while a follower keeps the tables, and see how long each takes."""
    ledger = ours.open_ledger(people.path, writing=True)
    caught: SimpleQueue[tuple[int, float]] = SimpleQueue()
    stop = Event()
    with closing(ledger), _new_shelf(people.path) as shelf:
        keeper = Keeper(ledger, shelf, lambda: TODAY, _nobody)
        keeper.refresh()
        tell = lambda position: caught.put((position, perf_counter()))  # noqa: E731
        follower = Thread(target=lambda: follow(ledger, keeper, tell, stopped=stop.is_set))
        follower.start()
        try:
            times = list(islice(_lives(ledger, caught, people.careers), LIVE))
        finally:
            stop.set()
            follower.join()
    return Live(median(one.acknowledged for one in times), median(one.visible for one in times))


def _lives(ledger: Ledger, caught: "SimpleQueue[tuple[int, float]]", careers: int) -> Iterator[Live]:
    for number in count():
        career = UUID(bytes=career_of(number % careers))
        fact = Commended(on=TODAY - timedelta(days=number), title=str(number), level="street")
        begin = perf_counter()
        position = ledger.record(career, [Said(fact=fact)], author="bench")[0].position
        acknowledged = perf_counter() - begin
        reached, at = caught.get()
        while reached < position:
            reached, at = caught.get()
        yield Live(acknowledged, at - begin)


@contextmanager
def _new_shelf(path: Path) -> Iterator[Shelf]:
    """An empty shelf where the ledger's own would be: other processes open it by the ledger's place."""
    for old in path.parent.glob(f"{path.name}.kept*"):
        old.unlink()
    with closing(SqliteShelf(path.with_name(path.name + ".kept"))) as shelf:
        yield shelf


def _nobody(_done: int, _of: int) -> None:
    """Is told, and does nothing."""
