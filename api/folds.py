"""Careers that were folded lately: whoever asks one question about a person asks the next soon after.

What is known of a career only grows, and up to its n-th entry it never changes. So what was folded is never out of
date: it is what was known then, and what has come since is added to it.
"""

from collections import OrderedDict
from threading import Lock
from typing import NamedTuple
from uuid import UUID

from domain.career import Career
from domain.entry import Entry
from domain.fold import fold
from domain.history import History, history
from domain.known import Known
from domain.ledger import Ledger

REMEMBERED = 500
"""Careers that are kept in memory: about 100 KB each, if they have a hundred entries."""


class Fold(NamedTuple):
    """A career, and what it was made of."""

    entries: list[Entry]
    history: History
    career: Career


class Folds:
    """Folds careers, and remembers the last ones as far as they were known last; for any thread."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._latest: OrderedDict[UUID, Fold] = OrderedDict()
        self._lock = Lock()

    def of(self, career: UUID, number: int, known: Known) -> Fold:
        """The career up to its entry `number`, which is the last that is known.

        Of a career that is remembered, only the entries that have come since are read.
        """
        with self._lock:
            latest = self._latest.get(career)
            if latest is not None:
                self._latest.move_to_end(career)
        so_far = [] if latest is None else latest.entries
        if latest is not None and len(so_far) >= number:
            return latest if len(so_far) == number else folded(so_far[:number])
        fold = folded([*so_far, *self._ledger.entries_since(career, len(so_far), known)])
        with self._lock:
            self._latest[career] = fold
            if len(self._latest) > REMEMBERED:
                self._latest.popitem(last=False)
        return fold


def folded(entries: list[Entry]) -> Fold:
    """The career that entries make together."""
    told = history(entries)
    return Fold(entries, told, fold(told))
