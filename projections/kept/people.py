"""Kept table `people`: what a person is called, for lists. Nothing else of `registered` is kept."""

from collections.abc import Iterator

from domain.facts import Registered
from projections.kept.folded import Folded
from projections.kept.table import Table


def rows(folded: Folded) -> Iterator[tuple[bytes, str | None]]:
    """One row a career; the name is null before a person is registered."""
    registered = folded.career.registered
    fact = registered.fact if registered else None
    yield folded.key, fact.name if isinstance(fact, Registered) else None


PEOPLE = Table("people", {"career": "BLOB", "name": "TEXT"}, key=("career",), indexes=(), rows=rows)
