"""The four conditions of a secretary's appointment, looked at day by day (Art. 32)."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from domain.facts import Assessed, Commended, TermEnded, TermStarted
from tests.oracle.days import add_months, after, before, each_day, ranges
from tests.oracle.readings import Readings, complete
from tests.oracle.service_years import service_years
from tests.oracle.timeline import Numbered, Stretch, Timeline

Met = tuple[str, date | None]
"""Whether a condition is met, and since when without a day on which it was not."""

NOT_MET: Met = ("no", None)
COMPLETED = ("turnover", "early_turnover")


def eligibility(facts: Iterable[Numbered], readings: Readings, on: date) -> dict[str, Any]:
    """Eligible or not on `on`, with the conditions in the order of the contract."""
    facts = list(facts)
    timeline = Timeline(facts)
    ten_years_on = service_years(facts, readings, on)["continuous"]["ten_years_on"]
    found: dict[str, Met] = {
        "secretary_now": secretary_now(timeline, on),
        "ten_years_continuous": ("yes", ten_years_on) if ten_years_on and ten_years_on <= on else NOT_MET,
        "full_term": full_term(timeline, complete(readings), on),
        "excellent_performance": excellent_performance(timeline, complete(readings), on),
    }
    verdicts = [met for met, _ in found.values()]
    eligible = "no" if "no" in verdicts else "undetermined" if "undetermined" in verdicts else "yes"
    missing = [name for name, (met, _) in found.items() if met != "yes"]
    eligible_on = ten_years_on if missing == ["ten_years_continuous"] else None
    if not missing:
        eligible_on = max(since for _, since in found.values() if since)
    return {
        "eligible": eligible,
        "eligible_on": eligible_on,
        "conditions": [{"condition": name, "met": met, "since": since} for name, (met, since) in found.items()],
    }


def secretary_terms(timeline: Timeline) -> list[Stretch]:
    terms = [(term, term.opened) for term in timeline.terms]
    return [term for term, fact in terms if isinstance(fact, TermStarted) and fact.office == "secretary"]


def secretary_now(timeline: Timeline, on: date) -> Met:
    """Secretary on the day, and since when without a day out of office."""
    day, since = on, None
    while any(term.holds(day) for term in secretary_terms(timeline)):
        day, since = before(day), day
    return ("yes", since) if since else NOT_MET


def full_term(timeline: Timeline, readings: Readings, on: date) -> Met:
    """Met for ever from the first day on which a full term lies behind."""
    terms = secretary_terms(timeline)
    reading = readings["full_term"]
    if reading == "by_term":
        since = [after(term.last) for term in terms if term.last and _elected(term) and _turned_over(term)]
    elif reading == "cross_community":
        since = _across_communities(terms)
    else:
        since = _long_enough(terms, on, reading)
    reached = [day for day in since if day <= on]
    return ("yes", min(reached)) if reached else NOT_MET


def _elected(term: Stretch) -> bool:
    assert isinstance(term.opened, TermStarted)
    return term.opened.mode == "elected"


def _turned_over(term: Stretch) -> bool:
    return isinstance(term.closed, TermEnded) and term.closed.cause in COMPLETED


def _across_communities(terms: list[Stretch]) -> list[date]:
    """Secretary somewhere on every day from an elected start to the turnover of that term or of a later one."""
    return [
        after(later.last)
        for later in terms
        if later.last and _turned_over(later)
        for earlier in terms
        if _elected(earlier) and earlier.first <= later.first
        if all(any(term.holds(day) for term in terms) for day in each_day(earlier.first, later.last))
    ]


def _long_enough(terms: list[Stretch], on: date, reading: str) -> list[date]:
    """Unbroken time as secretary in one community: sixty months, or more than thirty-six."""
    found = []
    for community in {term.opened.community for term in terms}:  # type: ignore[attr-defined]
        here = [term for term in terms if term.opened.community == community]  # type: ignore[attr-defined]
        for first, last in ranges(set().union(*(term.days(on) for term in here))):
            reached = add_months(first, 60) if reading == "60_months" else after(add_months(first, 36))
            if last >= before(reached):
                found.append(reached)
    return found


def excellent_performance(timeline: Timeline, readings: Readings, on: date) -> Met:
    """Judged on every day back from `on`, by what had been confirmed by then."""
    assessed = [note for note in timeline.notes if isinstance(note, Assessed)]
    commended = [note.on for note in timeline.notes if isinstance(note, Commended)]

    def judged(day: date) -> str:
        known = sorted((note for note in assessed if note.confirmed_on <= day), key=lambda note: note.year)
        results = [note.result for note in known]
        if readings["excellent_performance"] == "latest_excellent":
            return "undetermined" if not results else _yes_or_no(results[-1] == "excellent")
        if len(results) < 3:
            return "undetermined"
        stands_in = readings["excellent_performance"] == "commended_counts" and any(one <= day for one in commended)
        return _yes_or_no("incompetent" not in results[-3:] and ("excellent" in results[-3:] or stands_in))

    return judged(on), _unbroken_since(judged, on)


def _unbroken_since(judged: Callable[[date], str], on: date) -> date | None:
    day, since = on, None
    while judged(day) == "yes":
        day, since = before(day), day
    return since


def _yes_or_no(holds: bool) -> str:
    return "yes" if holds else "no"
