"""One worker's lines, judged as one whole beside what is known of the career."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from domain.entry import Entry
from domain.importing.drafts import Draft, Drafting, Laid, Refusal, Terms
from domain.judging import refusals
from domain.ledger import entry_of
from domain.stores.rows import Stored
from domain.words import Phrase

UNCERTAIN_NUMBER = Phrase(
    "第 {number} 条的编号不可靠:本文件中同一人的行有的被拒绝、有的已按其他编号记录,编号可能移动;"
    "请先改正被拒绝的行,或按账本中的编号另行更正",
    "entry {number} is not certain to be the one that was meant: of this worker's lines in this file, some were"
    " refused or are recorded under other numbers; mend the refused lines, or amend in a file of its own by the"
    " ledger's numbers",
)


class Accepted(NamedTuple):
    """An entry to be recorded: in which order, and the fields of its row."""

    at: int
    sequence: int
    career: bytes
    number: int
    topic: str
    state: bytes
    told: int


class Judged(NamedTuple):
    """What becomes of a worker's lines."""

    accepted: list[Accepted]
    refused: list[Refusal]
    known_already: int


def judge(career: bytes, lines: list[Laid], stored: Sequence[Stored], terms: Terms, *, spoilt: bool) -> Judged:
    """Accept all new lines of a worker, or none; with `partial`, those that make a possible career together.

    `spoilt` says that a line of this worker could not be read at all.
    """
    uuid = UUID(bytes=career)
    known = [entry_of(row, uuid) for row in stored]
    drafting = Drafting(uuid, stored, known, terms)
    for line in lines:
        drafting.read(line)
    drafts, refused = drafting.drafts, drafting.refused
    known_already = len(lines) - len(drafts) - len(refused)

    def uncertain(draft: Draft) -> bool:
        """Whether it amends an entry by a number that only this file's own counting gives."""
        return draft.amends is not None and (draft.amends > len(known) or draft.amends in drafting.met_again)

    moved = spoilt or not drafting.counts_as_the_file_does
    if terms.partial:
        drafts = _possible_part(known, drafts, refused, uncertain, moved=moved)
    elif refused or spoilt:
        drafts = []
    else:
        refused += (moved and _uncertain(drafts, uncertain)) or _contradictions(known, drafts)
        drafts = [] if refused else drafts
    accepted = [
        Accepted(
            one.line.at, one.line.sequence, career, one.entry.number, one.entry.state.fact.tag(), one.whole, one.told
        )
        for one in drafts
    ]
    return Judged(accepted, refused, known_already)


def _contradictions(known: list[Entry], drafts: list[Draft]) -> list[Refusal]:
    """The lines that cannot be true beside the others, each once."""
    if not drafts:
        return []
    errors = refusals([*known, *(draft.entry for draft in drafts)], len(known))
    blamed = {error.number: error.reason for error in reversed(errors)}
    return [Refusal(drafts[number - len(known) - 1].line.place, blamed[number]) for number in sorted(blamed)]


def _uncertain(drafts: Iterable[Draft], uncertain: Callable[[Draft], bool]) -> list[Refusal]:
    return [Refusal(draft.line.place, UNCERTAIN_NUMBER(number=draft.amends)) for draft in drafts if uncertain(draft)]


def _possible_part(
    known: list[Entry],
    drafts: list[Draft],
    refused: list[Refusal],
    uncertain: Callable[[Draft], bool],
    *,
    moved: bool,
) -> list[Draft]:
    """The drafts that make a possible career together. What is left out is added to `refused`.

    Once a line is left out, the numbers of later ones move: amendments that count on them are left out with it.
    """
    while True:
        if moved:
            refused += _uncertain(drafts, uncertain)
            certain = [draft for draft in drafts if not uncertain(draft)]
            drafts = [draft.numbered(len(known) + place) for place, draft in enumerate(certain, 1)]
        contradictions = _contradictions(known, drafts)
        if not contradictions:
            return drafts
        refused.append(contradictions[0])
        drafts = [draft for draft in drafts if draft.line.place != contradictions[0].place]
        moved = True
