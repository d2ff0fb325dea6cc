"""What happened in this career, in order, and when did we learn it?

Every entry that tells of something happening stands in its place, with both times; corrections and voidings stand
beside what they amended. A person sees what was said first, what is true now, and who said so.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from domain.career import Career
from domain.entry import Entry, Evidence
from domain.facts import Corrected, Fact, PlainFact, Voided, happened_on
from domain.history import History, speakers
from domain.words import Reason
from projections.asking import Answer, Asked, about

Standing = Literal["live", "corrected", "void", "unplaced"]
"""Whether an entry stands as it was said, as a correction says, not at all, or does not fit yet."""


class Amendment(Struct, frozen=True):
    """A correction or a voiding. `live` tells whether it still holds: it may be void or superseded itself."""

    number: int
    position: int
    recorded_at: datetime
    recorded_by: str
    approved_by: str
    reason: str
    fact: PlainFact | None
    """What should be read instead; None for a voiding."""
    live: bool


class Item(Struct, frozen=True):
    """Something that happened, and all that was said of it."""

    day: date
    """The day it takes in the career, as it reads now."""
    number: int
    position: int
    recorded_at: datetime
    recorded_by: str
    act: str
    evidence: tuple[Evidence, ...]
    standing: Standing
    fact: PlainFact
    """As it reads now."""
    said: PlainFact
    """As it was first said."""
    why: Reason | None
    """Why it does not fit yet."""
    amendments: tuple[Amendment, ...]


class Timeline(Answer, frozen=True):
    """Everything that happened up to the asked day, in the order in which it happened."""

    items: tuple[Item, ...]
    unplaced: tuple[int, ...]


def timeline(entries: Sequence[Entry], history: History, career: Career, asked: Asked) -> Timeline:
    """The timeline of a career; `history` and `career` are those of the entries."""
    misfits = {misfit.number: misfit.reason for misfit in career.misfits}
    amendments = _amendments(entries, history, misfits)
    items = []
    for entry in entries:
        said = entry.state.fact
        if isinstance(said, Corrected | Voided):
            continue
        fact = _as_it_reads(entry, entries, history)
        day = happened_on(fact)
        if day <= asked.on:
            items.append(
                Item(
                    day=day,
                    number=entry.number,
                    position=entry.position,
                    recorded_at=entry.state.recorded_at,
                    recorded_by=entry.state.recorded_by,
                    act=entry.state.act,
                    evidence=entry.state.evidence,
                    standing=_standing(entry.number, history, misfits),
                    fact=fact,
                    said=said,
                    why=misfits.get(entry.number),
                    amendments=tuple(amendments.get(entry.number, ())),
                )
            )
    items.sort(key=lambda item: (item.day, item.number))
    return Timeline(*about(asked), tuple(items), tuple(sorted(misfits)))


def _standing(number: int, history: History, misfits: dict[int, Reason]) -> Standing:
    if number in history.void:
        return "void"
    if number in misfits:
        return "unplaced"
    return "corrected" if number in history.speaking else "live"


def _as_it_reads(entry: Entry, entries: Sequence[Entry], history: History) -> PlainFact:
    """The fact as its latest live correction says it; a void entry as it was last said."""
    last_word = speakers(entry.number, history.speaking)[-1]
    fact = entries[last_word - 1].state.fact
    if isinstance(fact, Corrected):
        fact = fact.replacement
    assert isinstance(fact, Fact)
    assert not isinstance(fact, Corrected | Voided)
    return fact


def _amendments(entries: Sequence[Entry], history: History, misfits: dict[int, Reason]) -> dict[int, list[Amendment]]:
    """All amendments that fit, by the number of the entry that they are about in the end."""
    found: dict[int, list[Amendment]] = {}
    for entry in entries:
        fact = entry.state.fact
        if not isinstance(fact, Corrected | Voided) or entry.number in misfits:
            continue
        target: PlainFact | Corrected | Voided = fact
        root = entry.number
        while isinstance(target, Corrected | Voided):
            root = target.number
            target = entries[root - 1].state.fact
        voiding = isinstance(fact, Voided)
        found.setdefault(root, []).append(
            Amendment(
                number=entry.number,
                position=entry.position,
                recorded_at=entry.state.recorded_at,
                recorded_by=entry.state.recorded_by,
                approved_by=fact.approved_by,
                reason=fact.reason,
                fact=fact.replacement if isinstance(fact, Corrected) else None,
                live=entry.number not in history.void
                and (voiding or history.speaking.get(fact.number) == entry.number),
            )
        )
    return found
