"""When the committees of a street's communities are elected anew 换届.

Three-year terms until 2018, five-year terms since (城市居民委员会组织法, revised 2018-12-29); in Inner Mongolia the
elections of 2012, 2015, 2018, January 2021 and January 2026.
"""

from datetime import date

from msgspec import Struct

from domain.calendar import Day, corresponding_day
from scripts.simulation.dice import Dice
from scripts.simulation.rounds import workday_from

_MONTHS = ((2003, 6), (2006, 6), (2009, 6), (2012, 5), (2015, 6), (2018, 6), (2021, 1), (2026, 1))
FIVE_YEARS_SINCE = date(2018, 12, 29).toordinal()
"""Terms that begin on this day or later last five years, earlier ones three."""


class Turnover(Struct, frozen=True):
    """One turnover: the party organisation 党组织 is elected some days before the residents' committee 居委会."""

    party: Day
    residents: Day
    early: bool


def turnovers(banner: Dice, street: Dice, horizon: Day) -> tuple[Turnover, ...]:
    """A street's turnovers, the last of them after `horizon`. A banner's streets elect within the same days."""
    result = []
    for year, month in _calls(date.fromordinal(horizon).year):
        day = date(year, month, 1).toordinal() + banner.between(4, 28) + street.below(5)
        early = street.chance(0.03)
        if early:
            day -= street.between(150, 420)
        party = workday_from(day)
        result.append(Turnover(party, workday_from(party + street.between(5, 20)), early))
    return tuple(result)


def expected_until(start: Day) -> date:
    """The planned last day of a term that begins on `start`."""
    months = 60 if start >= FIVE_YEARS_SINCE else 36
    return date.fromordinal(corresponding_day(date.fromordinal(start), months).toordinal() - 1)


def _calls(year: int) -> list[tuple[int, int]]:
    last = _MONTHS[-1][0]
    return [*_MONTHS, *((later, 1) for later in range(last + 5, year + 7, 5))]
