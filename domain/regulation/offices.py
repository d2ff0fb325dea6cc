"""Offices 任职: who was secretary when, without a break, where."""

from collections.abc import Iterable

from msgspec import Struct

from domain.calendar import Day
from domain.career import Career, Term
from domain.facts import Office


class Tenure(Struct, frozen=True, gc=False):
    """An office held on every day of `[begin, end)`, in one term after another."""

    begin: Day
    end: Day
    terms: tuple[Term, ...]

    @property
    def entries(self) -> tuple[int, ...]:
        return tuple(sorted({entry for term in self.terms for entry in term.entries}))


def terms_as(career: Career, *offices: Office) -> list[Term]:
    """The terms in one of these offices, by the day on which they began."""
    return [term for term in career.terms if term.office in offices]


def tenures(terms: Iterable[Term]) -> list[Tenure]:
    """Terms that overlap, or follow one another without a day between, are one tenure."""
    found: list[Tenure] = []
    for term in terms:
        if found and term.begin <= found[-1].end:
            last = found[-1]
            found[-1] = Tenure(last.begin, max(last.end, term.end), (*last.terms, term))
        else:
            found.append(Tenure(term.begin, term.end, (term,)))
    return found


def tenures_by_community(terms: Iterable[Term]) -> list[Tenure]:
    """Tenures within one community each."""
    places: dict[str, list[Term]] = {}
    for term in terms:
        places.setdefault(term.community, []).append(term)
    return [tenure for here in places.values() for tenure in tenures(here)]
