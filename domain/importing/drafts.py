"""Drafts: the entries that a worker's lines would make, and how the file counts them.

A correction names an entry by its number, and in a file numbers count the worker's lines. That can be trusted only
while the lines have just the numbers that the file gives them: not if one of them was refused, or was recorded under
another number before.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple
from uuid import UUID

import msgspec
from msgspec import Struct

from domain.calendar import china_day
from domain.entry import Entry, encode
from domain.errors import RefusedError
from domain.facts import Corrected, Voided
from domain.facts.checks import check, check_two_people
from domain.idempotency import TOLD_ALL, keys_of, state_of, told_by
from domain.importing.lines import Place
from domain.line import read
from domain.malformed import check_text
from domain.moments import check_moment
from domain.stores.rows import Stored
from domain.words import Reason

AT_IMPORT = 2**62
"""Sorts lines without a moment of their own after all others."""


class Laid(NamedTuple):
    """A line as laid down: whose, in which order to be recorded, where it stands, and its bytes."""

    career: bytes
    at: int
    sequence: int
    file: int
    line: int
    raw: bytes

    @property
    def place(self) -> Place:
        """Where the line stands."""
        return Place(self.file, self.line)


class Terms(Struct, frozen=True):
    """What holds for every line of an import."""

    now: datetime
    last: datetime | None
    """When the ledger's last entry before this import was recorded."""
    author: str
    partial: bool


class Refusal(NamedTuple):
    """A line that was refused, and why."""

    place: Place
    reason: Reason


class Draft(Struct, frozen=True):
    """A line and the entry that it would make."""

    line: Laid
    entry: Entry
    whole: bytes
    told: int

    @property
    def amends(self) -> int | None:
        """The number of the entry that it corrects or voids, if it does."""
        fact = self.entry.state.fact
        return fact.number if isinstance(fact, (Corrected, Voided)) else None

    def numbered(self, number: int) -> "Draft":
        """The same under another number."""
        entry = self.entry
        return msgspec.structs.replace(self, entry=Entry(entry.career, number, 0, entry.state))


class Drafting:
    """Reads a worker's lines beside the entries that are known already."""

    def __init__(self, career: UUID, stored: Sequence[Stored], known: list[Entry], terms: Terms) -> None:
        self._career = career
        self._terms = terms
        self._known = len(known)
        self._seen = {
            key: entry.number
            for row, entry in zip(stored, known, strict=True)
            for key in keys_of(entry.state, row.told, row.state)
        }
        self.drafts: list[Draft] = []
        self.refused: list[Refusal] = []
        self.met_again: set[int] = set()
        """Known entries that lines of this file have recorded before."""
        self._numbers: list[int] = []
        """The numbers that the lines have or would get, in their order."""

    def read(self, line: Laid) -> None:
        """Make a draft of a line, or find it known already, or refused."""
        try:
            self._read(line)
        except RefusedError as error:
            self.refused.append(Refusal(line.place, error.reason))

    def _read(self, line: Laid) -> None:
        said, key = read(line.raw)
        told = told_by(said)
        state = state_of(said, now=self._terms.now, author=self._terms.author)
        whole = key if told == TOLD_ALL else encode(state)
        seen = self._seen
        met = seen.get(key) or seen.get(whole)
        if met is not None:
            self._meet(met)
            return
        check_moment(said.recorded_at, now=self._terms.now, last=self._terms.last)
        check_text(state, whole)
        check(state.fact, today=china_day(state.recorded_at))
        check_two_people(state.fact, state.recorded_by)
        number = self._known + len(self.drafts) + 1
        seen[key] = seen[whole] = number
        self._numbers.append(number)
        self.drafts.append(Draft(line, Entry(self._career, number, 0, state), whole, told))

    def _meet(self, number: int) -> None:
        """A line that has been recorded before; twice in one file, it counts once."""
        if number <= self._known and number not in self.met_again:
            self.met_again.add(number)
            self._numbers.append(number)

    @property
    def counts_as_the_file_does(self) -> bool:
        """Whether the lines have the numbers that the file gives them: one after another, none refused."""
        return not self.refused and all(after == before + 1 for before, after in pairwise(self._numbers))
