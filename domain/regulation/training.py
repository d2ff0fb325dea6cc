"""Training 培训 (Art. 20): the hours of special training that every calendar year asks for."""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import accumulate, chain

from domain.calendar import Day
from domain.career import Career, Post, Term
from domain.facts import Trained
from domain.history import Happening
from domain.regulation.article import article
from domain.regulation.finding import Found
from domain.regulation.lengths import days_in
from domain.regulation.numbers import LEADER_HOURS, WORKER_HOURS
from domain.regulation.offices import terms_as
from domain.regulation.posts import service_posts
from domain.regulation.readings import Readings
from domain.regulation.years import covers, finished_years, within, year_range
from domain.words import Phrase

SHORT = Phrase(
    "{year} 年专门培训 {hours:g} 学时,少于 {needed:g} 学时(第二十条)",
    "{hours:g} hours of special training in {year}, fewer than {needed:g} (Art. 20)",
)


class SpecialTraining:
    """The special training 专门培训 of a career, year by year; a training belongs to the year of its last day."""

    __slots__ = ("days", "leading", "posts", "pro_rata", "sessions")

    def __init__(self, career: Career, readings: Readings) -> None:
        self.posts = service_posts(career, readings)
        self.leading = terms_as(career, "secretary", "director")
        self.pro_rata = readings.training_year == "pro_rata"
        notes = career.notes(Trained)
        self.sessions = [one for one in notes if isinstance(one.fact, Trained) and one.fact.kind == "special"]
        self.days = [one.day for one in self.sessions]

    @article("20", "每年参加社区工作专门培训累计不少于56学时")
    def years(self, on: Day) -> Iterator[tuple[int, float, float]]:
        """Every year that is over by `on`, with the hours that it owes and those that were done in it.

        Read `calendar`, a year with a post on every day owes the full hours, the higher if the person was secretary or
        director on any day of it. Read `pro_rata`, every day in a post owes its part of the hours of that day.
        """
        years = finished_years(self.posts, on)
        if not years:
            return
        days, posts, leading = self.days, self.posts, self.leading
        hours_before = [0.0, *accumulate(one.fact.hours for one in self.sessions if isinstance(one.fact, Trained))]
        owed = _owed_by_days if self.pro_rata else _owed_in_full
        first = bisect_left(days, year_range(years[0])[0])
        for year in years:
            after = bisect_left(days, year_range(year)[1], first)
            yield year, owed(year, posts, leading), hours_before[after] - hours_before[first]
            first = after

    def served(self, year: int) -> list[tuple[int, ...]]:
        """The entries of each post on any day of a year."""
        begin, end = year_range(year)
        return [post.entries for post in self.posts if post.begin < end and post.end > begin]

    def sessions_of(self, year: int) -> list[Happening]:
        """The trainings of a year, in order."""
        begin, end = year_range(year)
        return self.sessions[bisect_left(self.days, begin) : bisect_left(self.days, end)]


def found(career: Career, readings: Readings, on: Day) -> Iterator[Found]:
    """Finished years with fewer hours than they owe."""
    training = SpecialTraining(career, readings)
    for year, owed, done in training.years(on):
        if done < owed:
            begin, end = year_range(year)
            sources = [*training.served(year), *(one.entries for one in training.sessions_of(year))]
            yield Found(
                article="20",
                rule="training_hours_short",
                begin=begin,
                end=end,
                entries=tuple(chain.from_iterable(sources)),
                why=SHORT(year=year, hours=done, needed=owed),
                seen=end,
            )


def _owed_in_full(year: int, posts: list[Post], leading: list[Term]) -> float:
    """The hours of a year with a post on every day; 0 of any other."""
    begin, end = year_range(year)
    if not covers(posts, (begin, end)):
        return 0.0
    leader_hours, worker_hours = _hours_of(year)
    led = bool(leading) and any(term.begin < end and term.end > begin for term in leading)
    return leader_hours if led else worker_hours


def _owed_by_days(year: int, posts: list[Post], leading: list[Term]) -> float:
    """The hours of the days in a post, each its part of the year's."""
    begin, end = year_range(year)
    leader_hours, worker_hours = _hours_of(year)
    served = within(posts, (begin, end))
    leader_days = sum(days_in(within(leading, stay)) for stay in served)
    worker_days = days_in(served) - leader_days
    return (leader_days * leader_hours + worker_days * worker_hours) / (end - begin)


@cache
def _hours_of(year: int) -> tuple[float, float]:
    """What a leader and what another worker owes in a year."""
    last = date(year, 12, 31)
    return LEADER_HOURS.on(last), WORKER_HOURS.on(last)
