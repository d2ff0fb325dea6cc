"""An auditor 审计: a career byte for byte as it was recorded, as it was known then, and what has changed since."""

from operator import attrgetter

from litestar import Controller
from msgspec import Raw, Struct

from api.answers import Subject
from api.questions import career_named, days_between, knowledge
from api.readers.divisions import about_division, paged
from api.readers.one_career import Seen, about_one, of_one
from api.web.asking import Asking
from api.web.operation import Operation, route
from api.web.parameters import (
    AFTER,
    AND,
    CLUSTER,
    COMPARED,
    FIRST_DAY,
    HOUSE,
    KNOWN,
    LAST_DAY,
    LATE_AFTER,
    LIMIT,
    OF_DIVISION,
    ON,
    QUESTION,
    READINGS,
    WITHIN_DAYS,
)
from api.web.telling import JSON, NDJSON, Told, told
from domain.exporting import line_of
from domain.words import Phrase
from projections.asking import Answer, about
from projections.compare import Comparison
from projections.findings import Findings, findings_of
from projections.late_entries import LateEntries
from projections.overview import Overview, overview
from projections.secretary_eligibility import SecretaryEligibility, secretary_eligibility
from projections.service_years import ServiceYears, service_years
from projections.sieve import USUAL, Sieve
from projections.timeline import Timeline, timeline


class RawEntry(Struct, frozen=True):
    """An entry; `state` is verbatim what is stored of it."""

    number: int
    position: int
    state: Raw


class Entries(Answer, frozen=True):
    """All entries of a career that were known, by number."""

    entries: tuple[RawEntry, ...]


class Replay(Answer, frozen=True):
    """A career as it was known then, and every answer about it."""

    overview: Overview
    timeline: Timeline
    service_years: ServiceYears
    secretary_eligibility: SecretaryEligibility
    findings: Findings


ENTRIES = Operation(
    "entries",
    Phrase("原始记录:逐字节", "Raw entries, verbatim; as NDJSON in the import format"),
    tells=Entries, takes=KNOWN, media=(JSON, NDJSON),
)  # fmt: skip
REPLAY = Operation(
    "replay",
    Phrase("回放:当时所知的履历与答案", "Replay: the career and its answers as known then"),
    tells=Replay, takes=QUESTION,
)  # fmt: skip
COMPARE = Operation(
    "compare",
    Phrase("比较两个时刻所知", "Compare two moments of knowledge: facts and answers that changed, and why"),
    tells=Comparison, tagged=False, takes=(*HOUSE, COMPARED, AND, ON, *READINGS),
)  # fmt: skip


LATE = Operation(
    "late_entries",
    Phrase("迟登记,及晋级前集中的更正", "Late entries, and edits clustered before a promotion: reasons to look"),
    tells=LateEntries,
    takes=(*OF_DIVISION, FIRST_DAY._replace(required=True), LAST_DAY._replace(required=True), LATE_AFTER, WITHIN_DAYS,
           CLUSTER, AFTER, LIMIT),
    lasting=True,
)  # fmt: skip


class Auditors(Controller):
    """One career, audited."""

    path = "/careers/{career:uuid}"
    tags = ("auditor",)

    @route("GET", "/entries", ENTRIES)
    def entries(self, asking: Asking) -> Told:
        return of_one(asking, lambda seen: _entries(asking, seen))

    @route("GET", "/replay", REPLAY)
    def replay(self, asking: Asking) -> Told:
        return about_one(asking, _replayed)

    @route("GET", "/compare", COMPARE)
    def compare(self, asking: Asking) -> Told:
        career = asking.path["career"]
        asking.person(career)
        one, other = knowledge(asking.words["known_at"], "known_at"), knowledge(asking.words["and"], "and")
        answer = asking.house.desk.compare(str(career), asking.question(now=True), one, other)
        return told(answer, asking.language, (career,), max(answer.a.position, answer.b.position))


def _entries(asking: Asking, seen: Seen) -> Told:
    """Not by way of the facts: what a newer program wrote stands in them, too."""
    rows = asking.house.ledger.recorder.states(seen.career, seen.known.position)
    careers, position = (seen.career,), seen.known.position
    if NDJSON in asking.header(b"accept"):
        lines = b"".join(line_of(seen.career, state) for _, _, _, state in rows)
        return Told(lines, careers, position, tag=seen.tag, media=NDJSON)
    entries = tuple(RawEntry(number, place, Raw(state)) for _, number, place, state in rows)
    answer = Entries(seen.career, str(seen.career), seen.question.on, seen.known, entries)
    return told(answer, asking.language, careers, position, tag=seen.tag)


def _replayed(subject: Subject) -> Replay:
    entries, history, career, asked = subject
    return Replay(
        *about(asked),
        overview=overview(career, asked),
        timeline=timeline(entries, history, career, asked),
        service_years=service_years(career, asked),
        secretary_eligibility=secretary_eligibility(career, asked),
        findings=findings_of(career, asked),
    )


class Audits(Controller):
    """Careers across a division, audited."""

    path = "/audit"
    tags = ("auditor",)

    @route("GET", "/late-entries", LATE)
    def late_entries(self, asking: Asking) -> Told:
        words = asking.words
        first, last = days_between(words["first_day"], words["last_day"], ("first_day", "last_day"))
        sieve = Sieve(
            asking.whole("late_after", USUAL.late_after),
            asking.whole("within", USUAL.within),
            asking.whole("cluster", USUAL.at_least),
        )
        after = career_named(words["after"], "after") if "after" in words else None
        return about_division(
            asking,
            lambda asked: paged(
                asking,
                lambda reaching, limit: asking.house.department.late_entries(
                    asked, reaching, first, last, sieve=sieve, limit=limit, after=after
                ),
                "careers",
                attrgetter("career"),
            ),
            "careers",
        )
