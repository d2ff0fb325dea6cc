"""Random careers of several people, amended now and then, and random divisions to ask about."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from msgspec.structs import replace

from domain.facts import AnyFact, Corrected, PlainFact, Voided
from tests.histories import careers, secretaries
from tests.oracle.edges import COMMUNITIES, LAST

HERE = sorted(code for codes in COMMUNITIES.values() for code in codes)


@st.composite
def populations(draw: DrawFn, most: int = 3) -> list[list[AnyFact]]:
    """Careers of a few people; a fact may be corrected to another day or community, or voided."""
    people = draw(st.lists(st.one_of(careers(), secretaries()), min_size=1, max_size=most))
    return [[*facts, *draw(amendments(facts))] for facts in people]


@st.composite
def amendments(draw: DrawFn, facts: list[PlainFact]) -> list[AnyFact]:
    """At most two, recorded after all facts; they need not fit the career."""
    made: list[AnyFact] = []
    for _ in range(draw(st.sampled_from([0, 0, 1, 2]))):
        number = draw(st.integers(1, len(facts)))
        if draw(st.integers(0, 3)):
            replacement = draw(otherwise(facts[number - 1]))
            made.append(Corrected(number=number, replacement=replacement, reason="录错", approved_by="li"))
        else:
            made.append(Voided(number=number, reason="误录", approved_by="li"))
    return made


@st.composite
def otherwise(draw: DrawFn, fact: PlainFact) -> PlainFact:
    """The same kind of fact, on another day or in another community."""
    if hasattr(fact, "community") and draw(st.booleans()):
        changed: Any = replace(fact, community=draw(st.sampled_from(HERE)))
        return changed
    if fact.happened not in ("on", "last_day", "first_day") or hasattr(fact, "full_on"):
        return fact
    day = getattr(fact, fact.happened) + timedelta(days=draw(st.sampled_from([1, 2, 16, 40, 400])))
    return replace(fact, **{fact.happened: min(day, LAST)})


def divisions() -> SearchStrategy[str]:
    """Divisions of every level in which something may happen; often a large one."""
    codes = [sorted({code[:length] for code in HERE}) for length in (2, 4, 6, 9, 12)]
    return st.one_of(*map(st.sampled_from, codes))
