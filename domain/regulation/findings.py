"""All findings of a career: every rule of the regulation that was broken, or is in doubt, as seen on a day."""

from collections.abc import Iterator
from datetime import date

from domain.calendar import Day
from domain.career import Career
from domain.regulation import (
    assessment,
    membership,
    posts,
    probation,
    recruitment,
    retirement,
    secondment,
    training,
    transfer,
)
from domain.regulation.finding import Finding, Found, look
from domain.regulation.readings import Readings


def found(career: Career, readings: Readings, on: Day, since: Day | None = None) -> Iterator[Found]:
    """Everything that can be seen on a day from `since` to `on`, or on `on` alone; in the order of the articles.

    Yearly rules are judged for the years that are over by `on`.
    """
    yield from posts.found(career, readings)
    yield from recruitment.found(career, readings)
    yield from training.found(career, readings, on)
    yield from transfer.found(career, readings)
    yield from secondment.found(career, readings)
    yield from assessment.found(career, readings, on, on if since is None else since)
    yield from retirement.found(career, readings)
    yield from membership.found(career, readings)
    yield from probation.found(career, readings)


def findings(career: Career, readings: Readings, on: date) -> tuple[Finding, ...]:
    """What can be seen on a day, by the day on which it began."""
    asked = on.toordinal()
    seen = (look(one, readings, asked) for one in found(career, readings, asked))
    return tuple(sorted((one for one in seen if one is not None), key=lambda one: (one.since, one.article, one.rule)))
