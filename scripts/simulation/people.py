"""Who a worker is: born, sex, name, ID card number, and the round in which the career begins."""

from datetime import date

from msgspec import Struct
from stdnum.cn import ric

from domain import divisions
from domain.calendar import Day, corresponding_day
from domain.facts.person import Sex
from domain.facts.service import Role
from scripts.simulation import names
from scripts.simulation.dice import Dice, Odds
from scripts.simulation.world import World

DECADE = 3652
"""Birthdays of the workers numbered 0, 1, 2 … go round this many days, so that no two ID card numbers are the same."""

MOST_WORKERS = DECADE * 500
"""So many workers have different ID card numbers by construction: five hundred for each birthday and sex."""

_DECADES = {
    "specialist": Odds[int]((0, 0.31), (1, 0.66), (-1, 0.03)),
    "committee": Odds[int]((0, 0.5), (1, 0.35), (-1, 0.15)),
}
"""How old at the first hiring: 30–39, 20–29, or 40–49 years."""


class Person(Struct, frozen=True):
    """A worker. `key` is the staff number by which the office calls them."""

    key: str
    name: str
    identity: str
    sex: Sex
    born: Day
    home: str
    hired_on: Day
    role: Role


def person(world: World, dice: Dice, place: int) -> Person:
    """The worker at this place of the count, from 0."""
    home = dice.pick(world.homes)
    banner, league = home[: divisions.BANNER], home[: divisions.LEAGUE]
    hired_on = dice.of(world.rounds(banner))
    role: Role = "committee" if dice.chance(0.3) else "specialist"
    sex: Sex = "female" if dice.chance(0.66) else "male"
    born = _born(dice, hired_on, role, place)
    return Person(
        key=f"{banner}-{place + 1:04}",
        name=names.name(dice, sex, league),
        identity=_identity(_birthplace(world, dice, banner), born, sex, place),
        sex=sex,
        born=born,
        home=home,
        hired_on=hired_on,
        role=role,
    )


def _born(dice: Dice, hired_on: Day, role: Role, place: int) -> Day:
    """A birthday in the decade that gives the age; within it the day follows from the worker's place."""
    not_yet_forty = corresponding_day(date.fromordinal(hired_on), -480).toordinal() + 1
    begin = not_yet_forty + dice.of(_DECADES[role]) * DECADE
    return begin + (place * 1597 - begin) % DECADE


def _birthplace(world: World, dice: Dice, banner: str) -> str:
    """Mostly the banner of the first post, else one of its league, else any."""
    places = world.atlas.birthplaces
    near = places[banner[: divisions.LEAGUE]]
    if banner in near and dice.chance(0.7):
        return banner
    return dice.pick(near if dice.chance(0.75) else places[dice.pick(tuple(places))])


def _identity(area: str, born: Day, sex: Sex, place: int) -> str:
    """Area, birthday, sequence (odd for men), check digit. Source: GB 11643."""
    round_, day = divmod(place, DECADE)
    sequence = (round_ + 7 * day) % 500 * 2 + (sex == "male")
    number = f"{area}{date.fromordinal(born):%Y%m%d}{sequence:03}"
    return number + str(ric.calc_check_digit(number + "0"))
