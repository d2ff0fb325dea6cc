"""Secondments 借调 (Art. 24): to the street for up to three months with approval; and what is done instead."""

from typing import Literal

from domain import divisions
from domain.calendar import Day
from domain.facts import Seconded, SecondmentEnded
from scripts.simulation.dice import Odds
from scripts.simulation.rounds import workday_from
from scripts.simulation.story import Stint, Story, day_of

Way = Literal["lawful", "unapproved", "too_long", "chained", "bureau"]

_BEFORE_2024 = Odds[Way](("lawful", 3), ("unapproved", 4), ("too_long", 5), ("chained", 2), ("bureau", 6))
_SINCE_2024 = Odds[Way](("lawful", 9), ("unapproved", 3), ("too_long", 3), ("chained", 2), ("bureau", 2))
_STREET_OFFICES = ("街道党建办", "街道综治中心", "街道民政办", "街道党政综合办", "街道社会事务办")
_BUREAUS = ("民政局", "政法委", "卫健委", "组织部", "住建局", "信访局", "文明办")
_LENGTHS: dict[Way, tuple[int, int]] = {
    "lawful": (20, 88),
    "unapproved": (20, 88),
    "too_long": (100, 420),
    "chained": (60, 89),
    "bureau": (30, 800),
}


def lend(story: Story, stint: Stint, day: Day) -> None:
    """One secondment, or a chain of them with less than 30 days between."""
    dice, year = story.dice, day_of(day).year
    way = dice.of(_SINCE_2024 if year > 2024 else _BEFORE_2024)
    host = _kind_of_banner(stint, day) + dice.pick(_BUREAUS) if way == "bureau" else dice.pick(_STREET_OFFICES)
    for _ in range(dice.between(2, 4) if way == "chained" else 1):
        last = day + dice.between(*_LENGTHS[way])
        if not _tell_link(story, stint, way, host, day, last):
            return
        day = workday_from(last + dice.between(3, 20))


def _tell_link(story: Story, stint: Stint, way: Way, host: str, first: Day, last: Day) -> bool:
    """One link, if its days are free; lent until the end of all service, it has no end of its own."""
    dice = story.dice
    never_back = stint.ends_all and last >= stint.last
    last = min(last, stint.last)
    if not story.book(first, last):
        return False
    approved = way == "lawful" or (way in ("too_long", "chained") and dice.chance(0.5))
    street = stint.street_on(first)
    fact = Seconded(
        first_day=day_of(first),
        host=host,
        host_level="banner_or_above" if way == "bureau" else "street",
        approval=f"社工借〔{day_of(first).year}〕{dice.between(1, 60)}号" if approved else "",
        planned_last_day=day_of(min(last, first + 88)) if dice.chance(0.6) else None,
    )
    story.tell(fact, first, street)
    if not never_back:
        story.tell(SecondmentEnded(last_day=day_of(last)), last, street)
    return True


def _kind_of_banner(stint: Stint, day: Day) -> str:
    """区, 旗, 县 or 市, as people would say before the bureau's name."""
    name = divisions.name(stint.community_on(day)[: divisions.BANNER])
    return name[-1] if name[-1] in "区旗县市" else "区"
