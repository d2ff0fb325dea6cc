"""Retirement 退休 (Art. 30): the statutory retirement day, and who stayed in a post after it."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from domain.calendar import Day, corresponding_day
from domain.career import Career
from domain.facts import Registered
from domain.regulation.article import article
from domain.regulation.finding import Found
from domain.regulation.posts import service_posts
from domain.regulation.readings import Readings
from domain.words import Phrase

OVERDUE = Phrase(
    "法定退休日为 {day}(延迟退休办法 1),此后仍在岗(第三十条)",
    "the statutory retirement day was {day} (延迟退休办法 1); still in a post after it (Art. 30)",
)


class Delay(Struct, frozen=True):
    """How a retirement age is put off by the month of birth: one month for every `step` months, `most` at most."""

    age: int
    first_month: date
    step: int
    most: int


DELAYS = {
    "60": Delay(60, date(1965, 1, 1), 4, 36),
    "55": Delay(55, date(1970, 1, 1), 4, 36),
    "50": Delay(50, date(1975, 1, 1), 2, 60),
}
"""By the age of before 2025: men 60, women 55 or 50.  Source: 国务院关于渐进式延迟法定退休年龄的办法 1."""


@article("30", "社区工作者达到法定退休年龄的")
def retirement_day(registered: Registered, readings: Readings) -> date:
    """The day on which the statutory retirement age is reached, put off by the month of birth."""
    delay = DELAYS["60" if registered.sex == "male" else readings.retirement_female]
    born = registered.born
    months = (born.year - delay.first_month.year) * 12 + born.month - 1
    put_off = min(months // delay.step + 1, delay.most) if months >= 0 else 0
    return corresponding_day(born, delay.age * 12 + put_off)


def found(career: Career, readings: Readings) -> Iterator[Found]:
    """In a post after the retirement day; without a registration nobody's age is known."""
    registered = career.registered.fact if career.registered else None
    if not isinstance(registered, Registered) or career.registered is None:
        return
    day = retirement_day(registered, readings)
    after: Day = day.toordinal() + 1
    for post in service_posts(career, readings):
        if post.end > after:
            yield Found(
                article="30",
                rule="retirement_overdue",
                begin=max(after, post.begin),
                end=post.end,
                entries=career.registered.entries + post.entries,
                why=OVERDUE(day=day),
            )
