"""How service ends: retirement, resignation, dismissal, death, a post elsewhere, a contract that runs out."""

from datetime import date

from domain.calendar import Day
from domain.facts import AppointedOut, ContractEnded, Died, Dismissed, PlainFact, Resigned, Retired
from domain.facts.service import Destination
from scripts.simulation.dice import Odds
from scripts.simulation.hiring import months_later
from scripts.simulation.rounds import workday_from
from scripts.simulation.story import End, Stint, Story, day_of

_ITEMS = Odds[int]((2, 30), (3, 30), (4, 12), (5, 10), (6, 18))
"""The item of Art. 37 on which a dismissal rests."""

_DESTINATIONS = Odds[Destination](("public_institution", 6), ("civil_service", 3), ("street_leadership", 1))
_RETIREMENT = {"male": (60, date(1965, 1, 1)), "female": (55, date(1970, 1, 1))}
"""The age, and the birthday from which it rises by a month for every four months. Source: 延迟退休办法 (2025)."""


def retire(story: Story, stint: Stint, before: Day) -> bool:
    """End the post by retirement if its day comes before `before`; some stay on too long."""
    age, rises_from = _RETIREMENT[story.person.sex]
    born = day_of(story.person.born)
    months = (born.year - rises_from.year) * 12 + born.month - rises_from.month
    delay = min(36, months // 4 + 1) if months >= 0 else 0
    last = months_later(story.person.born, age * 12 + delay)
    if story.dice.chance(0.08):
        last += story.dice.between(60, 500)
    if last > before:
        return False
    last = max(last, stint.first + 200)
    _close(story, stint, last, "retired", Retired(last_day=day_of(last)))
    return True


def end_contract(story: Story, stint: Stint, last: Day) -> None:
    """End one post: the contract ran out (Art. 12)."""
    _close(story, stint, last, "contract", ContractEnded(last_day=day_of(last)))


def fail_probation(story: Story, stint: Stint) -> None:
    """Dismissed at the end of the probation that was failed (Art. 37(1))."""
    _dismiss(story, stint, months_later(stint.first, 6) - 1 + story.dice.below(5), 1)


def end_all(story: Story, stint: Stint, last: Day, move: str) -> None:
    """End all service in the way that the move says."""
    dice, day = story.dice, day_of(last)
    if move == "dismissed":
        _dismiss(story, stint, last, dice.of(_ITEMS))
    elif move == "died":
        _close(story, stint, last, "died", Died(on=day))
    elif move == "taken":
        _close(story, stint, last, "appointed_out", AppointedOut(last_day=day, to=dice.of(_DESTINATIONS)))
    else:
        submitted = day_of(workday_from(last - dice.between(30, 38))) if dice.chance(0.6) else None
        _close(story, stint, last, "resigned", Resigned(last_day=day, submitted_on=submitted))


def _dismiss(story: Story, stint: Stint, last: Day, item: int) -> None:
    day = workday_from(last)
    stint.item = item
    _close(story, stint, day, "dismissed", Dismissed(last_day=day_of(day), item=item))


def _close(story: Story, stint: Stint, last: Day, end: End, fact: PlainFact) -> None:
    stint.last, stint.end = last, end
    story.tell(fact, last, stint.street_on(last))
