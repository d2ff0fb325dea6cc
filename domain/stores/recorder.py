"""The recorder that the ledger writes and reads through, whatever the store.

It is eventsourcing's application recorder, made gapless, batched and streaming: positions are contiguous from 1 and
given by the transaction that writes them, concurrent appends share a commit, and hot paths read rows as plain tuples.
"""

from abc import abstractmethod
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, NamedTuple, TypeVar, cast
from uuid import UUID

from eventsourcing.persistence import ApplicationRecorder, Notification, StoredEvent, Subscription

from domain.idempotency import TOLD_ALL
from domain.stores.appending import Appending
from domain.stores.group import GroupCommit
from domain.stores.rows import Grounds, Numbered, Row, Stored
from domain.words import Reason

T = TypeVar("T")

LAST_OF_ALL = 2**63 - 1
"""A position that is after all others."""

POLL_SECONDS = 1.0
"""How long a reader waits for a signal before it looks by itself: a lost signal only delays by this."""

FIRST_CAREER, LAST_CAREER = bytes(16), b"\xff" * 16
"""The range of all careers, both inside."""


class Soundness(NamedTuple):
    """What a store found when it looked at itself: how much it looked at, and the problems."""

    looked_at: int
    problems: list[Reason]


class LedgerRecorder(ApplicationRecorder):
    """One ledger in one store."""

    def __init__(self) -> None:
        self._group = GroupCommit(self.appending)

    # Writing

    @abstractmethod
    def appending(self) -> AbstractContextManager[Appending]:
        """One transaction that holds the ledger's write lock: all of it is stored, or nothing."""

    def together(
        self,
        careers: Sequence[bytes],
        work: Callable[[Appending], T],
        *,
        whole: bool = True,
        requests: Sequence[bytes] = (),
    ) -> T:
        """Like `appending`, in a transaction that callers of other threads share (see `domain.stores.group`)."""
        return self._group.run(careers, work, whole=whole, requests=requests)

    @property
    def remembers(self) -> bool:
        """Whether who has opened the ledger for writing may have requests remembered in it."""
        return True

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> Sequence[int]:
        """Append events as one batch; answers with their positions."""
        rows = [
            Row(cast(UUID, event.originator_id).bytes, event.originator_version, event.topic, event.state, TOLD_ALL)
            for event in stored_events
        ]
        return self.together([row.career for row in rows], lambda transaction: transaction.append(rows), whole=False)

    # Reading

    @abstractmethod
    def key_check(self) -> bytes | None:
        """The check of the digest key that this ledger began with; None before its first entry."""

    @abstractmethod
    def head(self) -> tuple[int, Stored | None]:
        """The head of the ledger, the last position that was ever written, and the row there."""

    @abstractmethod
    def row_at(self, position: int) -> Stored | None:
        """The row at a position."""

    @abstractmethod
    def states(self, career: UUID, until: int, after: int = 0) -> list[Numbered]:
        """A career's rows after a number and up to a position, by number."""

    @abstractmethod
    def last_number(self, career: UUID, until: int) -> int:
        """The number of a career's last row up to a position; 0 for none."""

    @abstractmethod
    def grounds(self, career: UUID) -> Grounds:
        """What a decision about a career rests on now, all of one moment; nothing is locked."""

    def rows_of(self, careers: Sequence[bytes], until: int) -> Iterator[list[Numbered]]:
        """The rows up to a position of some careers, one after another, each by number."""
        return (self.states(UUID(bytes=career), until) for career in careers)

    @abstractmethod
    def state_of(self, keys: Sequence[tuple[bytes, int]]) -> dict[tuple[bytes, int], bytes]:
        """The states of some entries, by career and number."""

    @abstractmethod
    def stream(self, after: int = 0) -> Generator[Stored, None, None]:
        """All rows after a position, in order, as the ledger is when the stream begins. Close it before the ledger."""

    @abstractmethod
    def stream_careers(
        self, first: bytes = FIRST_CAREER, last: bytes = LAST_CAREER, until: int = LAST_OF_ALL
    ) -> Iterator[list[Numbered]]:
        """The rows up to a position of one career after another, from `first` to `last`, each by number."""

    @abstractmethod
    def touched(self, after: int, until: int) -> list[bytes]:
        """The careers that entries after one position and up to another belong to, in order."""

    @abstractmethod
    def wait(self, position: int, seconds: float) -> int:
        """Wait until the head is after a position, but not longer than `seconds`; answers with the head."""

    @abstractmethod
    def integrity(self) -> Soundness:
        """Whether the store is whole, as it says itself."""

    @abstractmethod
    def durability(self) -> Soundness:
        """Whether it is set so that what is written stays, and is not edited."""

    @abstractmethod
    def version(self) -> tuple[str, str]:
        """The store's name and version."""

    # As eventsourcing's readers see it

    @abstractmethod
    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """Events by position, from `start` on."""

    def max_notification_id(self) -> int:
        """The head of the ledger."""
        return self.head()[0]

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Subscription[ApplicationRecorder]:
        """Events by position, as they are recorded, for as long as the subscriber likes."""
        return _Following(self, gt, topics)


class _Following(Subscription[ApplicationRecorder]):
    """Waits for a signal, but never longer than a poll takes: no event is missed for want of one."""

    AT_A_TIME = 500

    def __init__(self, recorder: LedgerRecorder, gt: int | None, topics: Sequence[str]) -> None:
        super().__init__(recorder, gt, topics)
        self._ledger = recorder
        self._position = gt or 0
        self._ready: list[Notification] = []
        self._stopped = False

    def stop(self) -> None:
        """End the iteration after what has been read already."""
        self._stopped = True

    def __next__(self) -> Notification:
        while not self._ready:
            if self._stopped:
                raise StopIteration
            head = self._ledger.wait(self._position, POLL_SECONDS)
            if head <= self._position:
                continue
            found = self._ledger.select_notifications(
                self._position, self.AT_A_TIME, head, self._topics, inclusive_of_start=False
            )
            self._position = found[-1].id if len(found) == self.AT_A_TIME else head
            self._ready = list(reversed(found))
        return self._ready.pop()


def notification(row: tuple[int, bytes, int, str, bytes]) -> Notification:
    """A row as eventsourcing's readers see it."""
    position, career, number, topic, state = row
    return Notification(UUID(bytes=career), number, topic, state, id=position)
