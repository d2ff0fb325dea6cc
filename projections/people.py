"""Who is there, of this name or in this division, whom the asker may be told of?

The answer finds a career, no more: what is asked of it next is another question, with its own record of who asked.
"""

from itertools import groupby
from operator import itemgetter
from typing import Any, Literal
from uuid import UUID

from msgspec import Struct

from domain.calendar import Day
from domain.errors import QuestionError
from domain.words import Phrase
from projections.asking import AskedOfDivision, DivisionAnswer, community_of
from projections.kept.snapshot import Snapshot
from projections.reaching import THESE, Reaching, about_those_in_reach, in_reach_of, reach_values, these

Matching = Literal["exact", "beginning"]
"""Whether a name is asked for as it is, or as the beginning of names."""

LIMIT = 100
"""How many people one answer tells, if nothing else is asked."""

NOT_A_NAME = Phrase("name:不能为空,也不能含空字符(U+0000)", "name: must not be empty, nor hold the character U+0000")

_PEOPLE = f"""
    SELECT p.career, p.name FROM {{people}} AS p
    WHERE p.career > :after AND {in_reach_of("here", "p.career")} AND {in_reach_of("there", "p.career")}
"""  # noqa: S608 - no value is part of it
_NAMED = " AND p.name = :name"
_NAMED_SO = " AND substr(p.name, 1, :length) = :name"
_PAGE = " ORDER BY p.career LIMIT :limit"

_POSTS = f"""
    SELECT r.career, r.community, r.ends FROM {{roster}} AS r
    WHERE r.career IN {THESE} AND r.begins <= :on
    ORDER BY r.career, r.ends
"""  # noqa: S608

_BEFORE_ALL = b""


class Person(Struct, frozen=True, gc=False):
    """A career, and how to tell it from others of the same name."""

    career: UUID
    name: str | None
    """None before a person is registered."""
    communities: tuple[str, ...]
    """Of the posts on the asked day; out of service, those that were left last; empty before any post."""
    in_service: bool
    """Whether there is a post on the asked day, full-time or not."""


class People(DivisionAnswer, frozen=True):
    """By career. `next` is the career to go on after; None if this is the end."""

    name: str | None
    matching: Matching
    people: tuple[Person, ...]
    next: UUID | None


def people(
    snapshot: Snapshot,
    asked: AskedOfDivision,
    reaching: Reaching,
    *,
    name: str | None = None,
    matching: Matching = "exact",
    limit: int = LIMIT,
    after: UUID | None = None,
) -> People:
    """Everyone in reach of the division on the asked day, and of the asker's jurisdiction on the day of reach.

    At most `limit`, from after a career on. Raises `QuestionError` for a name that nobody can have.
    """
    if name is not None and (not name or "\0" in name):
        raise QuestionError(NOT_A_NAME())
    query = _PEOPLE
    values: dict[str, Any] = {"after": _BEFORE_ALL if after is None else after.bytes, "limit": limit + 1}
    values |= reach_values("here", asked.division, asked.on)
    values |= reach_values("there", reaching.jurisdiction, reaching.on)
    if name is not None:
        query += _NAMED if matching == "exact" else _NAMED_SO
        values |= {"name": name} if matching == "exact" else {"name": name, "length": len(name)}
    found = snapshot.select(query + _PAGE, **values)
    told = found[:limit]
    posts = _posts(snapshot, told, asked.on.toordinal())
    listed = tuple([Person(UUID(bytes=career), called, *posts.get(career, ((), False))) for career, called in told])
    return People(
        *about_those_in_reach(asked, snapshot, reaching),
        name=name,
        matching=matching,
        people=listed,
        next=listed[-1].career if len(found) > limit and listed else None,
    )


def _posts(snapshot: Snapshot, told: list[tuple[Any, ...]], on: Day) -> dict[bytes, tuple[tuple[str, ...], bool]]:
    """Of each career that had a post by a day, where the person serves on it, or served last before it."""
    found = {}
    for some in these(career for career, _ in told):
        for career, stretches in groupby(snapshot.select(_POSTS, on=on, **some), key=itemgetter(0)):
            found[career] = _communities([(number, ends) for _, number, ends in stretches], on)
    return found


def _communities(stretches: list[tuple[int, Day]], on: Day) -> tuple[tuple[str, ...], bool]:
    """The communities of the stretches that go on after a day, else of those that ended last; and which it is."""
    latest = stretches[-1][1]
    until = on + 1 if latest > on else latest
    return tuple(
        [community_of(number) for number in sorted({n for n, ends in stretches if ends >= until})]
    ), latest > on
