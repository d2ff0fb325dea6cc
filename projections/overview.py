"""Who is this, where, and in which grade, as it stands on a day? With the entries it rests on; nothing is judged.

The number of the identity card is not told, nor what kind of leave somebody is on.
"""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from domain.calendar import Day
from domain.career import Career, Post
from domain.facts import (
    Assessed,
    Certified,
    Graded,
    JoinedParty,
    Office,
    Promoted,
    Registered,
    Role,
    TermStarted,
    Track,
)
from domain.facts.merit import AssessmentResult
from domain.facts.person import CertificateLevel, Sex
from domain.facts.service import TermMode
from projections.asking import Answer, Asked, about, unplaced
from projections.standing import Standing, posts_on, standing

LATEST = 3
"""How many annual assessments are told."""


class PostNow(Struct, frozen=True, gc=False):
    """A post held on the day 岗位."""

    community: str
    role: Role | None
    full_time: bool
    in_post_since: date
    here_since: date
    """The first day of the stay in this community; the post may be older."""
    entries: tuple[int, ...]


class OfficeNow(Struct, frozen=True, gc=False):
    """An office held on the day 任职."""

    office: Office
    community: str
    mode: TermMode
    since: date
    entries: tuple[int, ...]


class GradeNow(Struct, frozen=True, gc=False):
    """The latest grade by the day 等级."""

    track: Track
    level: int
    since: date
    entries: tuple[int, ...]


class Membership(Struct, frozen=True, gc=False):
    """A full member of the party 正式党员."""

    since: date
    entries: tuple[int, ...]


class Assessment(Struct, frozen=True, gc=False):
    """An annual assessment 年度考核 that was confirmed by the day."""

    year: int
    result: AssessmentResult
    confirmed_on: date
    entries: tuple[int, ...]


class Certificate(Struct, frozen=True, gc=False):
    """A certificate of social work 职业资格."""

    level: CertificateLevel
    certificate_no: str
    on: date
    entries: tuple[int, ...]


class Overview(Answer, frozen=True):
    """A career at a glance. Name, sex and date of birth are None before the person is registered."""

    last_entry: int
    """The number of the last entry that is known, whatever day is asked about."""
    name: str | None
    sex: Sex | None
    born: date | None
    standing: Standing
    posts: tuple[PostNow, ...]
    offices: tuple[OfficeNow, ...]
    grade: GradeNow | None
    full_member: Membership | None
    assessments: tuple[Assessment, ...]
    """The latest three, by year."""
    certificates: tuple[Certificate, ...]
    unplaced: tuple[int, ...]


def overview(career: Career, asked: Asked, without: frozenset[str] = frozenset()) -> Overview:
    """A career as it stands on the asked day, which is inside, without the kinds that this reader is not shown."""
    day = asked.on.toordinal()
    person = career.registered.fact if career.registered else None
    known = person if isinstance(person, Registered) else None
    return Overview(
        *about(asked),
        last_entry=career.known,
        name=known.name if known else None,
        sex=known.sex if known else None,
        born=known.born if known else None,
        standing=standing(career, day, without),
        posts=tuple([_post(post, day) for post in posts_on(career, day)]),
        offices=tuple(_offices(career, day)),
        grade=_grade(career, day),
        full_member=_membership(career, day),
        assessments=tuple(sorted(_assessments(career, day), key=lambda one: one.year)[-LATEST:]),
        certificates=tuple(_certificates(career, day)),
        unplaced=unplaced(career),
    )


def _post(post: Post, day: Day) -> PostNow:
    stay = next(stay for stay in reversed(post.stays) if stay.begin <= day)
    return PostNow(
        stay.community,
        post.role,
        post.full_time,
        date.fromordinal(post.begin),
        date.fromordinal(stay.begin),
        tuple(sorted({*post.opened.entries, *stay.entries})),
    )


def _offices(career: Career, day: Day) -> Iterator[OfficeNow]:
    for term in career.terms:
        fact = term.opened.fact
        if term.begin <= day < term.end and isinstance(fact, TermStarted):
            yield OfficeNow(term.office, term.community, fact.mode, fact.on, term.opened.entries)


def _grade(career: Career, day: Day) -> GradeNow | None:
    grades = [one for kind in (Graded, Promoted) for one in career.notes(kind) if one.day <= day]
    if not grades:
        return None
    latest = max(grades)
    fact = latest.fact
    assert isinstance(fact, Graded | Promoted)
    return GradeNow(fact.track, fact.level, fact.on, latest.entries)


def _membership(career: Career, day: Day) -> Membership | None:
    """From the first day of becoming a full member 转正日 that is known of."""
    full = [
        (one.fact.full_on, one.entries)
        for one in career.notes(JoinedParty)
        if isinstance(one.fact, JoinedParty) and one.fact.full_on is not None and one.fact.full_on.toordinal() <= day
    ]
    return Membership(*min(full)) if full else None


def _assessments(career: Career, day: Day) -> Iterator[Assessment]:
    for one in career.notes(Assessed):
        fact = one.fact
        if one.day <= day and isinstance(fact, Assessed):
            yield Assessment(fact.year, fact.result, fact.confirmed_on, one.entries)


def _certificates(career: Career, day: Day) -> Iterator[Certificate]:
    for one in career.notes(Certified):
        fact = one.fact
        if one.day <= day and isinstance(fact, Certified):
            yield Certificate(fact.level, fact.certificate_no, fact.on, one.entries)
