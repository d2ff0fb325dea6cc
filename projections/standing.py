"""How does this person stand on a day: in a post, and in it lent, away or suspended; out of one, and by what end?"""

from datetime import date
from typing import Literal

from msgspec import Struct

from domain.calendar import Day
from domain.career import Career, Period, Post
from domain.facts import Retired, Suspended, TransferredOut

StandingKind = Literal[
    "in_service",
    "seconded",
    "on_leave",
    "suspended",
    "transferred_out",
    "retired",
    "out_of_service",
    "never_served",
    "dead",
]
"""In a post, and in it lent, away or suspended, the gravest of them first; out of one, by what ended the last."""


class Standing(Struct, frozen=True, gc=False):
    """How the person stands, and since which day; None if there never was a post."""

    kind: StandingKind
    since: date | None
    entries: tuple[int, ...]


def posts_on(career: Career, day: Day) -> list[Post]:
    """The posts held on a day, by the day on which they began."""
    return [post for post in career.posts if post.begin <= day < post.end]


def standing(career: Career, day: Day, without: frozenset[str]) -> Standing:
    """How it is on a day, which is inside: whose last day it is still serves on it.

    A suspension is passed over if `suspended` is among the kinds `without`, which the reader is not shown.
    """
    if career.died is not None and career.died.day < day:
        return _since("dead", career.died.day + 1, career.died.entries)
    posts = posts_on(career, day)
    if not posts:
        return _out_of_service([post for post in career.posts if post.end <= day])
    absences: list[tuple[StandingKind, list[Period]]] = [
        ("suspended", career.suspensions if Suspended.tag() not in without else []),
        ("on_leave", career.leaves),
        ("seconded", career.secondments),
    ]
    for kind, periods in absences:
        for period in periods:
            if period.begin <= day < period.end:
                return _since(kind, period.begin, period.opened.entries)
    return _since("in_service", posts[0].begin, posts[0].opened.entries)


def _out_of_service(over: list[Post]) -> Standing:
    """By the ends of the posts that ended last."""
    if not over:
        return Standing("never_served", None, ())
    end = max(post.end for post in over)
    closed = [post.closed for post in over if post.end == end and post.closed is not None]
    by_end: dict[type, StandingKind] = {Retired: "retired", TransferredOut: "transferred_out"}
    for ended_by, kind in by_end.items():
        for happening in closed:
            if isinstance(happening.fact, ended_by):
                return _since(kind, end, happening.entries)
    return _since("out_of_service", end, tuple(sorted({entry for one in closed for entry in one.entries})))


def _since(kind: StandingKind, since: Day, entries: tuple[int, ...]) -> Standing:
    return Standing(kind, date.fromordinal(since), entries)
