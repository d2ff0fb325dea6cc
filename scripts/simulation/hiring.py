"""Hirings with their contract and probation, training before the first post, and earlier service that is recognised."""

from datetime import date

from domain import divisions
from domain.calendar import Day, corresponding_day
from domain.facts import Hired, PriorServiceRecognised, ProbationAssessed, Trained
from domain.facts.service import PriorKind, Role
from scripts.simulation.dice import Odds
from scripts.simulation.rounds import workday_from
from scripts.simulation.story import Stay, Stint, Story, day_of

LAST_GRID_DAY = date(2024, 8, 20).toordinal()
"""Grid workers were hired as community workers from 2024-08-21 on (Art. 10(3))."""

_PRIOR = Odds[PriorKind](("grid_worker", 6), ("military", 2), ("other_region", 2))


def months_later(day: Day, months: int) -> Day:
    """The corresponding day some months later."""
    return corresponding_day(day_of(day), months).toordinal()


def hire(story: Story, on: Day, community: str, role: Role, *, full_time: bool = True) -> Stint:
    """Hire into a community; the stint is open until something ends it."""
    dice = story.dice
    first_ever = not story.stints
    probation = first_ever or (on - story.stints[-1].last > 90 and dice.chance(0.8))
    stint = Stint(on, story.world.horizon + 3650, [Stay(on, community)], role, full_time, probation=probation)
    story.stints.append(stint)
    fact = Hired(
        on=day_of(on),
        community=community,
        role=role,
        full_time=full_time,
        probation_until=day_of(months_later(on, 6) - 1) if probation else None,
        contract_until=day_of(months_later(on, 36) - 1) if dice.chance(0.7) else None,
    )
    story.tell(fact, on, community[: divisions.STREET])
    if first_ever:
        _train_before(story, on)
    return stint


def assess_probation(story: Story, stint: Stint) -> None:
    """Mostly in the last days of the six months, if there is a probation; now and then too late, or not at all."""
    dice = story.dice
    if not stint.probation:
        return
    until = months_later(stint.first, 6) - 1
    if stint.item == 1:
        on, passed = workday_from(until - dice.between(8, 20)), False
    elif stint.last < until or dice.chance(0.03):
        return
    else:
        late = dice.chance(0.04)
        on = workday_from(until + dice.between(3, 60) if late else until - dice.between(10, 24))
        passed = not dice.chance(0.008)
    story.tell(ProbationAssessed(on=day_of(on), passed=passed), on, stint.street_on(on))


def recognise_prior_service(story: Story) -> None:
    """Before the first post: as a grid worker, in the army, in another region. Recognised some months after hiring."""
    dice, first = story.dice, story.stints[0].first
    if not dice.chance(0.14):
        return
    kind = dice.of(_PRIOR)
    if kind == "military" and story.person.sex == "female" and dice.chance(0.8):
        kind = "grid_worker"
    last = min(first - dice.pick((1, 1, 3, 32, 95, 400)), LAST_GRID_DAY)
    begin = last - dice.between(300, 2200)
    grown_up = months_later(story.person.born, 18 * 12)
    if begin < grown_up:
        return
    fact = PriorServiceRecognised(first_day=day_of(begin), last_day=day_of(last), kind=kind)
    known = workday_from(first + dice.between(20, 300))
    story.tell(fact, known, story.street_on(known))


def _train_before(story: Story, on: Day) -> None:
    """Training before the first post: the newer the hiring, the more usual, and 24 hours long."""
    dice, year = story.dice, day_of(on).year
    if not dice.chance(0.93 if year >= 2024 else 0.6 if year >= 2018 else 0.2):
        return
    first = workday_from(on - dice.between(9, 21))
    hours = 24.0 if dice.chance(0.85) else 16.0
    last = workday_from(workday_from(first + 1) + 1) if hours == 24.0 else workday_from(first + 1)
    fact = Trained(
        first_day=day_of(first),
        last_day=day_of(last),
        hours=hours,
        kind="pre_post",
        mode="offline" if dice.chance(0.95) else "online",
    )
    story.tell(fact, last, story.person.home[: divisions.BANNER])
