"""What comes due for one person and what a year of training comes to, the plain way: one day at a time."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from msgspec.structs import replace

from domain.career import Post
from domain.entry import Entry
from domain.facts import (
    AnyFact,
    Corrected,
    Hired,
    PlainFact,
    ProbationAssessed,
    Registered,
    Seconded,
    TermStarted,
    Trained,
)
from domain.history import Happening, history
from domain.regulation.readings import Readings
from domain.regulation.retirement import retirement_day
from domain.regulation.secondment import links
from domain.regulation.service import service
from domain.regulation.states import BREAK, COUNT
from projections.kept.due import DUE
from projections.kept.folded import Folded
from tests.building import chosen
from tests.histories import days_about, readings
from tests.kept.plain import Plain
from tests.kept.populations import HERE, divisions, populations
from tests.kept.shelves import HORIZON, asked_of, entries_by_career
from tests.kept.test_questions_against_brute_force import Case
from tests.oracle.days import each_day

PLANS = {Hired: "contract_until", TermStarted: "expected_until", Seconded: "planned_last_day"}


@st.composite
def planned(draw: DrawFn, facts: list[AnyFact]) -> list[AnyFact]:
    """The same facts, some of them with a planned day; and some planned days corrected afterwards."""
    told = [draw(with_plan(fact)) for fact in facts]
    for number, fact in enumerate(tuple(told), 1):
        if type(fact) in PLANS and not draw(st.integers(0, 3)):
            told.append(Corrected(number=number, replacement=draw(with_plan(fact)), reason="延期", approved_by="li"))
    return told


@st.composite
def with_plan(draw: DrawFn, fact: Any) -> Any:
    if isinstance(fact, Corrected):
        return replace(fact, replacement=draw(with_plan(fact.replacement)))
    if type(fact) not in PLANS or not draw(st.integers(0, 2)):
        return fact
    later = timedelta(days=draw(st.sampled_from([0, 1, 20, 89, 90, 365, 366, 1095])))
    return replace(fact, **{PLANS[type(fact)]: getattr(fact, fact.happened) + later})


@st.composite
def coming_due(draw: DrawFn) -> tuple[Case, int]:
    """Some people, a question about a division, and for how many days; mostly when and where something comes due."""
    careers = entries_by_career([draw(planned(facts)) for facts in draw(populations())])
    read = chosen(draw(st.one_of(st.just({}), readings())))
    within = draw(st.sampled_from([0, 1, 2, 7, 30, 31, 92, 365, 366, 4000]))
    rows = [(Plain(uuid, entries, read), row) for uuid, entries in careers.items() for row in _rows(entries, read)]
    kinds = sorted({row[0] for _, row in rows if max(row[1] - within, row[2]) <= min(row[1], HORIZON)})
    if not kinds or not draw(st.integers(0, 4)):
        told = [fact for entries in careers.values() for fact in known_facts(entries)]
        on = draw(
            st.one_of(days_about(told), st.builds(date, st.integers(2023, 2027), st.just(12), st.integers(29, 31)))
        )
        return Case(careers, asked_of(draw(divisions()), on, read)), within
    kind = draw(st.sampled_from(kinds))
    one, (_, due_on, begins, ends) = draw(st.sampled_from([row for row in rows if row[1][0] == kind]))
    first, last = max(begins, due_on - within), min(ends, due_on + 1)
    day = min(HORIZON, draw(st.sampled_from([first - 1, first, (first + last) // 2, last - 1, last])))
    where = draw(st.sampled_from(one.communities.get(day) or HERE))
    division = where[: draw(st.sampled_from([2, 4, 6, 9, 12]))]
    return Case(careers, asked_of(division, date.fromordinal(day), read)), within


def known_facts(entries: list[Entry]) -> list[PlainFact]:
    """What happened, as it now reads."""
    return [happening.fact for happening in history(entries).happenings]


def _rows(entries: list[Entry], read: Readings) -> list[tuple[str, int, int, int]]:
    """What comes due on which day, and on which days that is told: only to aim at such days."""
    return [row[2:6] for row in DUE.rows(Folded(b"", entries, read, HORIZON))]


class Due(NamedTuple):
    """What the answer says of one thing; `entries` in their order."""

    due: date
    kind: str
    entries: tuple[int, ...]
    detail: str = ""
    hours_missing: float | None = None


def goes_on(one: Any, on: date) -> bool:
    return bool(one.begin <= on.toordinal() < one.end)


def comes_due(one: Plain, on: date) -> Iterator[Due]:
    """Everything that is told on a day, whenever it comes due."""
    career = one.career
    for post in career.posts:
        fact = post.opened.fact
        if goes_on(post, on) and isinstance(fact, Hired):
            if fact.contract_until:
                yield Due(fact.contract_until, "contract", post.opened.entries)
            if fact.probation_until and not _assessed(one, post, on):
                yield Due(fact.probation_until, "probation", post.opened.entries)
    for term in career.terms:
        opened = term.opened.fact
        if goes_on(term, on) and isinstance(opened, TermStarted) and opened.expected_until:
            yield Due(opened.expected_until, "term", term.opened.entries, opened.office)
    for link in links(career, one.readings):
        if goes_on(link.period, on):
            limit = date.fromordinal(link.limit - 1)
            yield Due(limit, "secondment_limit", link.entries, link.fact.host)
            if link.fact.planned_last_day:
                yield Due(link.fact.planned_last_day, "secondment", link.period.opened.entries, link.fact.host)
    yield from _retires(one, on)
    yield from _reaches_ten_years(one, on)


def _assessed(one: Plain, post: Post, on: date) -> bool:
    """Whether any assessment up to a day was of this hiring: of the latest one that had begun by then."""
    hirings = [post for post in one.career.posts if isinstance(post.opened.fact, Hired)]
    notes = [note for note in one.career.notes(ProbationAssessed) if note.day <= on.toordinal()]
    return any([hiring for hiring in hirings if hiring.begin <= note.day][-1] is post for note in notes)


def service_posts_of(one: Plain) -> list[Post]:
    return [post for post in one.career.posts if post.full_time or one.readings.part_time == "counts"]


def _retires(one: Plain, on: date) -> Iterator[Due]:
    registered = one.career.registered
    here = [post for post in service_posts_of(one) if goes_on(post, on)]
    if registered and here:
        assert isinstance(registered.fact, Registered)
        day = retirement_day(registered.fact, one.readings)
        yield Due(day, "retirement", registered.entries + here[0].opened.entries)


def _reaches_ten_years(one: Plain, on: date) -> Iterator[Due]:
    served = service(one.career, one.readings, on)
    reached = served.continuous.ten_years_on
    in_a_run = any(goes_on(stretch, on) and stretch.continuous != BREAK for stretch in served.stretches)
    if in_a_run and reached:
        entries = {entry for stretch in served.run if stretch.continuous == COUNT for entry in stretch.entries}
        yield Due(reached, "ten_years", tuple(sorted(entries)))


class Year(NamedTuple):
    """A calendar year of special training; what was done in it by the asked day."""

    owed: float
    done: float
    entries: tuple[int, ...]


def year_of_training(one: Plain, year: int, on: date) -> Year:
    days = [day.toordinal() for day in each_day(date(year, 1, 1), date(year, 12, 31))]
    posts = [post for post in service_posts_of(one) if any(post.begin <= day < post.end for day in days)]
    terms = [term for term in one.career.terms if term.office in ("secretary", "director")]
    in_post = [day for day in days if any(post.begin <= day < post.end for post in posts)]
    as_head = [day for day in in_post if any(term.begin <= day < term.end for term in terms)]
    if one.readings.training_year == "pro_rata":
        owed = (len(as_head) * 56 + (len(in_post) - len(as_head)) * 40) / len(days)
    else:
        owed = 0 if in_post != days else 56 if as_head else 40
    done = [note for note in one.career.notes(Trained) if days[0] <= note.day <= min(days[-1], on.toordinal())]
    special = [note for note in done if _hours(note)]
    entries = {entry for source in (*posts, *special) for entry in source.entries}
    return Year(owed, sum(map(_hours, special)), tuple(sorted(entries)))


def _hours(note: Happening) -> float:
    """The hours of a special training; none of another."""
    return note.fact.hours if isinstance(note.fact, Trained) and note.fact.kind == "special" else 0.0
