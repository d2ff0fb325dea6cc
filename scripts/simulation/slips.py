"""What a clerk gets wrong, and how it is set right: corrections 更正 and voidings 作废, always by two people.

What is wrong at first could have been true when it was recorded, and all that is known in the end is right.
"""

from datetime import date, timedelta
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from domain.calendar import Day
from domain.facts import (
    Assessed,
    Certified,
    Commended,
    Corrected,
    Fact,
    Graded,
    Hired,
    JoinedParty,
    LeaveStarted,
    PlainFact,
    Promoted,
    Registered,
    Seconded,
    TermStarted,
    Trained,
    TransferredIn,
    TransferredOut,
    Voided,
)
from scripts.simulation.dice import Dice, Odds
from scripts.simulation.hiring import months_later
from scripts.simulation.rounds import workday_from

SLIP_SHARE = 0.024
"""Share of facts that are recorded wrong, or twice, at first."""

LONGEST_MENDING = 60
"""Days that three entries on workdays one after another can take at most, the longest holidays between them."""

Mending = Literal["corrected", "doubled", "anew", "corrected_twice", "undone"]

_MENDINGS = Odds[Mending](("corrected", 56), ("doubled", 22), ("anew", 13), ("corrected_twice", 5), ("undone", 4))
_REASONS = ("录入笔误", "核对档案后更正", "日期有误", "经本人申请核实")


_MORNING, _AFTERNOON, _HALF_DAY = 1_800, 23_400, 10_800
"""Office hours in China, 08:30–11:30 and 14:30–17:30, as seconds after midnight UTC; half a day has three hours."""


class Draft(Struct):
    """An entry before it has its number: when it is recorded, by which office, and what it says.

    An amendment's `amends` is the draft that it speaks of; its own fact is written when that one has its number.
    """

    day: Day
    second: int
    """Seconds after midnight UTC."""
    office: str
    fact: PlainFact
    amends: "Draft | None" = None
    voids: bool = False
    reason: str = ""
    number: int = 0

    def written(self, approved_by: str) -> PlainFact | Corrected | Voided:
        """The fact as it is recorded."""
        if self.amends is None:
            return self.fact
        number = self.amends.number
        if self.voids:
            return Voided(number=number, reason=self.reason, approved_by=approved_by)
        return Corrected(number=number, replacement=self.fact, reason=self.reason, approved_by=approved_by)


def office_second(dice: Dice) -> int:
    """A moment of the office hours."""
    return dice.pick((_MORNING, _AFTERNOON)) + dice.below(_HALF_DAY)


def with_slips(dice: Dice, draft: Draft, horizon: Day) -> list[Draft]:
    """The drafts by which one fact comes to be recorded: mostly itself alone."""
    if isinstance(draft.fact, JoinedParty) and draft.fact.full_on is None:
        return _full_member(dice, draft, draft.fact, horizon)
    if not dice.chance(SLIP_SHARE):
        return [draft]
    found = draft.day + (dice.below(40) if dice.chance(0.7) else dice.below(900))
    if found + LONGEST_MENDING > horizon:
        return [draft]
    return _mended(dice, draft, dice.of(_MENDINGS), found)


def _mended(dice: Dice, draft: Draft, mending: Mending, found: Day) -> list[Draft]:
    right, wrong = draft.fact, _slip(dice, draft.fact)
    if mending == "doubled" or wrong is None:
        double = _later(dice, draft, draft.day, right)
        return [draft, double, _voiding(dice, double, found, "重复录入")]
    if mending == "undone":
        mistaken = _correction(dice, draft, found, wrong)
        return [draft, mistaken, _voiding(dice, mistaken, found, "更正有误,恢复原记录")]
    draft.fact = wrong
    if mending == "anew":
        voiding = _voiding(dice, draft, found, "录入有误,另行补录")
        return [draft, voiding, _later(dice, voiding, found, right)]
    if mending == "corrected_twice":
        half_right = _correction(dice, draft, found, _slip(dice, right) or wrong)
        return [draft, half_right, _correction(dice, half_right, found, right)]
    return [draft, _correction(dice, draft, found, right)]


def _later(dice: Dice, after: Draft, day: Day, fact: PlainFact) -> Draft:
    """Another entry of the same office, on a workday after that of `after`, `day` at the earliest."""
    on = workday_from(max(day, after.day + 1 + dice.below(4)))
    return Draft(on, office_second(dice), after.office, fact)


def _correction(dice: Dice, amends: Draft, day: Day, fact: PlainFact, reason: str = "") -> Draft:
    draft = _later(dice, amends, day, fact)
    draft.amends, draft.reason = amends, reason or dice.pick(_REASONS)
    return draft


def _voiding(dice: Dice, amends: Draft, day: Day, reason: str) -> Draft:
    draft = _later(dice, amends, day, amends.fact)
    draft.amends, draft.reason, draft.voids = amends, reason, True
    return draft


def _full_member(dice: Dice, draft: Draft, fact: JoinedParty, horizon: Day) -> list[Draft]:
    """Entered on joining; the day of full membership 转正 is added when it has come."""
    full = months_later(fact.on.toordinal(), 12)
    day = full + dice.between(5, 40)
    if max(day, draft.day) + LONGEST_MENDING > horizon:
        return [draft]
    known = replace(fact, full_on=date.fromordinal(full))
    return [draft, _correction(dice, draft, day, known, "预备期满转正")]


def _slip(dice: Dice, fact: PlainFact) -> PlainFact | None:
    """The fact as a clerk might mistype it, still one that could be true; None if it would rather be entered twice."""
    field = _DAYS.get(type(fact))
    if field is not None and dice.chance(0.8):
        return _misdated(dice, fact, field)
    mistyped: dict[str, object]
    match fact:
        case Trained(hours=hours):
            mistyped = {"hours": dice.pick([other for other in (4.0, 8.0, 16.0, 20.0) if other != hours])}
        case Assessed(result=result):
            mistyped = {"result": "excellent" if result == "competent" else "competent"}
        case Graded(level=level) | Promoted(level=level):
            mistyped = {"level": level + 1 if level < 18 else 17}
        case Commended(level=honour):
            mistyped = {"level": "street" if honour == "banner" else "banner"}
        case Certified(certificate_no=number):
            mistyped = {"certificate_no": number[:-1] + str(9 - int(number[-1]))}
        case Registered(name=name):
            mistyped = {"name": name[0] + dice.pick("宏洪红鸿虹")}
        case _:
            return None
    return replace(fact, **mistyped)


_DAYS: dict[type[Fact], str] = {
    Hired: "on",
    TransferredIn: "first_day",
    TransferredOut: "last_day",
    TermStarted: "on",
    LeaveStarted: "first_day",
    Seconded: "first_day",
    Trained: "first_day",
    Promoted: "on",
}
"""The day that is most easily mistyped."""


def _misdated(dice: Dice, fact: PlainFact, field: str) -> PlainFact:
    """Dated some days or a month too early: never later than it is recorded."""
    day: date = getattr(fact, field)
    return replace(fact, **{field: day - timedelta(days=dice.pick((1, 2, 3, 7, 10, 30, 31)))})
