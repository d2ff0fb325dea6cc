"""The facts known at a moment, corrected and voided as was then known, in the order in which they happened.

The latest live correction of an entry speaks for it; voiding that correction revives what it replaced. A corrected
fact keeps the number of the entry that it corrects, so it takes the place that it would have had if recorded right.
"""

from collections.abc import Sequence

from msgspec import Struct

from domain.calendar import Day
from domain.entry import Entry
from domain.facts import Corrected, PlainFact, Voided, happened_on
from domain.words import Phrase, Reason

NOT_EARLIER = Phrase(
    "更正/作废第 {target} 条:只能针对本履历中更早的记录",
    "amends entry {target}: it must be an earlier entry of this career",
)
IS_A_VOIDING = Phrase(
    "第 {target} 条是作废记录,不能再更正或作废", "entry {target} is a voiding, which cannot be amended"
)
IS_VOID = Phrase(
    "第 {target} 条已被第 {by} 条作废,不能再更正或作废",
    "entry {target} is void since entry {by}; what is void cannot be amended",
)

IS_REFUSED = Phrase(
    "第 {target} 条本身不成立,不能更正或作废", "entry {target} is itself refused, and cannot be amended"
)


AMENDMENTS = (Corrected, Voided)


class Happening(Struct, frozen=True, order=True, gc=False):
    """A fact in its place: ordered by the day, and on one day by the number of its entry.

    `entries` are the numbers that it rests on: its own, and those of the corrections that speak for it.
    """

    day: Day
    number: int
    entries: tuple[int, ...]
    fact: PlainFact


class Misfit(Struct, frozen=True, gc=False):
    """An entry that does not fit the career that all known facts make, and the entry that it contradicts."""

    number: int
    reason: Reason
    contradicts: int | None = None


class History(Struct, frozen=True, gc=False):
    """What happened, as known from the first `known` entries of a career."""

    known: int
    happenings: list[Happening]
    misfits: list[Misfit]
    speaking: dict[int, int]
    """For every corrected entry, the correction that speaks for it."""
    void: dict[int, int]
    """For every voided entry, the entry that voided it."""


def history(entries: Sequence[Entry]) -> History:
    """The history that the first entries of a career tell; they come with the numbers 1, 2, 3 …"""
    happenings: list[Happening] = []
    amendments: list[Entry] = []
    for entry in entries:
        fact = entry.state.fact
        if isinstance(fact, AMENDMENTS):
            amendments.append(entry)
        else:
            number = entry.number
            day = getattr(fact, fact.happened).toordinal()  # `happened_on`, without the call
            happenings.append(Happening(day, number, (number,), fact))
    if not amendments:
        happenings.sort()
        return History(len(entries), happenings, [], {}, {})
    return _amended(entries, happenings, amendments)


def _amended(entries: Sequence[Entry], plain: list[Happening], amendments: list[Entry]) -> History:
    corrections: dict[int, list[int]] = {}
    void: dict[int, int] = {}
    misfits: list[Misfit] = []
    refused: set[int] = set()
    for amendment in amendments:
        number, fact = amendment.number, amendment.state.fact
        assert isinstance(fact, Corrected | Voided)
        misfit = _misfit(number, fact.number, entries, void, refused)
        if misfit is not None:
            misfits.append(misfit)
            refused.add(number)
        elif isinstance(fact, Voided):
            void[fact.number] = number
        else:
            corrections.setdefault(fact.number, []).append(number)
    speaking = {
        target: live[-1]
        for target, numbers in corrections.items()
        if (live := [number for number in numbers if number not in void])
    }
    happenings = sorted(
        _spoken_for(happening, entries, speaking) if happening.number in speaking else happening
        for happening in plain
        if happening.number not in void
    )
    return History(len(entries), happenings, misfits, speaking, void)


def _misfit(
    number: int, target: int, entries: Sequence[Entry], void: dict[int, int], refused: set[int]
) -> Misfit | None:
    """Why the amendment `number` cannot be made of the entry `target`, as things stood before it."""
    if not 1 <= target < number:
        return Misfit(number, NOT_EARLIER(target=target))
    if target in refused:
        return Misfit(number, IS_REFUSED(target=target), target)
    if isinstance(entries[target - 1].state.fact, Voided):
        return Misfit(number, IS_A_VOIDING(target=target), target)
    root = target
    while True:
        if root in void:
            return Misfit(number, IS_VOID(target=root, by=void[root]), void[root])
        fact = entries[root - 1].state.fact
        if not isinstance(fact, Corrected):
            return None
        root = fact.number


def speakers(number: int, speaking: dict[int, int]) -> list[int]:
    """An entry and the corrections that speak for it, the one that has the last word last."""
    chain = [number]
    while chain[-1] in speaking:
        chain.append(speaking[chain[-1]])
    return chain


def _spoken_for(happening: Happening, entries: Sequence[Entry], speaking: dict[int, int]) -> Happening:
    """The happening as its latest live correction tells it."""
    chain = speakers(happening.number, speaking)
    correction = entries[chain[-1] - 1].state.fact
    assert isinstance(correction, Corrected)
    fact = correction.replacement
    day = happened_on(fact).toordinal()
    return Happening(day, happening.number, tuple(chain), fact)
