"""Annual assessments 年度考核 (Art. 28, 37): missing ones, and two incompetent years running."""

from collections.abc import Iterator

from domain.calendar import FOREVER, Day
from domain.career import Career
from domain.facts import Assessed
from domain.history import Happening
from domain.regulation.article import article
from domain.regulation.finding import Found
from domain.regulation.posts import service_posts
from domain.regulation.readings import Readings
from domain.regulation.years import finished_years, year_range
from domain.words import Phrase

MISSING = Phrase("{year} 年度在岗,没有年度考核结果(第二十八条)", "in a post in {year}, and not assessed (Art. 28)")
TWO_RUNNING = Phrase(
    "{first} 和 {second} 连续两年考核不合格(第三十七条(二))",
    "incompetent in {first} and in {second}, two years running (Art. 37(2))",
)
ACROSS_A_GAP = Phrase(
    "{first} 和 {second} 年度考核不合格,其间年度无考核结果;是否“连续”须人工判断(第三十七条(二))",
    "incompetent in {first} and in {second}, with no assessment between; a person must judge whether that is"
    " two years running (Art. 37(2))",
)


def found(career: Career, readings: Readings, on: Day, since: Day) -> Iterator[Found]:
    """What is wrong with annual assessments, as it can be seen on some day from `since` to `on`."""
    assessed = _by_year(career)
    yield from _missing(career, readings, (since, on), assessed)
    yield from _two_incompetent(career, readings, assessed)


def _by_year(career: Career) -> dict[int, Happening]:
    years = {}
    for happening in career.notes(Assessed):
        fact = happening.fact
        assert isinstance(fact, Assessed)
        years[fact.year] = happening
    return dict(sorted(years.items()))


@article("28", "旗县(市、区)应当开展社区工作者年度考核")
def _missing(
    career: Career, readings: Readings, asked: tuple[Day, Day], assessed: dict[int, Happening]
) -> Iterator[Found]:
    """Finished years with a post on any day that are not assessed, or not yet on some day that may be asked."""
    posts = service_posts(career, readings)
    since, on = asked
    for year in finished_years(posts, on):
        known = assessed.get(year)
        begin, end = year_range(year)
        if known is not None and known.day <= max(since, end):
            continue
        served = [post for post in posts if post.begin < end and post.end > begin]
        if served:
            yield Found(
                article="28",
                rule="assessment_missing",
                begin=begin,
                end=end,
                entries=tuple(entry for post in served for entry in post.entries),
                why=MISSING(year=year),
                seen=end,
                gone=known.day if known is not None else FOREVER,
            )


@article("37", "连续两年考核不合格")
def _two_incompetent(career: Career, readings: Readings, assessed: dict[int, Happening]) -> Iterator[Found]:
    """Two incompetent years, nothing assessed between them, from the day on which the second is confirmed."""
    failed = [year for year, happening in assessed.items() if _incompetent(happening)]
    for place, first in enumerate(failed):
        for second in failed[place + 1 :]:
            seen = max(assessed[first].day, assessed[second].day)
            between = [assessed[year].day for year in assessed if first < year < second]
            if any(day <= seen for day in between):
                continue
            adjacent = second == first + 1
            breach = adjacent or readings.two_fails == "ignore_skipped"
            words = TWO_RUNNING if adjacent else ACROSS_A_GAP
            yield Found(
                article="37(2)",
                rule="two_incompetent_years",
                severity="breach" if breach else "review",
                begin=seen,
                end=_end_of_service(career, readings, seen),
                entries=assessed[first].entries + assessed[second].entries,
                why=words(first=first, second=second),
                gone=min(between, default=FOREVER),
            )


def _incompetent(happening: Happening) -> bool:
    return isinstance(happening.fact, Assessed) and happening.fact.result == "incompetent"


def _end_of_service(career: Career, readings: Readings, day: Day) -> Day:
    """The end of the unbroken service that goes on on a day; the day after it if there is none."""
    end = day + 1
    for post in service_posts(career, readings):
        if post.begin <= end and (post.end > end):
            end = post.end
    return end
