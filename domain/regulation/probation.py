"""Probation 试用期 (Art. 12, 37(1)): how it was decided, when, and who stayed although it failed."""

from collections.abc import Iterator
from datetime import date

import msgspec
from msgspec import Struct

from domain.calendar import FOREVER, Day
from domain.career import Career, Post
from domain.facts import Hired, ProbationAssessed
from domain.history import Happening
from domain.regulation.article import article
from domain.regulation.finding import Found
from domain.regulation.posts import service_posts
from domain.regulation.readings import Readings
from domain.words import Phrase

KEPT = Phrase(
    "试用期考核不合格,试用期至 {last},此后仍在岗(第三十七条(一))",
    "the probation until {last} failed, and the person stayed in the post (Art. 37(1))",
)
DECIDED_LATE = Phrase(
    "试用期至 {last},{day} 才考核(第三十七条(一))",
    "the probation ended on {last}, and was decided only on {day} (Art. 37(1))",
)


class Verdict(Struct, frozen=True, gc=False):
    """How the probation of a hiring was decided. `last` is its planned last day, or the day of the verdict."""

    post: Post
    assessed: Happening
    passed: bool
    last: Day
    revised: Day = FOREVER
    """The day on which a later verdict took the place of this one."""


def verdicts(career: Career) -> list[Verdict]:
    """Every assessment of a probation; of two of one hiring, the later one decides."""
    found: list[Verdict] = []
    latest: dict[int, int] = {}
    hirings = [post for post in career.posts if isinstance(post.opened.fact, Hired)]
    for assessed in career.notes(ProbationAssessed):
        post = next(post for post in reversed(hirings) if post.begin <= assessed.day)
        hired, fact = post.opened.fact, assessed.fact
        assert isinstance(hired, Hired)
        assert isinstance(fact, ProbationAssessed)
        last = hired.probation_until.toordinal() if hired.probation_until else assessed.day
        earlier = latest.get(post.opened.number)
        if earlier is not None:
            found[earlier] = msgspec.structs.replace(found[earlier], revised=assessed.day)
        latest[post.opened.number] = len(found)
        found.append(Verdict(post, assessed, fact.passed, last))
    return found


@article("37", "试用期满考核不合格")
def found(career: Career, readings: Readings) -> Iterator[Found]:
    """Kept after a failed probation, and decided after it had ended."""
    posts = service_posts(career, readings)
    for verdict in verdicts(career):
        if verdict.post not in posts:
            continue
        decided, last = verdict.assessed.day, verdict.last
        entries = verdict.post.opened.entries + verdict.assessed.entries
        kept_from = max(decided, last) + 1
        if not verdict.passed and kept_from < verdict.post.end:
            yield Found(
                article="37(1)",
                rule="probation_failed_kept",
                begin=kept_from,
                end=verdict.post.end,
                entries=entries,
                why=KEPT(last=date.fromordinal(last)),
                gone=verdict.revised,
            )
        if decided > last:
            yield Found(
                article="37(1)",
                rule="probation_decided_late",
                begin=last + 1,
                end=decided + 1,
                entries=entries,
                why=DECIDED_LATE(last=date.fromordinal(last), day=date.fromordinal(decided)),
                seen=decided,
                gone=verdict.revised,
            )
