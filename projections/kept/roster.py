"""Kept table `roster` 花名册: where each person served when, in which role, grade and office.

One row for every stretch of days on which none of these changed, of every post: who holds two posts at once stands in
two communities.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from domain.calendar import Day
from domain.career import Post, Term
from domain.facts import Graded, Promoted
from domain.history import Happening
from projections.kept.folded import Folded
from projections.kept.table import Table, number_of
from projections.wire import json_text


def rows(folded: Folded) -> Iterator[tuple[Any, ...]]:
    """All stretches of all posts."""
    career = folded.career
    grades = sorted([*career.notes(Graded), *career.notes(Promoted)])
    place = 0
    for post in career.posts:
        cuts = {stay.begin for stay in post.stays}
        cuts.update(grade.day for grade in grades)
        cuts.update(day for term in career.terms for day in (term.begin, term.end))
        inside = sorted(cut for cut in cuts if post.begin < cut < post.end)
        for begin, end in pairwise([post.begin, *inside, post.end]):
            yield folded.key, place, begin, end, *_stretch(post, begin, grades, career.terms)
            place += 1


def _stretch(post: Post, day: Day, grades: list[Happening], terms: list[Term]) -> tuple[Any, ...]:
    """What holds on the first day of a stretch, and so on all of them."""
    stay = next(stay for stay in reversed(post.stays) if stay.begin <= day)
    grade = next((one for one in reversed(grades) if one.day <= day), None)
    held = [term for term in terms if term.begin <= day < term.end]
    entries = {*post.opened.entries, *stay.entries, *(entry for term in held for entry in term.opened.entries)}
    track = level = None
    if grade is not None and isinstance(grade.fact, Graded | Promoted):
        track, level = grade.fact.track, grade.fact.level
        entries.update(grade.entries)
    return (
        number_of(stay.community),
        post.begin,
        stay.begin,
        post.role,
        int(post.full_time),
        track,
        level,
        json_text([{"office": term.office, "community": term.community} for term in held]),
        json_text(sorted(entries)),
    )


ROSTER = Table(
    "roster",
    {
        "career": "BLOB",
        "place": "INTEGER",
        "begins": "INTEGER",
        "ends": "INTEGER",
        "community": "INTEGER",
        "in_post_since": "INTEGER",
        "here_since": "INTEGER",
        "role": "TEXT",
        "full_time": "INTEGER",
        "track": "TEXT",
        "level": "INTEGER",
        "offices": "TEXT",
        "entries": "TEXT",
    },
    key=("career", "place"),
    indexes=(("community", "ends", "begins"),),
    rows=rows,
)
