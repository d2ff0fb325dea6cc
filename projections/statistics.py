"""How many work in this division, against the standard (Art. 5); for how long they have; and how they are trained?"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from math import fsum
from operator import itemgetter
from typing import Any, get_args

from msgspec import Struct
from msgspec.json import Decoder

from domain.calendar import Day
from domain.divisions import BANNER, COMMUNITY, LEAGUE, REGION, REGION_CODE, STREET, names, within
from domain.errors import QuestionError
from domain.facts import Office, Role
from domain.regulation.finding import LAW_BEGINS, Severity
from domain.regulation.lengths import joined, span_of
from domain.regulation.numbers import STAFFING
from domain.regulation.readings import Readings
from domain.words import Phrase
from projections.asking import AskedOfDivision, DivisionAnswer, about_division, community_of
from projections.kept.snapshot import Snapshot
from projections.kept.table import numbers_in
from projections.kept.training import SESSIONS

_HERE = "r.community >= :first AND r.community < :end AND r.begins <= :on AND r.ends > :on"

_POSTS = f"""
    SELECT r.career, r.community, r.role, r.full_time, r.offices FROM {{roster}} AS r WHERE {_HERE}
"""  # noqa: S608 - no value is part of it

_COUNTED = f"""
    SELECT s.career, s.begins, s.ends FROM {{service}} AS s
    WHERE s.counts = 1 AND s.begins < :until AND s.career IN (SELECT r.career FROM {{roster}} AS r WHERE {_HERE})
    ORDER BY s.career, s.begins
"""  # noqa: S608

_TRAINING = f"""
    SELECT t.year, t.owed, t.sessions FROM {{training}} AS t
    WHERE t.year >= :last_year AND t.year <= :this_year
      AND t.career IN (SELECT r.career FROM {{roster}} AS r WHERE {_HERE})
"""  # noqa: S608

_OPEN_FINDINGS = """
    SELECT o.article, o.severity, COUNT(*) FROM (
        SELECT DISTINCT f.career, f.place, f.article, f.severity FROM {findings} AS f
        WHERE f.here_since <= :on AND f.begins <= :on AND f.seen <= :on AND f.gone > :on AND f.ends > :on + 1 %s
    ) AS o
    GROUP BY o.article, o.severity
"""
_OPEN_ANYWHERE = _OPEN_FINDINGS % ""
_OPEN_HERE = _OPEN_FINDINGS % "AND f.community >= :first AND f.community < :end"

NOBODY = Phrase("population:应为 1 或更大的城镇常住人口数", "population: the number of urban residents, 1 or more")

TEN_THOUSAND = 10_000

BANDS = (0, 1, 3, 5, 10, 15, 20)
"""Completed years with which the bands of the tenure distribution begin; each ends where the next begins."""


class Strength(Struct, frozen=True, gc=False):
    """People with a post of one kind. Who holds posts of several kinds is counted in each."""

    role: Role | None
    """None where an arrival names no role and none was known before."""
    full_time: bool
    people: int


class OfficeHolders(Struct, frozen=True, gc=False):
    """People with a post in the division who hold an office on the day, in whichever community."""

    office: Office
    people: int


class Part(Struct, frozen=True, gc=False):
    """A direct subdivision: people with a post in it, and those of them with a full-time post in it."""

    division: str
    people: int
    full_time: int


class Standard(Struct, frozen=True, gc=False):
    """The standard 配备标准 (Art. 5), and how far the division is from it."""

    population: int
    """Urban residents 城镇常住人口, as asked."""
    per_ten_thousand: int
    exact: float
    """The population times the rate: the standard is a rate, so it need not be whole."""
    people: int
    """The most whole people that do not exceed it, for the total is controlled (Art. 5: 总量控制): rounded down."""
    full_time: int
    """People with a full-time post in the division: nobody else is a community worker (Art. 3: 全日制专职)."""
    difference: int
    """`full_time` less `people`: how many are over the standard; negative, how many are missing."""


class Band(Struct, frozen=True, gc=False):
    """People by completed years of cumulative service (Art. 23): at least `years_from`, fewer than `years_under`."""

    years_from: int
    years_under: int | None
    people: int


class Compliance(Struct, frozen=True, gc=False):
    """People of the division who owe hours of special training in a calendar year (Art. 20), wherever they served."""

    year: int
    finished: bool
    """Whether the year was over on the asked day; else only what was done by that day is counted."""
    owing: int
    reached: int
    hours_missing: float
    """Of all who have not reached theirs, together."""


class OpenFindings(Struct, frozen=True, gc=False):
    """Findings that are not over on the asked day."""

    article: str
    severity: Severity
    findings: int


class Statistics(DivisionAnswer, frozen=True):
    """Figures about everyone with a post in the division on the asked day, full-time or not, each counted once."""

    people: int
    by_post: tuple[Strength, ...]
    offices: tuple[OfficeHolders, ...]
    parts: tuple[Part, ...]
    """Every direct subdivision of the edition, and any other in which somebody serves; none of a community."""
    standard: Standard | None
    """None without a population."""
    tenure: tuple[Band, ...]
    training: tuple[Compliance, Compliance]
    """The last year that was over on the asked day, and the year of that day."""
    open_findings: tuple[OpenFindings, ...]
    readings: Readings
    rules: str


def statistics(snapshot: Snapshot, asked: AskedOfDivision, population: int | None = None) -> Statistics:
    """How the division stands on the asked day. Raises `QuestionError` for a population of nobody."""
    if population is not None and population < 1:
        raise QuestionError(NOBODY())
    first, end = numbers_in(asked.division)
    here = {"first": first, "end": end, "on": asked.on.toordinal()}
    posts = snapshot.select(_POSTS, **here)
    people = {post[0] for post in posts}
    full_time = len({post[0] for post in posts if post[3]})
    return Statistics(
        *about_division(asked, snapshot),
        people=len(people),
        by_post=_by_post(posts),
        offices=_offices(posts),
        parts=_parts(asked.division, posts),
        standard=None if population is None else _standard(asked, population, full_time),
        tenure=_tenure(snapshot, asked, here, len(people)),
        training=_training(snapshot, asked, here),
        open_findings=_open_findings(snapshot, asked, here),
        readings=asked.readings,
        rules=asked.rules,
    )


def _by_post(posts: list[tuple[Any, ...]]) -> tuple[Strength, ...]:
    """By role, those without one last; full-time first."""
    kinds = Counter((role, full_time) for _, role, full_time in {(post[0], post[2], post[3]) for post in posts})
    ordered = sorted(kinds.items(), key=lambda kind: (kind[0][0] is None, kind[0][0] or "", -kind[0][1]))
    return tuple(Strength(role, full_time == 1, people) for (role, full_time), people in ordered)


class _Held(Struct, frozen=True, gc=False):
    office: Office


_held = Decoder(tuple[_Held, ...]).decode


def _offices(posts: list[tuple[Any, ...]]) -> tuple[OfficeHolders, ...]:
    holders = {(post[0], held.office) for post in posts if post[4] != "[]" for held in _held(post[4])}
    people = Counter(office for _, office in holders)
    return tuple(OfficeHolders(office, people[office]) for office in get_args(Office))


_NEXT_LEVEL = {REGION: LEAGUE, LEAGUE: BANNER, BANNER: STREET, STREET: COMMUNITY}
"""The length of the codes of the direct subdivisions, by that of the division's."""


def _parts(division: str, posts: list[tuple[Any, ...]]) -> tuple[Part, ...]:
    level = _NEXT_LEVEL.get(len(division))
    if level is None:
        return ()
    there = [(post[0], community_of(post[1])[:level], post[3]) for post in posts]
    people = Counter(part for _, part in {(career, part) for career, part, _ in there})
    full_time = Counter(part for _, part in {(career, part) for career, part, full in there if full})
    known = {code for code in names() if len(code) == level and within(code, division)}
    return tuple(Part(code, people[code], full_time[code]) for code in sorted(known | people.keys()))


def _standard(asked: AskedOfDivision, population: int, full_time: int) -> Standard:
    rate = STAFFING.on(asked.on)
    people = population * rate // TEN_THOUSAND
    exact = population * rate / TEN_THOUSAND
    return Standard(population, rate, exact, people, full_time, full_time - people)


def _tenure(snapshot: Snapshot, asked: AskedOfDivision, here: dict[str, int], everyone: int) -> tuple[Band, ...]:
    """Who has no counted day has served for no year."""
    until = here["on"] if asked.readings.on == "exclusive" else here["on"] + 1
    years: Counter[int] = Counter()
    for _, ranges in groupby(snapshot.select(_COUNTED, until=until, **here), key=itemgetter(0)):
        counted = joined(((begin, end) for _, begin, end in ranges), until)
        years[span_of(counted, asked.readings).years] += 1
    years[0] += everyone - years.total()
    return tuple(
        Band(low, high, sum(people for served, people in years.items() if low <= served and _below(served, high)))
        for low, high in zip(BANDS, (*BANDS[1:], None), strict=True)
    )


def _below(years: int, limit: int | None) -> bool:
    return limit is None or years < limit


def _training(snapshot: Snapshot, asked: AskedOfDivision, here: dict[str, int]) -> tuple[Compliance, Compliance]:
    this_year = asked.on.year
    last_year = this_year - 1
    rows = snapshot.select(_TRAINING, last_year=last_year, this_year=this_year, **here)
    missing: dict[int, list[float]] = {last_year: [], this_year: []}
    for year, hours in _missing(rows, here["on"]):
        missing[year].append(hours)
    before = _trained(last_year, missing[last_year], finished=True)
    return before, _trained(this_year, missing[this_year], finished=False)


def _missing(rows: Iterable[tuple[int, float, str]], on: Day) -> Iterator[tuple[int, float]]:
    """Of every year that owes hours, those that were not done by the asked day."""
    for year, owed, sessions in rows:
        done = sum(session.hours for session in SESSIONS.decode(sessions) if session.day <= on)
        yield year, max(owed - done, 0.0)


def _trained(year: int, missing: list[float], *, finished: bool) -> Compliance:
    return Compliance(year, finished, len(missing), missing.count(0.0), fsum(missing))


def _open_findings(snapshot: Snapshot, asked: AskedOfDivision, here: dict[str, int]) -> tuple[OpenFindings, ...]:
    """By article and severity; what is open on a day before the regulation is `info`, unless read otherwise."""
    found: Counter[tuple[str, Severity]] = Counter()
    before_law = here["on"] < LAW_BEGINS and asked.readings.retroactive == "info"
    # All communities lie in the region, and going through them by an index takes longer than going through all rows.
    query = _OPEN_ANYWHERE if asked.division == REGION_CODE else _OPEN_HERE
    for article, severity, count in snapshot.select(query, **here):
        found[article, "info" if before_law else severity] += count
    ordered = sorted(found.items(), key=lambda one: (int(one[0][0].partition("(")[0]), *one[0]))
    return tuple(OpenFindings(article, severity, count) for (article, severity), count in ordered)
