"""An import: read, judge, record. Interrupted at any point, it has stored nothing."""

import errno
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count, groupby, islice
from operator import itemgetter
from typing import BinaryIO

from msgspec import Struct

from domain.errors import MalformedError, StoreFullError
from domain.importing.buckets import Buckets, InOrder
from domain.importing.drafts import AT_IMPORT, Laid, Refusal, Terms
from domain.importing.lines import Place, Progress, lines_of
from domain.importing.worker import Accepted, judge
from domain.ledger import Ledger
from domain.line import heading, worker_of
from domain.stores.appending import Appending
from domain.stores.failures import FULL
from domain.stores.rows import Row

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
AT_A_TIME = 5000
"""Entries that are recorded between two reports of progress."""


class Summary(Struct, kw_only=True):
    """What an import came to, in lines; `kept_out` lines are good ones of workers with a refused line."""

    read: int = 0
    recorded: int = 0
    known_already: int = 0
    refused: int = 0
    kept_out: int = 0
    workers: int = 0


def _nobody(_: int) -> None:
    """Is told, and does nothing."""


class Watcher(Struct, frozen=True):
    """Who is told of an import as it goes."""

    refused: Callable[[Refusal], None]
    read: Progress
    judged: Progress
    recorded: Progress
    counted: Progress = _nobody
    """Told once how many lines there are to judge."""


def import_files(
    ledger: Ledger, files: Sequence[BinaryIO], watcher: Watcher, *, author: str, partial: bool = False
) -> Summary:
    """Record what the files say. Refused lines are told to the watcher; nothing of their workers goes in.

    With `partial`, the other lines of such a worker go in if they make a possible career together.
    """
    run = _Run(ledger, watcher)
    with _room_on_disk(), closing(run.lines), closing(run.accepted):
        run.read(files)
        watcher.counted(run.summary.read)
        with ledger.appending() as transaction:
            now = ledger.moment(transaction)
            last = ledger.last_recorded_at(transaction)
            run.judge(transaction, Terms(now=now, last=last, author=author, partial=partial))
            run.record(transaction)
    return run.summary


class _Run:
    """One import, pass by pass."""

    def __init__(self, ledger: Ledger, watcher: Watcher) -> None:
        self.career_of = ledger.workers.career_of
        self.watcher = watcher
        self.summary = Summary()
        self.lines = Buckets(Laid)
        self.accepted = InOrder(Accepted)
        self.spoilt: set[bytes] = set()
        """Careers of which a line could not be read at all."""

    def read(self, files: Sequence[BinaryIO]) -> None:
        """Lay down every line by its career, with the place that it will have in the order of recording."""
        sequence = count()
        for number, file in enumerate(files):
            for line, raw in lines_of(file, self.watcher.read):
                self.summary.read += 1
                try:
                    worker, at = heading(raw)
                except MalformedError as error:
                    self._refuse(Refusal(Place(number, line), error.reason))
                    named = worker_of(raw)
                    if named is not None:
                        self.spoilt.add(self.career_of(named))
                    continue
                order = AT_IMPORT if at is None else (at - EPOCH) // MICROSECOND
                self.lines.add(Laid(self.career_of(worker), order, next(sequence), number, line, raw))

    def judge(self, transaction: Appending, terms: Terms) -> None:
        """Judge one worker after another, and keep the entries that are accepted."""
        empty = transaction.head == 0
        for bucket in self.lines:
            if not empty:
                transaction.foresee({line.career for line in bucket}, whole=True)
            for career, group in groupby(bucket, key=itemgetter(0)):
                lines = list(group)
                stored = [] if empty else transaction.rows(career)
                judged = judge(career, lines, stored, terms, spoilt=career in self.spoilt)
                for refusal in judged.refused:
                    self._refuse(refusal)
                self.accepted.add(judged.accepted)
                summary = self.summary
                summary.workers += bool(judged.accepted)
                summary.known_already += judged.known_already
                summary.kept_out += len(lines) - len(judged.accepted) - len(judged.refused) - judged.known_already
                self.watcher.judged(len(lines))

    def record(self, transaction: Appending) -> None:
        """Record the accepted entries in their order."""
        rows = (Row._make(one[2:]) for one in self.accepted)
        with transaction.first_of_all():
            while batch := list(islice(rows, AT_A_TIME)):
                self.summary.recorded += len(transaction.append(batch))
                self.watcher.recorded(len(batch))

    def _refuse(self, refusal: Refusal) -> None:
        self.summary.refused += 1
        self.watcher.refused(refusal)


@contextmanager
def _room_on_disk() -> Iterator[None]:
    """A full disk under the temporary file is the same to people as one under the ledger."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise StoreFullError(FULL()) from error
        raise
