"""Kept table `happenings` 事实: what happened where in which year.

One row for every career, community and calendar year in which something happened there: a row for every fact would be
many times as many. What it holds is MessagePack: a list of `[day, tag, entries]` in the order of happening, where the
first of the entries is the fact's own and the last has the last word on it. The facts themselves are not kept a second
time; nor is `registered`, for the day by which it takes its place is a date of birth.
"""

from collections.abc import Iterator
from typing import Any

from msgspec.msgpack import Encoder

from domain.calendar import year_of
from domain.facts import FACT_TYPES, Assigned, Fact, Hired, Registered, TermEnded, TermStarted, TransferredIn
from domain.regulation.years import year_range
from projections.kept.folded import Folded
from projections.kept.table import Table, number_of

_TAGS: dict[type[Fact], str] = {kind: tag for tag, kind in FACT_TYPES.items()}
_NAMING_ONE = frozenset((Hired, Assigned, TransferredIn, TermStarted, TermEnded))
_packed = Encoder().encode


def rows(folded: Folded) -> Iterator[tuple[Any, ...]]:
    """Every fact that stands, fitting or not: in the community that it names, else wherever the person served."""
    days = iter(folded.whereabouts.day_by_day())
    until, here = next(days)
    year = after = 0
    told: dict[str, list[tuple[int, str, tuple[int, ...]]]] = {}
    for happening in folded.history.happenings:
        fact, day = happening.fact, happening.day
        kind = type(fact)
        if kind is Registered:
            continue
        if day >= after:
            yield from _of_year(folded.key, year, told)
            year, told = year_of(day), {}
            after = year_range(year)[1]
        while day >= until:
            until, here = next(days)
        one = (day, _TAGS[kind], happening.entries)
        for community in (fact.community,) if kind in _NAMING_ONE else here:  # type: ignore[union-attr]
            if community in told:
                told[community].append(one)
            else:
                told[community] = [one]
    yield from _of_year(folded.key, year, told)


def _of_year(
    career: bytes, year: int, told: dict[str, list[tuple[int, str, tuple[int, ...]]]]
) -> Iterator[tuple[Any, ...]]:
    for community, these in told.items():
        yield career, number_of(community), year, _packed(these)


HAPPENINGS = Table(
    "happenings",
    {"career": "BLOB", "community": "INTEGER", "year": "INTEGER", "items": "BLOB"},
    key=("career", "community", "year"),
    indexes=(("year", "community"),),
    rows=rows,
)
