"""Who may be told of at all: a list of people is limited to the careers in reach 管辖 of the asker's jurisdiction.

The rule is that of `projections/kept/reach.py`, put to the store as a part of a question's own query, or asked of the
careers that a list holds already. A career that could not be folded is in reach of nobody.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import product
from string import ascii_lowercase
from uuid import UUID

from msgspec import Struct

from projections.asking import AskedOfDivision, Beginning, about_division
from projections.kept.snapshot import Snapshot
from projections.kept.table import numbers_in

AT_A_TIME = 500
"""Careers that one query names."""

_NAMES = [f"career_{''.join(letters)}" for letters in product(ascii_lowercase, repeat=2)][:AT_A_TIME]
"""Names of values are of letters alone."""

THESE = f"({', '.join(f':{name}' for name in _NAMES)})"
"""What a query says `IN`, to be asked with each of the values that `these` gives."""


def these(careers: Iterable[bytes]) -> Iterator[dict[str, bytes]]:
    """Careers as values of queries, each career once, in their order; so that there is one query for any number."""
    keys = sorted(set(careers))
    for start in range(0, len(keys), AT_A_TIME):
        some = keys[start : start + AT_A_TIME]
        yield dict(zip(_NAMES, some + some[-1:] * (AT_A_TIME - len(some)), strict=True))


class Reaching(Struct, frozen=True):
    """In reach of a jurisdiction, a code of the edition, on a day: that of asking, whatever day is asked about."""

    jurisdiction: str
    on: date


def in_reach_of(place: str, career: str) -> str:
    """A condition of SQL: the career in a column is in reach of the place whose values `reach_values` names so."""
    return f"""EXISTS (
        SELECT 1 FROM {{reach}} AS x
        WHERE x.career = {career} AND x.code >= :{place}_first AND x.code < :{place}_end
          AND x.begins <= :{place}_on AND x.ends > :{place}_on
    )"""  # noqa: S608 - no value is part of it


def reach_values(place: str, division: str, on: date) -> dict[str, int]:
    """The values of such a condition: in reach of this division on this day."""
    first, end = numbers_in(division)
    return {f"{place}_first": first, f"{place}_end": end, f"{place}_on": on.toordinal()}


_THOSE_IN_REACH = (
    f"SELECT p.career FROM {{people}} AS p WHERE p.career IN {THESE} AND {in_reach_of('there', 'p.career')}"  # noqa: S608
)


def in_reach(snapshot: Snapshot, careers: Sequence[UUID], reaching: Reaching) -> set[UUID]:
    """Those of the careers that are in reach; the others are not to be told of."""
    values = reach_values("there", reaching.jurisdiction, reaching.on)
    return {
        UUID(bytes=career)
        for some in these(career.bytes for career in careers)
        for (career,) in snapshot.select(_THOSE_IN_REACH, **values, **some)
    }


def about_those_in_reach(asked: AskedOfDivision, snapshot: Snapshot, reaching: Reaching) -> Beginning:
    """The first fields of an answer about a division, without those out of reach."""
    division, on, known, parked, unplaced = about_division(asked, snapshot)
    reached = in_reach(snapshot, [one.career for one in unplaced], reaching)
    return division, on, known, parked, tuple([one for one in unplaced if one.career in reached])
