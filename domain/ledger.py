"""The ledger: eventsourcing's Application, and the only writer.

Facts go in through `record` or an import, are judged beside all that is known of their career, and stay as they are. An
entry that was acknowledged survives a power cut.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from eventsourcing.application import Application

from domain.entry import Entry, utc
from domain.errors import (
    CareerNotFoundError,
    DamagedEntryError,
    KeyMismatchError,
    NotWrittenYetError,
    ReadOnlyStoreError,
)
from domain.known import Known
from domain.line import Said
from domain.moments import not_before
from domain.recording import Judge, Saying, decide
from domain.requests import CANNOT, Request, recorded_before
from domain.stored import decoded, entry_of, recorded_at, row_of
from domain.stores.appending import Appending
from domain.stores.location import PostgresLocation, SqliteLocation, locate
from domain.stores.recorder import LedgerRecorder
from domain.stores.rows import Remembered, Stored
from domain.words import Phrase
from domain.workers import NO_KEY, WorkerKeys

__all__ = ["Ledger", "decoded", "entry_of", "row_of"]

NOT_FOUND = Phrase("账本中没有这份履历;请核对编号", "no such career in this ledger; check the key")
NOT_YET_KNOWN = Phrase(
    "当时(位置 {position})尚无这份履历的记录", "nothing was known of this career then (position {position})"
)
NO_POSITION = Phrase(
    "账本还没有位置 {asked};最后一条是 {head}", "nothing has been written at position {asked}; the last is {head}"
)

SQLITE = "domain.stores.sqlite.factory:LedgerFactory"
POSTGRES = "domain.stores.postgres.factory:LedgerFactory"
"""What makes the recorder, by the kind of store."""


class Ledger(Application[UUID]):
    """Everything that is known of all careers, in the order in which it was learned."""

    recorder: LedgerRecorder

    def __init__(self, url: str, *, workers: WorkerKeys, now: Callable[[], datetime], writing: bool = False) -> None:
        server = isinstance(locate(url), PostgresLocation)
        super().__init__(
            {
                "PERSISTENCE_MODULE": POSTGRES if server else SQLITE,
                "MAPPER_TOPIC": "domain.stores.mapper:EntryMapper",
                "LEDGER_DATABASE": url,
                "LEDGER_WRITING": "y" if writing else "n",
            }
        )
        self.url = url
        self.now = now
        self.workers = workers
        self._key_check = self.recorder.key_check()
        workers.recognise(self._key_check)

    @property
    def shared(self) -> bool:
        """Whether other processes can open the ledger by its URL: not if it is kept in memory."""
        location = locate(self.url)
        return not isinstance(location, SqliteLocation) or location.path is not None

    def career_of(self, worker: str) -> UUID:
        """The career of an office's key, or of a career's UUID; it may have no entry yet."""
        return UUID(bytes=self.workers.career_of(worker))

    def known(self, at: datetime | int | None = None) -> Known:
        """What is known at a moment, at a position, or now. Raises `NotWrittenYetError` for a later position."""
        head, last = self.recorder.head()
        if at is None or at == head:
            return Known(head, _moment_of(last))
        if isinstance(at, datetime):
            return Known(self._last_recorded_by(at, head), utc(at))
        if not 0 <= at <= head:
            raise NotWrittenYetError(NO_POSITION(asked=at, head=head))
        return Known(at, _moment_of(self.recorder.row_at(at)))

    def entries(self, career: UUID, known: Known) -> list[Entry]:
        """What is known of a career, by number. Raises `CareerNotFoundError` if that is nothing."""
        entries = decoded(career, self.recorder.states(career, known.position))
        if not entries:
            later = self.recorder.states(career, self.recorder.max_notification_id())
            raise CareerNotFoundError(NOT_YET_KNOWN(position=known.position) if later else NOT_FOUND())
        return entries

    def entries_since(self, career: UUID, number: int, known: Known) -> list[Entry]:
        """What is known of a career after its entry `number`, by number; empty if that was the last."""
        return decoded(career, self.recorder.states(career, known.position, number))

    def last_number(self, career: UUID, known: Known) -> int:
        """The number of a career's last entry that is known; 0 if nothing is. It changes when the career does."""
        return self.recorder.last_number(career, known.position)

    def careers(self) -> Iterator[list[Entry]]:
        """All entries of one career after another, each by number, as the ledger is when this begins."""
        for rows in self.recorder.stream_careers():
            yield decoded(UUID(bytes=rows[0][0]), rows)

    def record(
        self,
        career: UUID,
        said: Sequence[Said],
        *,
        author: str,
        expected: int | None = None,
        request: Request | None = None,
        judge: Judge | None = None,
    ) -> list[Entry]:
        """Record facts of one career, all or none; the same request again answers with what it recorded at first.

        `expected` is the number of the last entry that the author has seen. Raises `StaleCareerError` if there are
        more, a `RefusedError` if a fact cannot be true, what `judge` raises, `ReusedKeyError` if the key of `request`
        was another's, and then nothing is stored. A request that is answered again is not judged again.
        """

        def work(transaction: Appending) -> list[Entry]:
            self._keep_key(transaction)
            grounds = transaction.grounds(career.bytes)
            if request is not None and (before := transaction.remembered(request.key)) is not None:
                return recorded_before(request, before, career, grounds)
            known, drafted, rows = decide(saying, grounds, self.now())
            transaction.append(rows)
            if request is not None:
                first, last = len(known) + 1, len(known) + len(drafted)
                transaction.remember([Remembered(request.key, request.content, career.bytes, first, last)])
            return drafted

        saying = Saying(career, said, author, expected, judge)
        self._require_key()
        if request is not None and not self.recorder.remembers:
            raise ReadOnlyStoreError(CANNOT())
        entries = self.recorder.together([career.bytes], work, requests=[request.key] if request else [])
        self._key_check = self._key_check or self.workers.check()
        return entries

    def preview(
        self,
        career: UUID,
        said: Sequence[Said],
        *,
        author: str,
        expected: int | None = None,
        judge: Judge | None = None,
    ) -> tuple[list[Entry], list[Entry]]:
        """What is known of a career, and the entries that `record` would make now; nothing is stored or locked.

        Raises what `record` raises of the facts. Position and moment are those of now, not yet those of a recording.
        """
        self._require_key()
        if self._key_check is None:
            self.workers.recognise(self.recorder.key_check())
        decided = decide(Saying(career, said, author, expected, judge), self.recorder.grounds(career), self.now())
        return decided.known, decided.drafted

    @contextmanager
    def appending(self) -> Iterator[Appending]:
        """One transaction of the only writer: all that is appended in it is stored, or nothing."""
        self._require_key()
        with self.recorder.appending() as transaction:
            self._keep_key(transaction)
            yield transaction
        self._key_check = self._key_check or self.workers.check()

    def _require_key(self) -> None:
        if self._key_check is None and self.workers.check() is None:
            raise KeyMismatchError(NO_KEY())

    def _keep_key(self, transaction: Appending) -> None:
        """A ledger begins with a digest key: ours, unless someone else was first; then ours must be the same."""
        if self._key_check is not None:
            return
        begun_with = transaction.key_check()
        if begun_with is None:
            transaction.remember_key(self.workers.check())
        self.workers.recognise(begun_with)

    def moment(self, transaction: Appending) -> datetime:
        """The moment of recording: now, but never before the ledger's last entry, even if the clock was set back."""
        return not_before(self.last_recorded_at(transaction), self.now())

    def last_recorded_at(self, transaction: Appending) -> datetime | None:
        """When the ledger's last entry was recorded."""
        row = transaction.row_at(transaction.head)
        return recorded_at(row) if row else None

    def _last_recorded_by(self, moment: datetime, head: int) -> int:
        """The last position recorded at or before a moment. Moments never decrease with positions."""
        low, high = 0, head
        while low < high:
            middle = (low + high + 1) // 2
            row = self.recorder.row_at(middle)
            if row is not None and recorded_at(row) <= moment:
                low = middle
            else:
                high = middle - 1
        return low


def _moment_of(row: Stored | None) -> datetime | None:
    """When an entry was recorded; None if that cannot be read, which keeps nobody from asking about the others."""
    try:
        return recorded_at(row) if row else None
    except DamagedEntryError:
        return None
