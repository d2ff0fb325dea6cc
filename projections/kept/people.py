"""Kept table `people`: what a person is called, for lists, and what of the career does not fit yet.

Nothing else of `registered` is kept.
"""

from collections.abc import Iterator

from domain.facts import Registered
from projections.kept.folded import Folded
from projections.kept.table import Table
from projections.wire import json_text


def rows(folded: Folded) -> Iterator[tuple[bytes, str | None, str | None]]:
    """One row a career; the name is null before a person is registered, `unplaced` if every entry fits."""
    career = folded.career
    fact = career.registered.fact if career.registered else None
    name = fact.name if isinstance(fact, Registered) else None
    misfits = sorted(misfit.number for misfit in career.misfits)
    yield folded.key, name, json_text(misfits) if misfits else None


PEOPLE = Table(
    "people",
    {"career": "BLOB", "name": "TEXT", "unplaced": "TEXT"},
    key=("career",),
    indexes=(("unplaced",),),
    rows=rows,
)
