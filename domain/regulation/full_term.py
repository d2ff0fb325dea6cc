"""A full term as secretary 任满一届 (Art. 32): from when on one has been served, under each reading of it."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from domain.calendar import Day, corresponding_day
from domain.career import Career, Term
from domain.facts import TermEnded, TermStarted
from domain.regulation.article import article
from domain.regulation.numbers import TERM_MONTHS
from domain.regulation.offices import Tenure, tenures, tenures_by_community, terms_as
from domain.regulation.readings import Readings
from domain.words import Phrase, Reason

THREE_YEARS = 36
"""Months of the reading `over_3_years`; more than that is needed."""

SERVED = Phrase(
    "{first} 当选,任至 {last} 换届,任满一届", "elected on {first} and served to the turnover of {last}: a full term"
)
MONTHS = Phrase(
    "自 {first} 起在同一社区连续任书记满 {months} 个月", "secretary in one community for {months} months from {first}"
)
OVER_MONTHS = Phrase(
    "自 {first} 起在同一社区连续任书记超过 {months} 个月",
    "secretary in one community for more than {months} months from {first}",
)
ACROSS = Phrase(
    "{first} 当选,至 {last} 换届,其间每日均任书记",
    "elected on {first}, and secretary on every day to the turnover of {last}",
)


class Served(NamedTuple):
    """The day from which on a full term has been served, what it rests on, and why."""

    since: Day
    entries: tuple[int, ...]
    why: Reason


@article("32", "任社区党组织书记满一届")
def full_terms(career: Career, readings: Readings) -> list[Served]:
    """Every full term, the earliest completed first. A term counts from the day after its last day."""
    terms = terms_as(career, "secretary")
    return sorted(_BY_READING[readings.full_term](terms), key=lambda served: served.since)


def _by_term(terms: list[Term]) -> list[Served]:
    """Elected at the start of the term, served to its turnover in one community."""
    return [
        Served(term.end, term.entries, SERVED(first=_day(term.begin), last=_day(term.end - 1)))
        for term in terms
        if _elected(term) and _to_turnover(term)
    ]


def _for_months(terms: list[Term]) -> list[Served]:
    return [
        Served(full, tenure.entries, MONTHS(first=_day(tenure.begin), months=TERM_MONTHS))
        for tenure in tenures_by_community(terms)
        if (full := _after(tenure, TERM_MONTHS)) <= tenure.end
    ]


def _over_three_years(terms: list[Term]) -> list[Served]:
    """More than three years: at least one day past them."""
    return [
        Served(full + 1, tenure.entries, OVER_MONTHS(first=_day(tenure.begin), months=THREE_YEARS))
        for tenure in tenures_by_community(terms)
        if (full := _after(tenure, THREE_YEARS)) < tenure.end
    ]


def _across_communities(terms: list[Term]) -> list[Served]:
    """From an elected start to the turnover of this term or a later one, secretary on every day, anywhere."""
    return [
        Served(end.end, tenure.entries, ACROSS(first=_day(start.begin), last=_day(end.end - 1)))
        for tenure in tenures(terms)
        for start in tenure.terms
        for end in tenure.terms
        if _elected(start) and _to_turnover(end) and start.begin <= end.begin
    ]


def _after(tenure: Tenure, months: int) -> Day:
    return corresponding_day(_day(tenure.begin), months).toordinal()


def _elected(term: Term) -> bool:
    fact = term.opened.fact
    return isinstance(fact, TermStarted) and fact.mode == "elected"


def _to_turnover(term: Term) -> bool:
    fact = term.closed.fact if term.closed else None
    return isinstance(fact, TermEnded) and fact.cause in ("turnover", "early_turnover")


_day = date.fromordinal

_BY_READING: dict[str, Callable[[list[Term]], list[Served]]] = {
    "by_term": _by_term,
    "60_months": _for_months,
    "over_3_years": _over_three_years,
    "cross_community": _across_communities,
}
