"""The office that records: when, by whom, on which document; and the lines of the file.

Recorded in office hours of a workday, some days after the fact became known; a few months or years later 补录.
"""

import hashlib
from collections.abc import Iterator

import msgspec
from msgspec import Struct

from domain import divisions
from domain.calendar import Day
from domain.entry import Evidence
from domain.facts import (
    AnyFact,
    Commended,
    Dismissed,
    Fact,
    Graded,
    Hired,
    PriorServiceRecognised,
    Promoted,
    TermStarted,
    TransferredIn,
    TransferredOut,
)
from scripts.simulation.dice import Dice
from scripts.simulation.rounds import workday_from
from scripts.simulation.slips import Draft, office_second, with_slips
from scripts.simulation.story import Story, Told, day_of

LATE_SHARE = 0.06
"""Share of facts recorded some weeks or months late."""

BELATED_SHARE = 0.012
"""Share of facts recorded up to six years late 补录."""

_ON_DOCUMENTS: tuple[type[Fact], ...] = (
    Hired,
    TransferredOut,
    TransferredIn,
    TermStarted,
    Graded,
    Promoted,
    Dismissed,
    Commended,
)
_EVIDENT: dict[type[Fact], tuple[str, float]] = {
    PriorServiceRecognised: ("archive", 0.7),
    TransferredIn: ("dossier", 0.3),
    Dismissed: ("decision", 0.6),
    Hired: ("contract", 0.12),
    Commended: ("certificate", 0.1),
}


class Line(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One line of an import file, its keys in the order of the contract."""

    worker: str
    recorded_at: str
    recorded_by: str
    act: str = ""
    evidence: tuple[Evidence, ...] = ()
    fact: AnyFact


_ENCODER = msgspec.json.Encoder()


def record(story: Story) -> Iterator[bytes]:
    """The lines of one worker in the order of recording; no two are recorded in the same second."""
    dice, horizon = story.dice, story.world.horizon
    drafts: list[Draft] = []
    for told in story.told:
        drafts += with_slips(dice, _draft(dice, told, horizon), horizon)
    drafts.sort(key=_moment)
    before = (0, 0)
    for number, draft in enumerate(drafts, start=1):
        if _moment(draft) <= before:
            draft.day, draft.second = before[0], before[1] + 1
        before = _moment(draft)
        draft.number = number
        yield _ENCODER.encode(_line(story, draft)) + b"\n"


def _moment(draft: Draft) -> tuple[Day, int]:
    return draft.day, draft.second


def _draft(dice: Dice, told: Told, horizon: Day) -> Draft:
    """When a fact is recorded: on a workday, not after the horizon."""
    delay = dice.below(12)
    if dice.chance(LATE_SHARE):
        delay = dice.between(20, 150)
    elif dice.chance(BELATED_SHARE):
        delay = dice.between(200, 2200)
    day = min(horizon, workday_from(told.known + delay))
    return Draft(day, office_second(dice), told.office, told.fact)


def _line(story: Story, draft: Draft) -> Line:
    fact = draft.written("chief-" + draft.office[: divisions.BANNER])
    day = day_of(draft.day)
    hour, rest = divmod(draft.second, 3600)
    return Line(
        worker=story.person.key,
        recorded_at=f"{day.isoformat()}T{hour:02}:{rest // 60:02}:{rest % 60:02}Z",
        recorded_by="clerk-" + draft.office,
        act=_act(story.dice, fact, day.year),
        evidence=_evidence(story, fact, draft.number),
        fact=fact,
    )


def _act(dice: Dice, fact: AnyFact, year: int) -> str:
    """The document 文号 on which a fact rests; not every clerk enters it."""
    if isinstance(fact, _ON_DOCUMENTS) and dice.chance(0.4):
        return f"社工〔{year}〕{dice.between(1, 120)}号"
    return ""


def _evidence(story: Story, fact: AnyFact, number: int) -> tuple[Evidence, ...]:
    kind, share = _EVIDENT.get(type(fact), ("", 0.0))
    if not kind or not story.dice.chance(share):
        return ()
    reference = f"档{story.person.key}-{number}"
    return (Evidence(kind, reference, hashlib.sha256(reference.encode()).hexdigest()),)
