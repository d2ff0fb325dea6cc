"""Excellent performance 表现优秀 (Art. 32), which the regulation does not define: what the assessments say of it."""

from typing import NamedTuple

from domain.calendar import Day
from domain.career import Career
from domain.facts import Assessed, Commended
from domain.history import Happening
from domain.regulation.article import article
from domain.regulation.readings import Readings
from domain.regulation.verdict import NO, UNDETERMINED, YES, Met
from domain.words import Phrase, Reason

LATEST = 3
"""How many annual assessments are looked at."""

TOO_FEW = Phrase(
    "只有 {known} 个年度考核结果,至少需 {needed} 个", "only {known} annual assessments are known, {needed} are needed"
)
INCOMPETENT = Phrase("{year} 年度考核不合格", "incompetent in {year}")
EXCELLENT = Phrase("{first}–{last} 年度考核无不合格,且有优秀", "{first}–{last}: none incompetent, one excellent")
EXCELLENT_LAST = Phrase("最近一次({last} 年度)考核优秀", "excellent in {last}, the latest year")
NOT_EXCELLENT_LAST = Phrase("最近一次({last} 年度)考核不是优秀", "not excellent in {last}, the latest year")
COMMENDED = Phrase("{first}–{last} 年度考核无不合格,且受过表彰", "{first}–{last}: none incompetent, and commended")
NONE_EXCELLENT = Phrase("{first}–{last} 年度考核没有优秀", "{first}–{last}: none excellent")


class Performance(NamedTuple):
    """How it stands, the entries that it rests on, and why."""

    met: Met
    entries: tuple[int, ...]
    why: Reason


def performance(career: Career, readings: Readings, on: Day) -> tuple[Performance, Day | None]:
    """How it stands on a day, and the first day of its unbroken run of being met."""
    assessed = [known for known in career.notes(Assessed) if known.day <= on]
    commended = [known for known in career.notes(Commended) if known.day <= on]
    if readings.excellent_performance != "commended_counts":
        commended = []
    standing = now = _standing(assessed, commended, readings)
    since: Day | None = None
    while now.met == YES:
        # Go back to the day of the latest change, and look at how it stood on the day before.
        since = max(known[-1].day for known in (assessed, commended) if known)
        assessed = [known for known in assessed if known.day < since]
        commended = [known for known in commended if known.day < since]
        now = _standing(assessed, commended, readings)
    return standing, since


@article("32", "表现优秀的社区党组织书记")
def _standing(assessed: list[Happening], commended: list[Happening], readings: Readings) -> Performance:
    """How it stands when these are known."""
    years = sorted(((_assessment(happening), happening) for happening in assessed), key=lambda pair: pair[0].year)
    needed = 1 if readings.excellent_performance == "latest_excellent" else LATEST
    entries = tuple(entry for _, happening in years[-needed:] for entry in happening.entries)
    latest = [assessment for assessment, _ in years[-needed:]]
    if len(latest) < needed:
        return Performance(UNDETERMINED, entries, TOO_FEW(known=len(latest), needed=needed))
    between = {"first": latest[0].year, "last": latest[-1].year}
    excellent = any(assessment.result == "excellent" for assessment in latest)
    if readings.excellent_performance == "latest_excellent":
        why = EXCELLENT_LAST(**between) if excellent else NOT_EXCELLENT_LAST(**between)
        return Performance(YES if excellent else NO, entries, why)
    for assessment in latest:
        if assessment.result == "incompetent":
            return Performance(NO, entries, INCOMPETENT(year=assessment.year))
    if excellent:
        return Performance(YES, entries, EXCELLENT(**between))
    if commended:
        return Performance(YES, entries + commended[-1].entries, COMMENDED(**between))
    return Performance(NO, entries, NONE_EXCELLENT(**between))


def _assessment(happening: Happening) -> Assessed:
    fact = happening.fact
    assert isinstance(fact, Assessed)
    return fact
