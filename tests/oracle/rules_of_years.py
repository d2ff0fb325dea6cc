"""Rules about calendar years: training and assessments (Art. 20, 28, 37)."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import pairwise

from domain.facts import Assessed, TermStarted, Trained
from tests.oracle.days import each_day
from tests.oracle.rules_of_posts import last_day_of_service
from tests.oracle.verdict import Asked, Held

HOURS, HOURS_OF_HEADS = 40, 56
"""学时 a year (Art. 20)."""


def finished_years(asked: Asked) -> Iterator[list[date]]:
    """The days of every calendar year that is over on the asked day."""
    if asked.posts():
        for year in range(asked.posts()[0].first.year, asked.on.year):
            yield list(each_day(date(year, 1, 1), date(year, 12, 31)))


def training_rules(asked: Asked) -> Iterator[Held]:
    for year in finished_years(asked):
        special = [fact for fact in asked.notes(Trained) if fact.kind == "special"]
        hours = sum(fact.hours for fact in special if fact.last_day in year)
        if hours < _owed(asked, year):
            yield Held("20", "training_hours_short", "breach", year[0], year[-1])


def _owed(asked: Asked, year: list[date]) -> Fraction:
    """Read pro rata, every day in a post owes its part of the year's hours, as head or not on that day."""
    in_post = [day for day in year if _in_post(asked, day)]
    as_head = [day for day in in_post if _is_head(asked, day)]
    if asked.readings["training_year"] == "pro_rata":
        others = len(in_post) - len(as_head)
        return Fraction(len(as_head) * HOURS_OF_HEADS + others * HOURS, len(year))
    if in_post != year:
        return Fraction(0)
    return Fraction(HOURS_OF_HEADS if as_head else HOURS)


def _in_post(asked: Asked, day: date) -> bool:
    return any(post.holds(day) for post in asked.posts())


def _is_head(asked: Asked, day: date) -> bool:
    """Secretary or director."""
    return any(
        term.holds(day) and isinstance(term.opened, TermStarted) and term.opened.office in ("secretary", "director")
        for term in asked.timeline.terms
    )


def assessment_rules(asked: Asked) -> Iterator[Held]:
    known = [fact for fact in asked.notes(Assessed) if fact.confirmed_on <= asked.on]
    for year in finished_years(asked):
        in_post = any(_in_post(asked, day) for day in year)
        if in_post and year[0].year not in [fact.year for fact in known]:
            yield Held("28", "assessment_missing", "breach", year[0], year[-1])
    yield from _two_incompetent_years(asked, known)


def _two_incompetent_years(asked: Asked, known: list[Assessed]) -> Iterator[Held]:
    """Two assessed years that follow each other; over a skipped year it is for a person to say."""
    for earlier, later in pairwise(sorted(known, key=lambda fact: fact.year)):
        if earlier.result == later.result == "incompetent":
            adjacent = later.year == earlier.year + 1 or asked.readings["two_fails"] == "ignore_skipped"
            since = max(earlier.confirmed_on, later.confirmed_on)
            severity = "breach" if adjacent else "review"
            yield Held("37(2)", "two_incompetent_years", severity, since, last_day_of_service(asked, since))
