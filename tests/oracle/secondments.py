"""Chains of secondments, their limit, and which days are past it (Art. 24)."""

from datetime import date

from domain.facts import Seconded
from tests.oracle.days import IN_FORCE, add_months, after, before, is_rest_day, strictly_between
from tests.oracle.readings import Readings
from tests.oracle.timeline import Stretch, Timeline


def chains(timeline: Timeline) -> list[list[Stretch]]:
    """Secondments in order; one follows the one before if fewer than 30 days lie between."""
    found: list[list[Stretch]] = []
    for secondment in sorted(timeline.secondments, key=lambda one: (one.first, one.number)):
        previous = found[-1][-1].last if found else None
        if previous is not None and strictly_between(previous, secondment.first) < 30:
            found[-1].append(secondment)
        else:
            found.append([secondment])
    return found


def limit(first: date, readings: Readings) -> date:
    """The last lawful day of a chain that began on `first`: three months."""
    day = add_months(first, 3)
    if readings["limit"] == "inclusive":
        return before(day)
    if readings["limit"] == "rollover":
        while is_rest_day(day):
            day = after(day)
    return day


def limits(timeline: Timeline, readings: Readings) -> dict[Stretch, date]:
    """For every secondment, the last lawful day of its chain."""
    return {link: limit(chain[0].first, readings) for chain in chains(timeline) for link in chain}


def is_unlawful(secondment: Stretch, last_lawful: date, day: date) -> bool:
    """Whether a day of a secondment is at a banned host or past the limit; none was unlawful before the regulation."""
    assert isinstance(secondment.opened, Seconded)
    banned = secondment.opened.host_level == "banner_or_above"
    return day >= IN_FORCE and (banned or day > last_lawful)
