"""Kept table `eligibility` 书记优选: how Art. 32 stands for everyone who ever was secretary, on every day.

What the answer says changes only on a few days: when a term begins or ends, an assessment is confirmed, ten years are
complete. Between two of them it is asked once. Who is secretary of two communities has a row in each of them.
"""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from domain.calendar import FOREVER, LATEST, Day
from domain.career import Career, Term
from domain.facts import Assessed, Commended
from domain.regulation.full_term import full_terms
from domain.regulation.offices import terms_as
from domain.regulation.secretaries import Eligibility, eligibility
from domain.regulation.service import service
from domain.regulation.states import BREAK
from projections.kept.folded import Folded
from projections.kept.table import Table, number_of
from projections.wire import json_text

END = LATEST.toordinal() + 1
"""No later day can be asked about."""


def rows(folded: Folded) -> Iterator[tuple[Any, ...]]:
    """From the first day as secretary on; neighbours that say the same are one."""
    career, readings = folded.career, folded.readings
    terms = terms_as(career, "secretary")
    if not terms:
        return
    said: list[list[Any]] = []
    for begin, end in pairwise([*_cuts(folded, terms), FOREVER]):
        on = date.fromordinal(begin)
        served = service(career, readings, on, folded.stretches)
        told = [_where(terms, begin), *_told(eligibility(career, readings, on, served))]
        if said and said[-1][2:] == told:
            said[-1][1] = end
        else:
            said.append([begin, end, *told])
    place = 0
    for begin, end, communities, *told in said:
        for community in communities:
            yield folded.key, place, begin, end, community, *told
            place += 1


def _where(terms: list[Term], day: Day) -> list[int | None]:
    """The communities of which the person is secretary on a day; none of them is a place too, that of no division."""
    here = {number_of(term.community) for term in terms if term.begin <= day < term.end}
    return [*sorted(here)] if here else [None]


def _told(answer: Eligibility) -> list[Any]:
    conditions = [
        {
            "condition": one.condition,
            "met": one.met,
            "since": one.since,
            "article": one.article,
            "entries": one.entries,
        }
        for one in answer.conditions
    ]
    return [
        answer.eligible,
        answer.eligible_on.toordinal() if answer.eligible_on else None,
        json_text(conditions),
    ]


def _cuts(folded: Folded, terms: list[Term]) -> list[Day]:
    """The days on which the answer may change, from the first day as secretary on."""
    career, first = folded.career, terms[0].begin
    cuts = {first, *_of_service(folded), *_of_assessments(career)}
    cuts.update(day for term in terms for day in (term.begin, term.end))
    cuts.update(served.since for served in full_terms(career, folded.readings))
    return sorted(cut for cut in cuts if first <= cut < END)


def _of_service(folded: Folded) -> Iterator[Day]:
    """When a run begins, and when its ten years come."""
    broken = True
    for stretch in folded.stretches:
        if broken and stretch.continuous != BREAK:
            yield stretch.begin
            on = date.fromordinal(stretch.begin)
            reached = service(folded.career, folded.readings, on, folded.stretches).continuous.ten_years_on
            if reached is not None:
                yield reached.toordinal()
        broken = stretch.continuous == BREAK


def _of_assessments(career: Career) -> Iterator[Day]:
    for kind in (Assessed, Commended):
        yield from (happening.day for happening in career.notes(kind))


ELIGIBILITY = Table(
    "eligibility",
    {
        "career": "BLOB",
        "place": "INTEGER",
        "begins": "INTEGER",
        "ends": "INTEGER",
        "community": "INTEGER",
        "eligible": "TEXT",
        "eligible_on": "INTEGER",
        "conditions": "TEXT",
    },
    key=("career", "place"),
    indexes=(("community", "ends", "begins"),),
    rows=rows,
)
