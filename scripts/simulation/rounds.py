"""When a banner hires: rounds in spring or autumn, every year or two, on a workday (Art. 8)."""

from datetime import date
from functools import cache

from domain.calendar import Day, next_workday
from scripts.simulation.dice import Dice, Odds

FIRST_YEAR = 2002
"""The year of the earliest hiring round."""

LATEST_FIRST_ROUND = date(2004, 12, 31)
"""By the end of this day every banner has hired at least once."""

workday_from = cache(next_workday)
"""The first workday on or after a day, kept for every day that was asked."""

_MONTHS = Odds[int]((3, 3), (4, 3), (5, 2), (7, 1), (8, 2), (9, 4), (10, 2))
_SIZES = {2002: 1.3, 2008: 2.0, 2014: 2.0, 2020: 1.5, 2024: 1.1}
"""How many are hired in a round from that year on, against each other."""


def hiring_rounds(dice: Dice, horizon: Day) -> Odds[Day]:
    """The first days of a banner's hiring rounds up to `horizon`, weighted by how many are hired in each."""
    rounds: list[tuple[Day, float]] = []
    year = FIRST_YEAR + dice.below(2)
    while True:
        first_of_month = date(year, dice.of(_MONTHS), dice.pick((1, 1, 15))).toordinal()
        day = workday_from(first_of_month)
        if day > horizon:
            return Odds(*rounds)
        rounds.append((day, next(size for since, size in reversed(_SIZES.items()) if since <= year)))
        year += 1 if dice.chance(0.65) else 2
