"""Random careers, readings and days for properties.

`careers()` walks along the time axis: again and again it steps some days on, mostly to where rules have their edges,
and lets something happen that can happen there. Now and then a fact is forgotten, which also lets an example shrink;
what cannot be true in the end is thrown away.
"""

from datetime import date

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from domain.facts import PlainFact
from tests.oracle.days import IN_FORCE, after, before
from tests.oracle.edges import EDGES, FIRST, LAST
from tests.oracle.people import person
from tests.oracle.readings import TABLE, Readings
from tests.oracle.timeline import Timeline
from tests.oracle.walk import Walk

LATEST_ASKED = date(2028, 12, 31)


@st.composite
def careers(draw: DrawFn, min_facts: int = 2, max_facts: int = 25, *, shuffled: bool = True) -> list[PlainFact]:
    """A possible career, as facts in the order of their recording: mostly as they happened, else in any order.

    The number of a fact is its place in the list, from 1.
    """
    walk = Walk(draw)
    return _walked(walk, min_facts, max_facts, shuffled=shuffled)


@st.composite
def secretaries(draw: DrawFn, *, shuffled: bool = True) -> list[PlainFact]:
    """The career of someone who was elected secretary early and assessed lately: most come near to Art. 32."""
    walk = Walk(draw)
    walk.hire()
    walk.serve_a_term()
    walk.assess_lately()
    return _walked(walk, 2, 25, shuffled=shuffled)


def _walked(walk: Walk, min_facts: int, max_facts: int, *, shuffled: bool) -> list[PlainFact]:
    draw = walk.draw
    for _ in range(draw(st.sampled_from([2, 5, 8, 12, 16, 20, 24]))):
        if walk.today > LAST or len(walk.facts) >= max_facts - 1:
            break
        walk.step()
    facts = [fact for fact in walk.facts if walk.is_past(fact) and draw(st.integers(0, 19))]
    if draw(st.booleans()):
        facts.insert(0, person(draw, walk.first))
    if shuffled and draw(st.integers(0, 3)) == 3:
        facts = draw(st.permutations(facts))
    facts = possible(facts[:max_facts])
    assume(len(facts) >= min_facts)
    return facts


def numbered(facts: list[PlainFact]) -> list[tuple[int, PlainFact]]:
    """Facts with their numbers, as the oracle takes them."""
    return list(enumerate(facts, 1))


def possible(facts: list[PlainFact]) -> list[PlainFact]:
    """Without the facts that cannot be true beside the others."""
    while unplaced := Timeline(numbered(facts)).unplaced:
        facts = [fact for number, fact in numbered(facts) if number not in unplaced]
    return facts


def readings() -> SearchStrategy[Readings]:
    """Some readings, none of them the default."""
    alternatives = [(name, value) for name, values in TABLE.items() for value in values[1:]]
    return st.lists(st.sampled_from(alternatives), max_size=8, unique_by=lambda pair: pair[0]).map(dict)


def days() -> SearchStrategy[date]:
    """Days that one may ask about, often where something changes."""
    return st.one_of(st.sampled_from(EDGES), st.dates(FIRST, LATEST_ASKED))


def days_about(facts: list[PlainFact]) -> SearchStrategy[date]:
    """Days that one may ask about, under the regulation or beside the days that a career names."""
    named = sorted({day for fact in facts for day in named_days(fact) if day >= FIRST})
    beside = sorted({near for day in named for near in (before(day), day, after(day), after(day, 16))})
    late = st.dates(IN_FORCE, LATEST_ASKED)
    return st.one_of(late, st.sampled_from(beside), days()) if beside else days()


def named_days(fact: PlainFact) -> list[date]:
    """All days that a fact names."""
    values = [getattr(fact, name) for name in fact.__struct_fields__]
    return [value for value in values if isinstance(value, date)]
