"""Training 培训 (Art. 20): the hours of special training that every calendar year asks for."""

from collections.abc import Iterator
from datetime import date

from domain.calendar import Day
from domain.career import Career, Period
from domain.facts import Trained
from domain.history import Happening
from domain.regulation.article import article
from domain.regulation.finding import Found
from domain.regulation.lengths import days_in
from domain.regulation.numbers import LEADER_HOURS, WORKER_HOURS
from domain.regulation.offices import terms_as
from domain.regulation.posts import service_posts
from domain.regulation.readings import Readings
from domain.regulation.years import finished_years, within, year_range
from domain.words import Phrase

SHORT = Phrase(
    "{year} 年专门培训 {hours:g} 学时,少于 {needed:g} 学时(第二十条)",
    "{hours:g} hours of special training in {year}, fewer than {needed:g} (Art. 20)",
)


@article("20", "每年参加社区工作专门培训累计不少于56学时")
def found(career: Career, readings: Readings, on: Day) -> Iterator[Found]:
    """Finished years with too few hours; a training belongs to the year of its last day.

    Read `calendar`, a year with a post on every day owes the full hours, the higher if the person was secretary or
    director on any day of it. Read `pro_rata`, every day in a post owes its part of the hours of that day.
    """
    posts: list[Period] = list(service_posts(career, readings))
    years = finished_years(posts, on)
    if not years:
        return
    trained = _special_by_year(career)
    leading = terms_as(career, "secretary", "director")
    for year in years:
        needed = _needed(year, posts, list(leading), readings)
        trainings = trained.get(year, [])
        hours = sum(happening.fact.hours for happening in trainings if isinstance(happening.fact, Trained))
        if hours < needed:
            begin, end = year_range(year)
            served = [post for post in posts if post.begin < end and post.end > begin]
            sources: list[Period | Happening] = [*served, *trainings]
            yield Found(
                article="20",
                rule="training_hours_short",
                begin=begin,
                end=end,
                entries=tuple(entry for source in sources for entry in source.entries),
                why=SHORT(year=year, hours=hours, needed=needed),
                seen=end,
            )


def _special_by_year(career: Career) -> dict[int, list[Happening]]:
    years: dict[int, list[Happening]] = {}
    for happening in career.notes(Trained):
        fact = happening.fact
        if isinstance(fact, Trained) and fact.kind == "special":
            years.setdefault(fact.last_day.year, []).append(happening)
    return years


def _needed(year: int, posts: list[Period], leading: list[Period], readings: Readings) -> float:
    """The hours that the year asks for; 0 if it asks for none."""
    begin, end = year_range(year)
    last = date(year, 12, 31)
    leader_hours, worker_hours = LEADER_HOURS.on(last), WORKER_HOURS.on(last)
    served = within(posts, (begin, end))
    led = [part for stay in served for part in within(leading, stay)]
    if readings.training_year == "pro_rata":
        leader_days = days_in(led)
        worker_days = days_in(served) - leader_days
        return (leader_days * leader_hours + worker_days * worker_hours) / (end - begin)
    if days_in(served) < end - begin:
        return 0.0
    return leader_hours if led else worker_hours
