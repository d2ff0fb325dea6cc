"""The ledger: eventsourcing's Application, and the only writer.

Facts go in through `record` or an import, are judged beside all that is known of their career, and stay as they are. An
entry that was acknowledged survives a power cut.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

import msgspec
from eventsourcing.application import Application

from domain.calendar import china_day
from domain.entry import Entry, decode, decode_moment, encode, utc
from domain.errors import (
    CareerNotFoundError,
    DamagedEntryError,
    KeyMismatchError,
    NotWrittenYetError,
    StaleCareerError,
)
from domain.facts.checks import check, check_two_people
from domain.idempotency import state_of, told_by
from domain.judging import refusals
from domain.known import Known
from domain.line import Said
from domain.moments import check_moment
from domain.stores.appending import Appending
from domain.stores.failures import STALE
from domain.stores.location import PostgresLocation, SqliteLocation, locate
from domain.stores.recorder import LedgerRecorder
from domain.stores.rows import Numbered, Row, Stored
from domain.words import Phrase
from domain.workers import NO_KEY, WorkerKeys

NOT_FOUND = Phrase("账本中没有这份履历;请核对编号", "no such career in this ledger; check the key")
NOT_YET_KNOWN = Phrase(
    "当时(位置 {position})尚无这份履历的记录", "nothing was known of this career then (position {position})"
)
NO_POSITION = Phrase(
    "账本还没有位置 {asked};最后一条是 {head}", "nothing has been written at position {asked}; the last is {head}"
)
DAMAGED = Phrase(
    "位置 {position} 的记录无法解读;可能由更新版本写成,请升级程序后再试,或运行 doctor",
    "the entry at position {position} cannot be decoded; a newer program may have written it: upgrade, or run doctor",
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
            return Known(head, recorded_at(last) if last else None)
        if isinstance(at, datetime):
            return Known(self._last_recorded_by(at, head), utc(at))
        if not 0 <= at <= head:
            raise NotWrittenYetError(NO_POSITION(asked=at, head=head))
        row = self.recorder.row_at(at)
        return Known(at, recorded_at(row) if row else None)

    def entries(self, career: UUID, known: Known) -> list[Entry]:
        """What is known of a career, by number. Raises `CareerNotFoundError` if that is nothing."""
        entries = decoded(career, self.recorder.states(career, known.position))
        if not entries:
            later = self.recorder.states(career, self.recorder.max_notification_id())
            raise CareerNotFoundError(NOT_YET_KNOWN(position=known.position) if later else NOT_FOUND())
        return entries

    def careers(self) -> Iterator[list[Entry]]:
        """All entries of one career after another, each by number, as the ledger is when this begins."""
        for rows in self.recorder.stream_careers():
            yield decoded(UUID(bytes=rows[0][0]), rows)

    def record(self, career: UUID, said: Sequence[Said], *, author: str, expected: int | None = None) -> list[Entry]:
        """Record facts of one career, all or none.

        `expected` is the number of the last entry that the author has seen. Raises `StaleCareerError` if there are
        more, a `RefusedError` if a fact cannot be true, and then nothing is stored.
        """

        def work(transaction: Appending) -> list[Entry]:
            self._keep_key(transaction)
            return self._decide(transaction, career, said, author, expected)

        self._require_key()
        entries = self.recorder.together([career.bytes], work)
        self._key_check = self._key_check or self.workers.check()
        return entries

    def _decide(
        self, transaction: Appending, career: UUID, said: Sequence[Said], author: str, expected: int | None
    ) -> list[Entry]:
        known = [entry_of(row, career) for row in transaction.rows(career.bytes)]
        if expected is not None and expected != len(known):
            raise StaleCareerError(STALE())
        head, now = transaction.head, self.moment(transaction)
        drafted = [
            Entry(career, len(known) + place, head + place, state_of(one, now=now, author=author))
            for place, one in enumerate(said, 1)
        ]
        last = self.last_recorded_at(transaction)
        for entry, one in zip(drafted, said, strict=True):
            check_moment(one.recorded_at, now=now, last=last)
            last = entry.state.recorded_at
            check(entry.state.fact, today=china_day(entry.state.recorded_at))
            check_two_people(entry.state.fact, entry.state.recorded_by)
        for refusal in refusals([*known, *drafted], len(known)):
            raise refusal
        transaction.append([row_of(entry, told_by(one)) for entry, one in zip(drafted, said, strict=True)])
        return drafted

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
        now = utc(self.now())
        last = self.last_recorded_at(transaction)
        return now if last is None else max(now, last)

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


def recorded_at(row: Stored) -> datetime:
    """When the entry of a row was recorded; that can be told even if a newer program wrote the rest of it."""
    try:
        return decode_moment(row.state)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise DamagedEntryError(DAMAGED(position=row.position)) from error


def decoded(career: UUID, rows: Iterable[Numbered]) -> list[Entry]:
    """The entries of a career's rows. Raises `DamagedEntryError` for the first that is none."""
    entries = []
    for _, number, position, state in rows:
        try:
            entries.append(Entry(career, number, position, decode(state)))
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise DamagedEntryError(DAMAGED(position=position)) from error
    return entries


def entry_of(row: Stored, career: UUID) -> Entry:
    """The entry that a row holds. Raises `DamagedEntryError` if it cannot be decoded."""
    try:
        return Entry(career, row.number, row.position, decode(row.state))
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise DamagedEntryError(DAMAGED(position=row.position)) from error


def row_of(entry: Entry, told: int) -> Row:
    """The entry as it is stored."""
    state = entry.state
    return Row(entry.career.bytes, entry.number, state.fact.tag(), encode(state), told)
