"""Every day of a career as `count`, `bridge` or `break`, for the cumulative and the continuous measure."""

from collections.abc import Iterable
from datetime import date

from msgspec.structs import astuple

from domain.facts import Hired, LeaveStarted, PriorServiceRecognised, ProbationAssessed, SuspensionResolved
from tests.oracle.days import IN_FORCE, after, each_day, is_rest_day, ranges, strictly_between
from tests.oracle.readings import Readings
from tests.oracle.secondments import is_unlawful, limits
from tests.oracle.timeline import Stretch, Timeline
from tests.oracle.transfers import last_day, matched

Classes = tuple[str, str]
"""What a day is for the cumulative measure, and for the continuous."""

BY_READING = {"counts": "count", "bridges": "bridge", "breaks": "break"}
RANK = {"break": 0, "bridge": 1, "count": 2}


def worst(classes: Iterable[str]) -> str:
    return min(classes, key=lambda one: RANK[one])


def best(classes: Iterable[str]) -> str:
    return max(classes, key=lambda one: RANK[one])


def nothing_changes_after(timeline: Timeline) -> date:
    """After this day all days are alike: no fact names a later day, and every secondment's limit is past."""
    named = [value for fact in timeline.placed for value in astuple(fact) if isinstance(value, date)]
    return after(max([*named, IN_FORCE]), 150)


def is_service(post: Stretch, readings: Readings) -> bool:
    """A part-time post is no service, unless it is read so."""
    full_time = not isinstance(post.opened, Hired) or post.opened.full_time
    return full_time or readings["part_time"] == "counts"


def deciding_assessments(timeline: Timeline, on: date) -> dict[Stretch, ProbationAssessed]:
    """For every hiring, its last probation assessment up to `on`. One assesses the latest hiring begun by its day."""
    found: dict[Stretch, ProbationAssessed] = {}
    hirings = sorted(
        (post for post in timeline.posts if isinstance(post.opened, Hired)), key=lambda post: (post.first, post.number)
    )
    for note in timeline.notes:
        if isinstance(note, ProbationAssessed) and note.on <= on:
            found[[post for post in hirings if post.first <= note.on][-1]] = note
    return found


class _Days:
    def __init__(self, timeline: Timeline, readings: Readings, until: date) -> None:
        self.timeline = timeline
        self.readings = readings
        self.limits = limits(timeline, readings)
        self.assessed = deciding_assessments(timeline, date.max)
        self.pairs = matched(timeline)
        self.posts = {post: post.days(until) for post in timeline.posts if is_service(post, readings)}
        kinds = readings["prior_service"].split(",")
        self.prior = {
            day
            for note in timeline.notes
            if isinstance(note, PriorServiceRecognised) and note.kind in kinds
            for day in each_day(note.first_day, note.last_day)
        }
        self.service = self.prior.union(*self.posts.values())

    def classed(self) -> dict[date, Classes]:
        if not self.service:
            return {}
        days = {day: self.in_service(day) for day in sorted(self.service)}
        missing = [day for day in each_day(min(self.service), max(self.service)) if day not in self.service]
        for first, last in ranges(missing):
            kind = "bridge" if self.gap_bridges(first, last) else "break"
            for day in each_day(first, last):
                days[day] = (kind, kind)
        days = dict(sorted(days.items()))
        return self.without_first_days(days) if self.readings["first_day"] == "excluded" else days

    def in_service(self, day: date) -> Classes:
        sources = [self.in_post(post, day) for post, days in self.posts.items() if day in days]
        if day in self.prior:
            sources.append(("count", "count"))
        cumulative, continuous = (best(source[measure] for source in sources) for measure in (0, 1))
        if self.readings["before_2024"] == "excluded" and day < IN_FORCE:
            return worst([cumulative, "bridge"]), worst([continuous, "bridge"])
        return cumulative, continuous

    def in_post(self, post: Stretch, day: date) -> Classes:
        states = [("count", "count"), *self.lent(day)]
        away = [*self.on_leave(day), *self.suspended(day), *self.on_probation(post, day)]
        states += [(kind, kind) for kind in away]
        return worst(state[0] for state in states), worst(state[1] for state in states)

    def lent(self, day: date) -> Iterable[Classes]:
        for secondment in self.timeline.secondments:
            if not secondment.holds(day):
                continue
            unlawful = is_unlawful(secondment, self.limits[secondment], day)
            reading = self.readings["unlawful_secondment" if unlawful else "lawful_secondment"]
            yield ("count", "bridge") if reading == "split" else (BY_READING[reading], BY_READING[reading])

    def on_leave(self, day: date) -> Iterable[str]:
        for leave in self.timeline.leaves:
            if not leave.holds(day):
                continue
            fact = leave.opened
            assert isinstance(fact, LeaveStarted)
            if fact.kind == "unpaid":
                yield BY_READING[self.readings["unpaid_leave"]]
            elif fact.kind == "sick" and fact.medical_period_until and day > fact.medical_period_until:
                yield BY_READING[self.readings["sick_leave"]]

    def suspended(self, day: date) -> Iterable[str]:
        for suspension in self.timeline.suspensions:
            end = suspension.closed
            cleared = isinstance(end, SuspensionResolved) and end.outcome == "cleared"
            if suspension.holds(day) and not cleared:
                yield BY_READING[self.readings["suspension"]]

    def on_probation(self, post: Stretch, day: date) -> Iterable[str]:
        if self.readings["probation"] == "excluded_if_failed" and post in self.assessed:
            assessment, hired = self.assessed[post], post.opened
            assert isinstance(hired, Hired)
            if not assessment.passed and day <= (hired.probation_until or assessment.on):
                yield "bridge"

    def gap_bridges(self, first: date, last: date) -> bool:
        days = list(each_day(first, last))
        if len(days) <= int(self.readings["gap"]):
            return True
        if self.readings["rest_days_bridge"] == "yes" and all(is_rest_day(day) for day in days):
            return True
        return any(
            last_day(left) < first
            and last < arrival.first
            and strictly_between(last_day(left), arrival.first) <= int(self.readings["transfer_gap"])
            for left, arrival in self.pairs
        )

    def without_first_days(self, days: dict[date, Classes]) -> dict[date, Classes]:
        begins = {first for first, _ in runs(days)}
        return {
            day: (worst([classes[0], "bridge"]), worst([classes[1], "bridge"])) if day in begins else classes
            for day, classes in days.items()
        }


def day_classes(timeline: Timeline, readings: Readings, on: date) -> dict[date, Classes]:
    """Every day from the first to the last day of service; open service goes on to where nothing changes any more."""
    return _Days(timeline, readings, max(on, nothing_changes_after(timeline))).classed()


def runs(days: dict[date, Classes]) -> list[tuple[date, date]]:
    """Maximal blocks of days without a break, first and last day inside."""
    return ranges(day for day, classes in days.items() if "break" not in classes)


def is_open(timeline: Timeline, readings: Readings) -> bool:
    """Whether service goes on for ever, if nothing else becomes known."""
    return any(post.last is None and is_service(post, readings) for post in timeline.posts)
