"""Where a ledger and its kept tables lie: a file, or a schema of a server's database; and what is done there."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from domain.entry import Entry, State
from domain.facts import AnyFact
from domain.idempotency import TOLD_ALL
from domain.ledger import Ledger, row_of
from domain.regulation.readings import DEFAULT, Readings
from domain.stores.rows import Row
from domain.workers import WorkerKeys
from projections.keeping.auditing import Difference, audit_all
from projections.keeping.catching_up import anchor_at
from projections.keeping.definitions import TABLES, horizon
from projections.keeping.keeper import Keeper
from projections.keeping.places import shelf_of
from projections.keeping.shelf import Generation, Shelf
from projections.kept.folded import Folded
from projections.kept.snapshot import Snapshot
from tests.running import KEY, NOW, TODAY

Rows = dict[str, list[tuple[Any, ...]]]
PATIENCE = 20
"""Seconds after which what does not come is a failed test."""


class Ground(NamedTuple):
    """A place for one ledger; `kept` runs a statement of SQL where its kept tables are."""

    url: str
    kept: Callable[..., list[tuple[Any, ...]]]

    @property
    def path(self) -> Path:
        """The file of a ledger that is in one."""
        return Path(self.url.removeprefix("sqlite:///"))

    def ledger(self, *, writing: bool = True) -> Ledger:
        return Ledger(self.url, workers=WorkerKeys(KEY), now=lambda: NOW, writing=writing)

    @contextmanager
    def opened(self, *, writing: bool = True, today: date = TODAY) -> Iterator[tuple[Ledger, Shelf, Keeper]]:
        """The ledger, its kept tables and who keeps them."""
        with closing(self.ledger(writing=writing)) as ledger, closing(shelf_of(ledger)) as shelf:
            yield ledger, shelf, keeper_of(ledger, shelf, today)


def _nowhere(statement: str, *values: object) -> Any:
    raise AssertionError("nobody else gets at what is in memory")


IN_MEMORY = Ground("sqlite:///:memory:", _nowhere)
"""A ledger that only this program sees, its kept tables too."""


def keeper_of(ledger: Ledger, shelf: Shelf, today: date = TODAY) -> Keeper:
    return Keeper(ledger, shelf, lambda: today, lambda done, of: None)


def career(place: int) -> UUID:
    """The career of a test's person number so and so, spread over the range of all careers."""
    return UUID(int=(place * 37 % 256) << 120 | place)


def append(ledger: Ledger, facts: Iterable[tuple[UUID, AnyFact]]) -> None:
    """Append entries in one transaction, judged by nobody: kept tables take whatever the ledger holds."""
    with ledger.appending() as transaction:
        for one, fact in facts:
            number, position = transaction.last_number(one.bytes) + 1, transaction.head + 1
            state = State(moment(position), "clerk", fact)
            transaction.append([row_of(Entry(one, number, position, state), TOLD_ALL)])


def append_raw(ledger: Ledger, one: UUID, state: bytes, topic: str = "from_the_future") -> None:
    """Append an entry as another program would have written it."""
    with ledger.appending() as transaction:
        transaction.append([Row(one.bytes, transaction.last_number(one.bytes) + 1, topic, state, TOLD_ALL)])


def moment(position: int) -> datetime:
    """When the entry at a position was recorded: an hour after the one before it."""
    return NOW - timedelta(days=300) + timedelta(hours=position)


def rows_in(snapshot: Snapshot) -> Rows:
    """All rows, table by table, and the parked careers with the language that tests read."""
    rows = {table.name: snapshot.select(f"SELECT * FROM {{{table.name}}}") for table in TABLES}
    parked = [(one.career, one.position, one.reason.say("en"), one.communities) for one in snapshot.parked()]
    return {name: sorted(these, key=repr) for name, these in rows.items()} | {"parked": parked}


def kept_rows(shelf: Shelf) -> Rows:
    with shelf.asking() as snapshot:
        return rows_in(snapshot)


def fresh_rows(ledger: Ledger, readings: Readings = DEFAULT, until: int | None = None, day: date | None = None) -> Rows:
    """What the rows should be: every career folded by itself, of what was written up to a position."""
    rows: Rows = {table.name: [] for table in TABLES} | {"parked": []}
    for entries in ledger.careers():
        known = [entry for entry in entries if until is None or entry.position <= until]
        if known:
            folded = Folded(known[0].career.bytes, known, readings, (day or date(TODAY.year + 2, 1, 1)).toordinal())
            for table in TABLES:
                rows[table.name] += table.rows(folded)
    return {name: sorted(map(tuple, these), key=repr) for name, these in rows.items()}


def differences(ledger: Ledger, shelf: Shelf) -> list[Difference]:
    """What an audit of everything finds."""
    return [one for part in audit_all(ledger, shelf) for one in part.differences]


def assert_true(ledger: Ledger, shelf: Shelf, today: date = TODAY) -> None:
    """The kept tables are those of the ledger as it is: rows, position, anchor, horizon, and nothing is left over."""
    head = ledger.recorder.max_notification_id()
    assert kept_rows(shelf) == fresh_rows(ledger, day=date.fromordinal(horizon(today)))
    assert marks(shelf.current()) == {(table.name, head, anchor_at(ledger, head), horizon(today)) for table in TABLES}
    assert differences(ledger, shelf) == []


def marks(generations: Sequence[Generation]) -> set[tuple[Any, ...]]:
    return {(one.name, one.position, one.anchor, one.horizon) for one in generations}


def numbers(shelf: Shelf) -> dict[str, int]:
    """The numbers of the current generations, by name: others after a rebuild."""
    return {one.name: one.number for one in shelf.current()}
