"""One worker's lines, judged as one whole beside what is known of the career."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from msgspec import Struct

from domain.calendar import china_day
from domain.entry import Entry, encode
from domain.errors import RefusedError
from domain.facts import Corrected, Voided
from domain.facts.checks import check, check_two_people
from domain.idempotency import TOLD_ALL, keys_of, state_of, told_by
from domain.importing.lines import Place
from domain.judging import refusals
from domain.ledger import entry_of
from domain.line import read
from domain.moments import check_moment
from domain.stores.sqlite import Stored
from domain.words import Phrase, Reason

UNCERTAIN_NUMBER = Phrase(
    "第 {number} 条的编号不可靠:同一人的其他行被拒绝,编号可能移动;请先改正被拒绝的行",
    "entry {number} is not certain to be the one that was meant: another line of this worker was refused, which may"
    " move the numbers; mend that line first",
)


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


class Accepted(NamedTuple):
    """An entry to be recorded: in which order, and the fields of its row."""

    at: int
    sequence: int
    career: bytes
    number: int
    topic: str
    state: bytes
    told: int


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


class Judged(NamedTuple):
    """What becomes of a worker's lines."""

    accepted: list[Accepted]
    refused: list[Refusal]
    known_already: int


class _Draft(NamedTuple):
    line: Laid
    entry: Entry
    whole: bytes
    told: int


def judge(career: bytes, lines: list[Laid], stored: Sequence[Stored], terms: Terms, *, spoilt: bool) -> Judged:
    """Accept all new lines of a worker, or none; with `partial`, those that make a possible career together.

    `spoilt` says that a line of this worker was refused by its form already.
    """
    uuid = UUID(bytes=career)
    known = [entry_of(row, uuid) for row in stored]
    seen = {key for row, entry in zip(stored, known, strict=True) for key in keys_of(entry.state, row.told, row.state)}
    refused: list[Refusal] = []
    drafts: list[_Draft] = []
    for line in lines:
        try:
            draft = _drafted(line, uuid, len(known) + len(drafts) + 1, seen, terms)
        except RefusedError as error:
            refused.append(Refusal(line.place, error.reason))
        else:
            if draft is not None:
                drafts.append(draft)
    known_already = len(lines) - len(drafts) - len(refused)
    if terms.partial:
        drafts = _possible_part(known, drafts, refused, spoilt=spoilt)
    elif refused or spoilt:
        drafts = []
    elif contradictions := _contradictions(known, drafts):
        refused, drafts = contradictions, []
    accepted = [
        Accepted(line.at, line.sequence, career, entry.number, entry.state.fact.tag(), whole, told)
        for line, entry, whole, told in drafts
    ]
    return Judged(accepted, refused, known_already)


def _drafted(line: Laid, career: UUID, number: int, seen: set[bytes], terms: Terms) -> _Draft | None:
    """The entry that a line would make; None if it has been recorded already. Raises `RefusedError`."""
    said, key = read(line.raw)
    told = told_by(said)
    state = state_of(said, now=terms.now, author=terms.author)
    whole = key if told == TOLD_ALL else encode(state)
    if key in seen or whole in seen:
        return None
    check_moment(said.recorded_at, now=terms.now, last=terms.last)
    check(state.fact, today=china_day(state.recorded_at))
    check_two_people(state.fact, state.recorded_by)
    seen.add(key)
    seen.add(whole)
    return _Draft(line, Entry(career, number, 0, state), whole, told)


def _contradictions(known: list[Entry], drafts: list[_Draft]) -> list[Refusal]:
    """The lines that cannot be true beside the others, each once."""
    if not drafts:
        return []
    errors = refusals([*known, *(draft.entry for draft in drafts)], len(known))
    blamed = {error.number: error.reason for error in reversed(errors)}
    return [Refusal(drafts[number - len(known) - 1].line.place, blamed[number]) for number in sorted(blamed)]


def _possible_part(known: list[Entry], drafts: list[_Draft], refused: list[Refusal], *, spoilt: bool) -> list[_Draft]:
    """The drafts that make a possible career together. What is left out is added to `refused`.

    Once a line is left out, the numbers of later ones move: amendments of new entries are left out with it.
    """
    left_out = bool(refused or spoilt)
    while True:
        if left_out:
            refused += _uncertain(drafts, len(known))
            certain = [draft for draft in drafts if not _amends_new(draft, len(known))]
            drafts = [_numbered(draft, len(known) + place) for place, draft in enumerate(certain, 1)]
        contradictions = _contradictions(known, drafts)
        if not contradictions:
            return drafts
        refused.append(contradictions[0])
        drafts = [draft for draft in drafts if draft.line.place != contradictions[0].place]
        left_out = True


def _uncertain(drafts: list[_Draft], known: int) -> Iterator[Refusal]:
    for draft in drafts:
        if _amends_new(draft, known):
            fact = draft.entry.state.fact
            assert isinstance(fact, Corrected | Voided)
            yield Refusal(draft.line.place, UNCERTAIN_NUMBER(number=fact.number))


def _amends_new(draft: _Draft, known: int) -> bool:
    """Whether a draft amends an entry that is itself new, so that its number depends on the other lines."""
    fact = draft.entry.state.fact
    return isinstance(fact, Corrected | Voided) and fact.number > known


def _numbered(draft: _Draft, number: int) -> _Draft:
    entry = draft.entry
    return draft._replace(entry=Entry(entry.career, number, 0, entry.state))
