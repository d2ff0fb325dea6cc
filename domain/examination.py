"""Examining a store: is it whole, can it be read, and does every career in it still make sense?

Nothing is changed. Every check goes through the whole ledger, in a stream.
"""

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from domain.errors import DamagedEntryError
from domain.fold import fold
from domain.history import history
from domain.ledger import Ledger, decoded, entry_of
from domain.words import Phrase, Reason

MOST_TOLD = 20
"""How many problems of one kind are told before the rest are only counted."""

GAP = Phrase("位置 {expected} 缺失(下一条是 {found})", "position {expected} is missing (the next is {found})")
HEAD = Phrase(
    "最后一条的位置是 {found},账本记的是 {head}:末尾有记录丢失",
    "the last entry is at position {found}, but {head} was written: entries at the end are lost",
)
BACKWARDS = Phrase("位置 {position} 的记录时刻早于前一条", "position {position} was recorded before the one before it")
WRONG_TOPIC = Phrase("位置 {position} 的主题与事实不符", "the topic at position {position} is not the fact's tag")
NUMBERS = Phrase(
    "履历 {career} 的编号不连续(位置 {position})", "the numbers of career {career} are broken at {position}"
)
MISFIT = Phrase("履历 {career} 第 {number} 条:{why}", "career {career}, entry {number}: {why}")
MORE = Phrase("另有 {count} 处同类问题", "and {count} more of the kind")


class Check(NamedTuple):
    """One check: what it was about, how much it looked at, and the problems that it found."""

    name: str
    looked_at: int
    problems: list[Reason]


def examine(ledger: Ledger) -> Iterator[Check]:
    """All checks, one after another."""
    yield _integrity(ledger)
    yield _positions(ledger)
    yield _careers(ledger)
    yield _durability(ledger)


def _integrity(ledger: Ledger) -> Check:
    """The store itself, as it sees itself."""
    return Check("integrity", *ledger.recorder.integrity())


def _durability(ledger: Ledger) -> Check:
    """Whether what is written stays, and is not edited."""
    return Check("durability", *ledger.recorder.durability())


def _positions(ledger: Ledger) -> Check:
    """Contiguous from 1, moments never decreasing, every entry decodable, every topic the fact's tag."""
    problems = _Problems()
    position, last = 0, None
    head = ledger.recorder.max_notification_id()  # Others may go on writing after it.
    for row in ledger.recorder.stream():
        if row.position != position + 1:
            problems.add(GAP(expected=position + 1, found=row.position))
        position = row.position
        try:
            entry = entry_of(row, UUID(bytes=row.career))
        except DamagedEntryError as error:
            problems.add(error.reason)
            continue
        if last is not None and entry.state.recorded_at < last:
            problems.add(BACKWARDS(position=position))
        last = entry.state.recorded_at
        if row.topic != entry.state.fact.tag():
            problems.add(WRONG_TOPIC(position=position))
    if position < head:
        problems.add(HEAD(found=position, head=head))
    return Check("positions", position, problems.told())


def _careers(ledger: Ledger) -> Check:
    """Numbers contiguous from 1, and every career possible."""
    problems = _Problems()
    count = 0
    for rows in ledger.recorder.stream_careers():
        count += 1
        career = UUID(bytes=rows[0][0])
        try:
            entries = decoded(career, rows)
        except DamagedEntryError as error:
            problems.add(error.reason)
            continue
        broken = next((entry for number, entry in enumerate(entries, 1) if entry.number != number), None)
        if broken is not None:
            problems.add(NUMBERS(career=career, position=broken.position))
            continue
        for misfit in fold(history(entries)).misfits:
            problems.add(MISFIT(career=career, number=misfit.number, why=misfit.reason))
    return Check("careers", count, problems.told())


class _Problems:
    """Problems, of which only the first are kept."""

    def __init__(self) -> None:
        self._kept: list[Reason] = []
        self._count = 0

    def add(self, problem: Reason) -> None:
        self._count += 1
        if self._count <= MOST_TOLD:
            self._kept.append(problem)

    def told(self) -> list[Reason]:
        """The first problems, and how many more there are."""
        more = self._count - len(self._kept)
        return [*self._kept, MORE(count=more)] if more else self._kept
