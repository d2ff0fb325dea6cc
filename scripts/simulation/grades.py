"""Grades 岗位等级 and promotions (Art. 23): a first grade, a step about every three years, recognised at transfers."""

from datetime import date
from typing import Literal

from domain import divisions
from domain.calendar import Day
from domain.facts import Graded, Promoted, Track
from scripts.simulation.rounds import workday_from
from scripts.simulation.story import Story, day_of

Step = Literal["promoted", "recognised", "reassessed"]

HIGHEST_LEVEL = 18


def scheme_year(league: str) -> int:
    """The year in which a league brought in its grades: one after another, from 2012 to 2018."""
    return 2012 + int(league[2:4]) % 7


def be_graded(story: Story) -> None:
    """All grades of a career, each while in a post."""
    dice = story.dice
    joined = story.stints[0].first
    year = scheme_year(story.person.home[: divisions.LEAGUE])
    begin = workday_from(max(joined + dice.between(190, 400), _spring(year) + dice.below(60)))
    if dice.chance(0.04) or story.stint_on(begin) is None:
        return
    level = 1 + (begin - joined) // 1100 + dice.below(2)
    track = _track(story, begin)
    _grade(story, begin, track, level, "initial")
    for day, step in _steps(story, begin):
        if story.stint_on(day) is None:
            continue
        if step == "promoted" and dice.chance(0.015) and level > 1:
            level -= 1
            _grade(story, day, track, level, "demoted")
        elif step == "promoted":
            level = min(HIGHEST_LEVEL, level + 1)
            fact = Promoted(on=day_of(day), track=track, level=level)
            story.tell(fact, day, story.street_on(day))
        elif step == "recognised" or _track(story, day) != track:
            track = _track(story, day)
            _grade(story, day, track, level, step)


def _steps(story: Story, begin: Day) -> list[tuple[Day, Step]]:
    dice, horizon = story.dice, story.world.horizon
    steps: list[tuple[Day, Step]] = []
    day = begin + dice.between(700, 1200)
    while day <= horizon:
        steps.append((workday_from(day), "promoted"))
        day += dice.between(1000, 1200)
    steps += [(workday_from(s.first + dice.between(15, 70)), "recognised") for s in story.stints[1:]]
    steps += [
        (workday_from(first + dice.between(20, 90)), "reassessed")
        for first, _ in (*story.headships, *story.deputyships)
    ]
    return sorted(step for step in steps if step[0] > begin)


def _grade(
    story: Story, day: Day, track: Track, level: int, basis: Literal["initial", "recognised", "reassessed", "demoted"]
) -> None:
    story.tell(Graded(on=day_of(day), track=track, level=level, basis=basis), day, story.street_on(day))


def _track(story: Story, day: Day) -> Track:
    if story.head_in(day, day):
        return "head"
    return "deputy" if any(begin <= day <= last for begin, last in story.deputyships) else "staff"


def _spring(year: int) -> Day:
    return date(year, 3, 1).toordinal()
