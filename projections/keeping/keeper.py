"""Which tables answer a question: the kept ones, brought up to date; or some made in memory, for this question alone.

The kept ones are as of now and under the default readings. A question about what was known earlier, under other
readings, or about a day past their horizon, folds the ledger for itself, with the same functions into the same tables.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import date, datetime
from typing import NamedTuple

from domain.errors import LedgerBusyError, ReadOnlyStoreError, StoreError
from domain.known import Known
from domain.ledger import Ledger
from domain.regulation.readings import DEFAULT, Readings
from projections.keeping.catching_up import catch_up, check, is_of
from projections.keeping.definitions import TABLES, horizon, version
from projections.keeping.errors import NothingKeptError, OtherDefinitionError, OtherLedgerError
from projections.keeping.making import Terms
from projections.keeping.rebuilding import Progress, rebuild
from projections.keeping.shelf import Shelf
from projections.keeping.sqlite_shelf import SqliteShelf
from projections.kept.snapshot import Snapshot
from projections.kept.table import Table


class Rebuilt(NamedTuple):
    """Which tables were built anew, and the position that all tables have been read up to."""

    tables: tuple[str, ...]
    position: int


class Keeper:
    """The kept tables of one ledger. `today` is the civil day in China."""

    def __init__(self, ledger: Ledger, shelf: Shelf, today: Callable[[], date], progress: Progress) -> None:
        self._ledger = ledger
        self._shelf = shelf
        self._today = today
        self._progress = progress

    def refresh(self) -> int:
        """Bring the tables up to date, building those anew that must be; answers with their position."""
        return self.rebuild().position if self.stale() else catch_up(self._ledger, self._shelf)

    def keep_up(self) -> int:
        """Take in what has been recorded since, and at the turn of a year judge another year.

        Raises `OtherDefinitionError` if the tables are not of this program's definitions any more.
        """
        if self.has_new_horizon():
            check(self._ledger, self._shelf.current())
            with suppress(LedgerBusyError):  # Someone else builds them already.
                return self.rebuild().position
        return catch_up(self._ledger, self._shelf)

    def has_new_horizon(self) -> bool:
        """Whether yearly rules are to be judged up to another day than that of the current tables."""
        due = horizon(self._today())
        return any(one.horizon != due for one in self._shelf.current())

    def stale(self) -> tuple[Table, ...]:
        """The tables that must be built anew: missing, of another definition, of another ledger or another horizon."""
        current = {one.name: one for one in self._shelf.current()}
        others = current.keys() - {table.name for table in TABLES}
        if others or self.has_new_horizon() or not is_of(self._ledger, current.values()):
            return TABLES
        return tuple(
            table for table in TABLES if table.name not in current or current[table.name].version != version(table)
        )

    def rebuild(self, chosen: tuple[Table, ...] = ()) -> Rebuilt:
        """Build tables anew beside the old ones: those chosen, and those that must be."""
        tables = {table.name: table for table in (*chosen, *self.stale())}
        terms = Terms(DEFAULT, horizon(self._today()))
        position = rebuild(self._ledger, self._shelf, tuple(tables.values()), terms, self._progress)
        return Rebuilt(tuple(tables), position)

    @contextmanager
    def snapshot(
        self, on: date, readings: Readings = DEFAULT, known_at: datetime | int | None = None
    ) -> Iterator[tuple[Snapshot, Known]]:
        """The tables that answer a question, and how much is known in them.

        Raises `NotWrittenYetError` for a position after the ledger's last.
        """
        asked = None if known_at is None else self._ledger.known(known_at)
        due = horizon(self._today())
        of_now = asked is None or asked.position == self._ledger.recorder.max_notification_id()
        if of_now and readings == DEFAULT and on.toordinal() <= due:
            with ExitStack() as held:
                kept = self._kept(on, held)
                if kept is not None and (asked is None or asked.position == kept.position):
                    yield kept, asked or self._ledger.known(kept.position)
                    return
        known = asked or self._ledger.known()
        with closing(SqliteShelf(None)) as shelf:
            terms = Terms(readings, max(due, horizon(on)))
            rebuild(self._ledger, shelf, TABLES, terms, self._progress, known.position)
            with shelf.asking() as snapshot:
                yield snapshot, known

    def _kept(self, on: date, held: ExitStack) -> Snapshot | None:
        """A snapshot of the kept tables, if they can answer."""
        if not self._ready(on):
            return None
        try:
            return held.enter_context(self._shelf.asking())
        except (NothingKeptError, ReadOnlyStoreError):  # As for a role that may read some of them only.
            return None

    def _ready(self, on: date) -> bool:
        """Whether the kept tables can be asked: up to date, or, where they cannot be written, as they are."""
        try:
            self.refresh()
        except StoreError:
            try:
                current = self._shelf.current()
                check(self._ledger, current)
            except (NothingKeptError, OtherDefinitionError, OtherLedgerError, ReadOnlyStoreError):
                return False
            return all(on.toordinal() <= one.horizon for one in current)
        return True
