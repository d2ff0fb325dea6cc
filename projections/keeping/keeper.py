"""Which tables answer a question: the kept ones, brought up to date; or some made in memory, for this question alone.

The kept ones are as of now and under the default readings. A question about what was known earlier, under other
readings, or about a day past their horizon, folds the ledger for itself, with the same functions into the same tables.
"""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime

from domain.errors import ReadOnlyStoreError
from domain.known import Known
from domain.ledger import Ledger
from domain.regulation.readings import DEFAULT, Readings
from projections.keeping.catching_up import catch_up, check
from projections.keeping.definitions import TABLES, horizon, version
from projections.keeping.errors import NothingKeptError, OtherDefinitionError, OtherLedgerError
from projections.keeping.making import Terms
from projections.keeping.rebuilding import Progress, rebuild
from projections.keeping.shelf import Shelf
from projections.keeping.sqlite_shelf import SqliteShelf
from projections.kept.snapshot import Snapshot
from projections.kept.table import Table


class Keeper:
    """The kept tables of one ledger. `today` is the civil day in China."""

    def __init__(self, ledger: Ledger, shelf: Shelf, today: Callable[[], date], progress: Progress) -> None:
        self._ledger = ledger
        self._shelf = shelf
        self._today = today
        self._progress = progress

    def refresh(self) -> int:
        """Bring the tables up to date, building those anew that must be; answers with their position."""
        stale = self.stale()
        if stale:
            return self.rebuild(stale)
        try:
            return catch_up(self._ledger, self._shelf)
        except OtherLedgerError:
            return self.rebuild(TABLES)

    def stale(self) -> tuple[Table, ...]:
        """The tables that are missing, of another definition, or judged up to another day than is due now."""
        current = {one.name: one for one in self._shelf.current()}
        due = horizon(self._today())
        if any(one.horizon != due for one in current.values()):
            return TABLES
        return tuple(
            table for table in TABLES if table.name not in current or current[table.name].version != version(table)
        )

    def rebuild(self, tables: tuple[Table, ...]) -> int:
        """Build tables anew beside the old ones; answers with the position that they have been read up to."""
        return rebuild(self._ledger, self._shelf, tables, Terms(DEFAULT, horizon(self._today())), self._progress)

    @contextmanager
    def snapshot(
        self, on: date, readings: Readings = DEFAULT, known_at: datetime | int | None = None
    ) -> Iterator[tuple[Snapshot, Known]]:
        """The tables that answer a question, and how much is known in them.

        Raises `NotWrittenYetError` for a position after the ledger's last.
        """
        asked = None if known_at is None else self._ledger.known(known_at)
        due = horizon(self._today())
        if asked is None and readings == DEFAULT and on.toordinal() <= due and self._ready():
            with self._shelf.asking() as snapshot:
                yield snapshot, self._ledger.known(snapshot.position)
            return
        known = asked or self._ledger.known()
        with closing(SqliteShelf(None)) as shelf:
            terms = Terms(readings, max(due, horizon(on)))
            rebuild(self._ledger, shelf, TABLES, terms, self._progress, known.position)
            with shelf.asking() as snapshot:
                yield snapshot, known

    def _ready(self) -> bool:
        """Whether the kept tables can be asked: up to date, or, where they may not be written, as they are."""
        try:
            self.refresh()
        except ReadOnlyStoreError:
            try:
                check(self._ledger, self._shelf.current())
            except (NothingKeptError, OtherDefinitionError, OtherLedgerError):
                return False
        return True
