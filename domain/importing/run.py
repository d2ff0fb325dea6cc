"""An import: read, judge, record. Interrupted at any point, it has stored nothing."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import BinaryIO

from msgspec import Struct

from domain.errors import MalformedError
from domain.importing.lines import Place, Progress, lines_of
from domain.importing.spool import AT_IMPORT, Laid, Spool
from domain.importing.worker import Refusal, Terms, judge
from domain.ledger import Ledger
from domain.line import read, worker_of
from domain.stores.sqlite import Appending, Row

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Summary(Struct, kw_only=True):
    """What an import came to, in lines; `kept_out` lines are good ones of workers with a refused line."""

    read: int = 0
    recorded: int = 0
    known_already: int = 0
    refused: int = 0
    kept_out: int = 0
    workers: int = 0


class Watcher(Struct, frozen=True):
    """Who is told of an import as it goes."""

    refused: Callable[[Refusal], None]
    read: Progress
    judged: Progress
    recorded: Progress


def import_files(
    ledger: Ledger, files: Sequence[BinaryIO], watcher: Watcher, *, author: str, partial: bool = False
) -> Summary:
    """Record what the files say. Refused lines are told to the watcher; nothing of their workers goes in.

    With `partial`, the other lines of such a worker go in if they make a possible career together.
    """
    summary = Summary()
    with closing(Spool()) as spool:
        spool.lay_down(_readings(ledger, files, spool, watcher, summary))
        with ledger.appending() as transaction:
            now = ledger.moment(transaction)
            terms = Terms(now=now, last=ledger.last_recorded_at(transaction), author=author, partial=partial)
            _judge_all(spool, transaction, terms, watcher, summary)
            rows = _counted(spool.in_order(), watcher.recorded)
            summary.recorded = len(transaction.append(rows))
    return summary


def _readings(
    ledger: Ledger, files: Sequence[BinaryIO], spool: Spool, watcher: Watcher, summary: Summary
) -> Iterator[Laid]:
    """Every line that is of the right form."""
    sequence = count()
    for number, file in enumerate(files):
        for line, raw in lines_of(file, watcher.read):
            summary.read += 1
            try:
                reading = read(raw)
            except MalformedError as error:
                summary.refused += 1
                watcher.refused(Refusal(Place(number, line), error.reason))
                worker = worker_of(raw)
                if worker is not None:
                    spool.keep_out(ledger.workers.career_of(worker))
                continue
            at = AT_IMPORT if reading.recorded_at is None else _microseconds(reading.recorded_at)
            career = ledger.workers.career_of(reading.worker)
            yield Laid(career, at, next(sequence), number, line, reading.said)


def _judge_all(spool: Spool, transaction: Appending, terms: Terms, watcher: Watcher, summary: Summary) -> None:
    """Judge one worker after another, and lay down the entries that are accepted."""
    empty = transaction.head == 0
    for career, lines in spool.by_career():
        stored = [] if empty else transaction.rows(career)
        spoilt = spool.is_kept_out(career) if summary.refused else False
        judged = judge(career, lines, stored, terms, spoilt=spoilt)
        for refusal in judged.refused:
            watcher.refused(refusal)
        spool.put(judged.accepted)
        summary.workers += bool(judged.accepted)
        summary.refused += len(judged.refused)
        summary.known_already += judged.known_already
        summary.kept_out += len(lines) - len(judged.accepted) - len(judged.refused) - judged.known_already
        watcher.judged(len(lines))


def _counted(rows: Iterator[Row], progress: Progress) -> Iterator[Row]:
    for number, row in enumerate(rows, 1):
        yield row
        if number % 1000 == 0:
            progress(1000)


def _microseconds(moment: datetime) -> int:
    return (moment - EPOCH) // MICROSECOND
