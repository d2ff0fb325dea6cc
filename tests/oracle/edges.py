"""Days and places of random careers: those where rules have their edges, and a few real communities."""

from datetime import date

from domain.divisions import names
from tests.oracle.days import IN_FORCE, after, before, each_day, is_rest_day, ranges

FIRST, LAST = date(2005, 1, 1), date(2026, 11, 20)
"""The days between which things happen."""

STREETS = ("150102001", "150102002", "150203001", "150702001")
"""Two of one banner, two of other leagues."""

COMMUNITIES = {street: [c for c in sorted(names()) if len(c) == 12 and c.startswith(street)][:3] for street in STREETS}


def _edges() -> list[date]:
    days = list(each_day(FIRST, LAST))
    found = {day for day in days if day.day == 1 or after(day).day == 1 or (day.month, day.day) == (2, 28)}
    found |= {near for day in (IN_FORCE,) for near in (before(day), day, after(day))}
    for first, last in ranges(day for day in days if is_rest_day(day)):
        if (last - first).days >= 2:
            found |= {before(first), first, last, after(last)}
    return sorted(day for day in found if FIRST <= day <= LAST)


EDGES = _edges()
"""Days at which rules have their edges: of months, of leap years, of holidays, of the regulation."""

STARTS = [day for day in EDGES if day.year < 2020 or IN_FORCE <= day < date(2024, 11, 1)]
"""Days on which a career may begin: long enough ago, or just under the regulation."""
