"""Trainings and their hours (Art. 20): few at first, from 2024 on towards 56 or 40 hours a year."""

from domain import divisions
from domain.facts import Trained
from domain.facts.merit import TrainingMode
from scripts.simulation.dice import Odds
from scripts.simulation.rounds import workday_from
from scripts.simulation.story import Stint, Story, day_of, in_year

_SESSIONS = {2002: (1, 2), 2009: (2, 3), 2014: (2, 4), 2019: (3, 5)}
"""How many trainings a year, at least and at most, from that year on."""

SHORT_SHARE = 0.12
"""Share of worker's years since 2024 that stop before the hours are reached."""

_HOURS = Odds[float]((4.0, 14), (7.5, 6), (8.0, 30), (12.0, 10), (16.0, 25), (24.0, 15))
_MODES = Odds[TrainingMode](("offline", 6), ("online", 4))
_COURSES = ("社区党建", "网格化服务", "矛盾调解", "民族团结", "应急处置", "为老服务", "社区治理", "心理疏导")
_ORGANISERS = ("区委党校", "社会工作部", "组织部", "民政局")


def train(story: Story) -> None:
    """All special trainings of a career."""
    for stint in story.stints:
        for year in story.years(stint):
            first, last = in_year(stint, year)
            if last - first < 40:
                continue
            if year >= 2024:
                hours = _hours_needed(story, first, last)
            else:
                low, high = next(span for since, span in reversed(_SESSIONS.items()) if since <= year)
                sessions = story.dice.between(low, high) * (last - first + 1)
                hours = [story.dice.of(_HOURS) for _ in range((sessions + 180) // 365)]
            for place, session in enumerate(hours):
                _attend(story, stint, session, first + (last - first) * place // len(hours), last)


def _hours_needed(story: Story, first: int, last: int) -> list[float]:
    """Hours of trainings that together reach the law's, in proportion in a part of a year; some stop short."""
    dice = story.dice
    target = (56 if story.head_in(first, last) else 40) * (last - first + 1) / 365
    if dice.chance(SHORT_SHARE):
        target *= 0.6
    hours: list[float] = []
    while sum(hours) < target:
        hours.append(dice.of(_HOURS))
    return hours


def _attend(story: Story, stint: Stint, hours: float, earliest: int, latest: int) -> None:
    """One training: whole days if offline, some weeks if online; left out if it would reach past `latest`."""
    dice = story.dice
    mode = dice.of(_MODES)
    first = workday_from(earliest + dice.below(max(1, min(120, latest - earliest - 12))))
    last = first
    if mode == "online":
        last = workday_from(first + dice.below(20))
    else:
        for _ in range(int((hours - 0.5) // 8)):
            last = workday_from(last + 1)
    if last > latest:
        return
    described = dice.chance(0.12)
    fact = Trained(
        first_day=day_of(first),
        last_day=day_of(last),
        hours=hours,
        kind="special",
        mode=mode,
        course=dice.pick(_COURSES) if described else "",
        organiser=dice.pick(_ORGANISERS) if described and dice.chance(0.4) else "",
    )
    story.tell(fact, last, stint.community_on(last)[: divisions.BANNER])
