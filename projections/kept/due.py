"""Kept table `due` 到期事项: what will come due, on which day, and on which days that is told.

A row is told to whoever asks on a day in `[begins, ends)`: while the secondment, the post, the office or the run of
days goes on from which it follows. So it holds for any asked day, and nothing goes stale at midnight. `due` may lie
before `begins`, where a day was over before it could have been told.
"""

from collections.abc import Iterator
from datetime import date
from itertools import chain, groupby
from typing import Any, Literal, NamedTuple

from domain.calendar import FOREVER, Day
from domain.career import Period
from domain.facts import Hired, Registered, TermStarted
from domain.regulation.posts import service_posts
from domain.regulation.probation import verdicts
from domain.regulation.retirement import retirement_day
from domain.regulation.secondment import links
from domain.regulation.service import counted, ten_years_complete
from domain.regulation.states import BREAK, COUNT
from projections.kept.folded import Folded
from projections.kept.table import Table
from projections.wire import json_text

DueKind = Literal["contract", "probation", "retirement", "secondment", "secondment_limit", "ten_years", "term"]


class _Due(NamedTuple):
    """Something that comes due on a day, told on the days `[begins, ends)`."""

    kind: DueKind
    due: Day
    begins: Day
    ends: Day
    entries: tuple[int, ...]
    detail: str = ""


def rows(folded: Folded) -> Iterator[tuple[Any, ...]]:
    """Everything that comes due in a career."""
    everything = chain(_of_posts(folded), _of_offices(folded), _lent(folded), _retirement(folded), _ten_years(folded))
    for place, one in enumerate(one for one in everything if one.begins < one.ends):
        told = (one.kind, one.due, one.begins, one.ends, json_text(one.entries), one.detail)
        yield folded.key, place, *told


def _of_posts(folded: Folded) -> Iterator[_Due]:
    """The ends of contracts, and of probations until they are assessed, first or last."""
    career = folded.career
    decided: dict[int, Day] = {}
    for verdict in verdicts(career):
        decided.setdefault(verdict.post.opened.number, verdict.assessed.day)
    for post in career.posts:
        fact = post.opened.fact
        if isinstance(fact, Hired):
            if fact.probation_until is not None:
                until = min(decided.get(post.opened.number, FOREVER), post.end)
                yield _planned("probation", fact.probation_until, post, until)
            if fact.contract_until is not None:
                yield _planned("contract", fact.contract_until, post, post.end)


def _of_offices(folded: Folded) -> Iterator[_Due]:
    """The expected ends of offices; the detail is which."""
    for term in folded.career.terms:
        fact = term.opened.fact
        if isinstance(fact, TermStarted) and fact.expected_until is not None:
            yield _planned("term", fact.expected_until, term, term.end, term.office)


def _lent(folded: Folded) -> Iterator[_Due]:
    """The planned last day of a secondment, and the last day before it is past its limit; the detail is the host.

    The limit is told of every host, as `secondment_over_limit` is found from the day after it on, whoever the host is.
    """
    if not folded.career.secondments:
        return
    for link in links(folded.career, folded.readings):
        fact, period = link.fact, link.period
        host = fact.host.replace("\0", "\ufffd")  # PostgreSQL keeps no text with a NUL in it.
        if fact.planned_last_day is not None:
            yield _planned("secondment", fact.planned_last_day, period, period.end, host)
        yield _Due("secondment_limit", link.limit - 1, period.begin, period.end, link.entries, host)


def _planned(kind: DueKind, due: date, period: Period, until: Day, detail: str = "") -> _Due:
    """A day that was planned when a period began; it is told from that day on."""
    return _Due(kind, due.toordinal(), period.begin, until, period.opened.entries, detail)


def _retirement(folded: Folded) -> Iterator[_Due]:
    """The retirement day, told once on every day in service, however many posts there are."""
    registered = folded.career.registered
    fact = registered.fact if registered else None
    if registered is None or not isinstance(fact, Registered):
        return
    due = retirement_day(fact, folded.readings).toordinal()
    reached = 0
    for post in service_posts(folded.career, folded.readings):
        begins = max(post.begin, reached)
        yield _Due("retirement", due, begins, post.end, registered.entries + post.opened.entries)
        reached = max(reached, post.end)


def _ten_years(folded: Folded) -> Iterator[_Due]:
    """The day on which ten years are reached, for every unbroken run that has or will have them."""
    for broken, group in groupby(folded.stretches, key=lambda stretch: stretch.continuous == BREAK):
        if not broken:
            run = list(group)
            complete = ten_years_complete(counted(run, FOREVER), folded.readings)
            if complete is not None:
                entries = {e for stretch in run if stretch.continuous == COUNT for e in stretch.entries}
                yield _Due("ten_years", complete + 1, run[0].begin, run[-1].end, tuple(sorted(entries)))


DUE = Table(
    "due",
    {
        "career": "BLOB",
        "place": "INTEGER",
        "kind": "TEXT",
        "due": "INTEGER",
        "begins": "INTEGER",
        "ends": "INTEGER",
        "entries": "TEXT",
        "detail": "TEXT",
    },
    key=("career", "place"),
    indexes=(("due",),),
    rows=rows,
)
