"""Recruitment 招聘 (Art. 8–12, 20): the age of a specialist, and the training before the first day."""

from collections.abc import Iterator
from datetime import date

from domain.calendar import corresponding_day
from domain.career import Career, Post
from domain.facts import Hired, Registered, Trained
from domain.regulation.article import article
from domain.regulation.finding import Found
from domain.regulation.numbers import HIRE_FROM, HIRE_UNDER, PRE_POST_HOURS
from domain.regulation.posts import service_posts
from domain.regulation.readings import Readings
from domain.words import Phrase

TOO_OLD = Phrase(
    "上岗首日已满 {age} 周岁(第九条:一般在 {age} 周岁以下)",
    "had reached {age} on the first day; Art. 9 asks for under {age} as a rule",
)
TOO_YOUNG = Phrase("上岗首日未满 {age} 周岁(劳动法 15)", "had not reached {age} on the first day (劳动法 15)")
TOO_FEW_HOURS = Phrase(
    "上岗前集中脱产培训 {hours:g} 学时,少于 {needed:g} 学时(第二十条)",
    "{hours:g} hours of offline training before the first day, fewer than {needed:g} (Art. 20)",
)


def found(career: Career, readings: Readings) -> Iterator[Found]:
    """What is wrong with hirings into posts that are service."""
    posts = service_posts(career, readings)
    yield from _ages(career, posts)
    yield from _training_before_first_day(career, posts)


@article("9", "年龄一般在40周岁以下")
def _ages(career: Career, posts: list[Post]) -> Iterator[Found]:
    """A specialist hired too young or too old; without a registration nobody's age is known."""
    registered = career.registered.fact if career.registered else None
    if not isinstance(registered, Registered) or career.registered is None:
        return
    for post in posts:
        hired = post.opened.fact
        if not isinstance(hired, Hired) or hired.role != "specialist":
            continue
        most, least = HIRE_UNDER.on(hired.on), HIRE_FROM.on(hired.on)
        why = None
        if corresponding_day(registered.born, most * 12) <= hired.on:
            why = TOO_OLD(age=most)
        elif corresponding_day(registered.born, least * 12) > hired.on:
            why = TOO_YOUNG(age=least)
        if why is not None:
            yield Found(
                article="9",
                rule="underage_or_overage_hire",
                severity="review",
                begin=post.begin,
                end=post.begin + 1,
                entries=career.registered.entries + post.opened.entries,
                why=why,
            )


@article("20", "上岗前应当接受不少于24学时的集中脱产培训")
def _training_before_first_day(career: Career, posts: list[Post]) -> Iterator[Found]:
    """Too few offline hours before the first day of a first hiring: whoever arrived by transfer was no newcomer."""
    first = posts[0] if posts else None
    if first is None or not isinstance(first.opened.fact, Hired):
        return
    hours, entries = 0.0, first.opened.entries
    for happening in career.notes(Trained):
        if happening.day >= first.begin:
            break  # They come by their last days.
        training = happening.fact
        assert isinstance(training, Trained)
        if training.kind == "pre_post" and training.mode == "offline":
            hours += training.hours
            entries += happening.entries
    needed = PRE_POST_HOURS.on(date.fromordinal(first.begin))
    if hours < needed:
        yield Found(
            article="20",
            rule="no_pre_post_training",
            begin=first.begin,
            end=first.begin + 1,
            entries=entries,
            why=TOO_FEW_HOURS(hours=hours, needed=needed),
        )
