"""Service years 工作年限 (Art. 3, 23) and continuous years 连续工作 (Art. 32): what the days of a career add up to."""

from datetime import date
from typing import NamedTuple

from msgspec import Struct

from domain.calendar import FOREVER, Day, Span
from domain.career import Career
from domain.regulation.article import article
from domain.regulation.days import Stretch, day_model
from domain.regulation.lengths import Range, completed_on, days_in, joined, span_of
from domain.regulation.numbers import TEN_YEARS
from domain.regulation.readings import Readings
from domain.regulation.states import BREAK, CLASS_NAMES, COUNT, ClassName
from domain.words import Reason


class Cumulative(Struct, frozen=True, gc=False):
    """Days that count, wherever they were served."""

    days: int
    span: Span


class Continuous(Struct, frozen=True, gc=False):
    """The latest run without a break. On `ten_years_on`, the person counts as having ten years for the first time."""

    since: date | None
    days: int
    span: Span
    ten_years_complete: date | None
    ten_years_on: date | None


class Spell(Struct, frozen=True, gc=False):
    """A stretch of days of one kind, as it is told; gaps are spells too."""

    first_day: date
    last_day: date
    community: str | None
    cumulative: ClassName
    continuous: ClassName
    entries: tuple[int, ...]
    why: Reason


class Service(NamedTuple):
    """What all days up to the asked one come to."""

    cumulative: Cumulative
    continuous: Continuous
    run: list[Stretch]
    """The stretches of the latest run, followed past the asked day."""
    until: Day
    """The first day that is not looked at."""
    stretches: list[Stretch]


@article("3", "从事党建、治理、服务工作的全日制专职工作人员")
@article("23", "工作年限累计计算")
def service(career: Career, readings: Readings, on: date, stretches: list[Stretch] | None = None) -> Service:
    """Both measures, up to and including `on`; read `exclusive`, the asked day itself is not counted.

    `stretches` is the day model of the same career under the same readings, if it has been worked out already.
    """
    if stretches is None:
        stretches = day_model(career, readings)
    asked = on.toordinal()
    until = asked if readings.on == "exclusive" else asked + 1
    everything = joined(((s.begin, s.end) for s in stretches if s.cumulative == COUNT), until)
    run = latest_run(stretches, asked)
    return Service(
        cumulative=Cumulative(days_in(everything), span_of(everything, readings)),
        continuous=_continuous(run, readings, until),
        run=run,
        until=until,
        stretches=stretches,
    )


def latest_run(stretches: list[Stretch], asked: Day) -> list[Stretch]:
    """The latest stretches without a break between them, of those that began on or before the asked day."""
    run: list[Stretch] = []
    broken = True
    for stretch in stretches:
        if stretch.continuous == BREAK:
            broken = True
            continue
        if broken:
            if stretch.begin > asked:
                break
            run, broken = [], False
        run.append(stretch)
    return run


def counted(run: list[Stretch], until: Day) -> list[Range]:
    """The counted days of a run."""
    return joined(((s.begin, s.end) for s in run if s.continuous == COUNT), until)


@article("32", "在社区连续工作10年以上")
def _continuous(run: list[Stretch], readings: Readings, until: Day) -> Continuous:
    so_far = counted(run, until)
    complete = ten_years_complete(counted(run, FOREVER), readings)
    return Continuous(
        since=date.fromordinal(so_far[0][0]) if so_far else None,
        days=days_in(so_far),
        span=span_of(so_far, readings),
        ten_years_complete=date.fromordinal(complete) if complete is not None else None,
        ten_years_on=date.fromordinal(complete + 1) if complete is not None else None,
    )


def ten_years_complete(ever: list[Range], readings: Readings) -> Day | None:
    """The last day of ten years of the counted days of a run, or None; the person has them from the day after."""
    if not ever:
        return None
    last = completed_on(ever, TEN_YEARS.on(date.fromordinal(ever[0][0])), readings)
    if last is None:
        return None
    return last + 1 if readings.completion == "civil_201" else last


def spells(answer: Service) -> tuple[Spell, ...]:
    """The whole career up to the asked day, without holes."""
    return tuple(
        Spell(
            first_day=date.fromordinal(stretch.begin),
            last_day=date.fromordinal(min(stretch.end, answer.until) - 1),
            community=stretch.community,
            cumulative=CLASS_NAMES[stretch.cumulative],
            continuous=CLASS_NAMES[stretch.continuous],
            entries=stretch.entries,
            why=stretch.why,
        )
        for stretch in answer.stretches
        if stretch.begin < answer.until
    )
