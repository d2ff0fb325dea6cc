"""Which secretaries of this division may be taken into a public institution, which soon, and what do the others lack?

The answer is advice to a human decision (个人信息保护法 24).
"""

from datetime import date
from uuid import UUID

from msgspec import Raw, Struct
from msgspec.json import Decoder

from domain.regulation.readings import Readings
from domain.regulation.verdict import YES, Met
from projections.asking import AskedOfDivision, DivisionAnswer, about_division
from projections.kept.snapshot import Snapshot
from projections.kept.table import numbers_in

_SECRETARIES = """
    SELECT e.career, p.name, e.community, e.eligible, e.eligible_on, e.conditions
    FROM {eligibility} AS e
    LEFT JOIN {people} AS p ON p.career = e.career
    WHERE e.community >= :first AND e.community < :end AND e.begins <= :on AND e.ends > :on
"""
_BEFORE = " AND e.eligible_on < :before"
_ORDER = " ORDER BY CASE WHEN e.eligible_on IS NULL THEN 1 ELSE 0 END, e.eligible_on, e.community, e.career"


class _Condition(Struct, frozen=True, gc=False):
    condition: str
    met: Met


_conditions = Decoder(tuple[_Condition, ...]).decode


class Secretary(Struct, frozen=True, gc=False):
    """How Art. 32 stands for a secretary. Who is secretary of two communities is told of in both."""

    career: UUID
    name: str | None
    """None before a person is registered."""
    community: str
    eligible: Met
    eligible_on: date | None
    """As in the answer about one career: the day since when, or on which only the ten years will be complete."""
    missing: tuple[str, ...]
    """The conditions that are not met, or of which that is not known."""
    conditions: Raw
    """All conditions, as in the answer about one career, without their words."""


class Eligible(DivisionAnswer, frozen=True):
    """By the day on which they become eligible, and last those who will not as things stand."""

    before: date | None
    secretaries: tuple[Secretary, ...]
    readings: Readings
    rules: str


def eligible(snapshot: Snapshot, asked: AskedOfDivision, before: date | None = None) -> Eligible:
    """All secretaries on the asked day; `before` a day, those eligible on an earlier day, reached or coming."""
    first, end = numbers_in(asked.division)
    values = {"first": first, "end": end, "on": asked.on.toordinal()}
    query = _SECRETARIES + _ORDER
    if before is not None:
        query = _SECRETARIES + _BEFORE + _ORDER
        values["before"] = before.toordinal()
    day = date.fromordinal
    return Eligible(
        *about_division(asked, snapshot),
        before=before,
        secretaries=tuple(
            [
                Secretary(
                    UUID(bytes=career),
                    name,
                    str(community),
                    met,
                    day(eligible_on) if eligible_on else None,
                    tuple([one.condition for one in _conditions(conditions) if one.met != YES]),
                    Raw(conditions),
                )
                for career, name, community, met, eligible_on, conditions in snapshot.select(query, **values)
            ]
        ),
        readings=asked.readings,
        rules=asked.rules,
    )
