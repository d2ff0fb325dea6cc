"""What happens to days of service: lent, on leave, suspended, on a probation that failed.

A state gives its days a class for each of the two measures. It matters only on days in a post.
"""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from domain.calendar import FOREVER, Day
from domain.career import Career, Period
from domain.facts import LeaveStarted, SuspensionResolved
from domain.regulation.article import article
from domain.regulation.probation import verdicts
from domain.regulation.readings import Readings
from domain.regulation.secondment import links
from domain.words import Phrase, Reason

DayClass = int
COUNT, BRIDGE, BREAK = 0, 1, 2
"""A day counts; or is not counted but does not break; or breaks. The worse is the greater."""

ClassName = Literal["count", "bridge", "break"]
CLASS_NAMES: tuple[ClassName, ClassName, ClassName] = ("count", "bridge", "break")

OF_READING = {"counts": COUNT, "bridges": BRIDGE, "breaks": BREAK}

LENT_LAWFULLY = Phrase("合规借调,劳动关系不变", "lent lawfully, the relation survives")
LENT_UNLAWFULLY = Phrase("违规借调或超期借调(第二十四条)", "lent unlawfully or past the limit (Art. 24)")
ON_LEAVE = {
    "maternity": Phrase("产假", "maternity leave"),
    "injury": Phrase("工伤停工", "leave after an injury at work"),
    "sick": Phrase("病假,在医疗期内", "sick leave within the medical period"),
    "unpaid": Phrase("停薪留职", "unpaid leave"),
}
SICK_BEYOND = Phrase("病假,超过医疗期", "sick leave beyond the medical period")
CLEARED = Phrase("停职,后查清无责", "suspended, and cleared later")
SANCTIONED = Phrase("停职,后受处分", "suspended, and sanctioned later")
UNRESOLVED = Phrase("停职,尚未处理", "suspended, not yet resolved")
PROBATION_FAILED = Phrase("试用期考核不合格", "a probation that failed")


class State(Struct, frozen=True, gc=False):
    """Days `[begin, end)` and their class for Art. 23 (cumulative) and Art. 32 (continuous)."""

    begin: Day
    end: Day
    cumulative: DayClass
    continuous: DayClass
    entries: tuple[int, ...]
    why: Reason
    post: int | None = None
    """The entry that opened the one post that the state is about; None if it is about the person."""


def states(career: Career, readings: Readings) -> list[State]:
    """All states of a career that are of some length."""
    if not (career.secondments or career.leaves or career.suspensions or readings.probation != "counts"):
        return []
    found = [
        *_secondments(career, readings),
        *_leaves(career, readings),
        *_suspensions(career, readings),
        *_failed_probations(career, readings),
    ]
    return [state for state in found if state.begin < state.end]


@article("24", "街道(苏木乡镇)确需借调的,应当按照程序报本级党委社会工作部门批准")
def _secondments(career: Career, readings: Readings) -> Iterator[State]:
    lawful = OF_READING[readings.lawful_secondment]
    if readings.unlawful_secondment == "split":
        cumulative, continuous = COUNT, BRIDGE
    else:
        cumulative = continuous = OF_READING[readings.unlawful_secondment]
    for link in links(career, readings):
        begin, end = link.period.begin, link.period.end
        turn = min(max(begin, link.unlawful_from), end)
        yield State(begin, turn, lawful, lawful, link.period.entries, LENT_LAWFULLY())
        yield State(turn, end, cumulative, continuous, link.entries, LENT_UNLAWFULLY())


@article("15", "享受休息休假、社会保险和福利待遇")
def _leaves(career: Career, readings: Readings) -> Iterator[State]:
    beyond = OF_READING[readings.sick_leave]
    unpaid = OF_READING[readings.unpaid_leave]
    for period in career.leaves:
        fact = period.opened.fact
        assert isinstance(fact, LeaveStarted)
        if fact.kind == "statutory":
            continue  # Rest days and annual leave are part of ordinary service.
        until = fact.medical_period_until
        turn = period.end
        if fact.kind == "sick" and until is not None:
            turn = min(max(period.begin, until.toordinal() + 1), period.end)
        inside = unpaid if fact.kind == "unpaid" else COUNT
        yield _state(period, period.begin, turn, inside, ON_LEAVE[fact.kind]())
        yield _state(period, turn, period.end, beyond, SICK_BEYOND())


def _suspensions(career: Career, readings: Readings) -> Iterator[State]:
    for period in career.suspensions:
        fact = period.closed.fact if period.closed else None
        if isinstance(fact, SuspensionResolved) and fact.outcome == "cleared":
            yield _state(period, period.begin, period.end, COUNT, CLEARED())
            continue
        resolved = isinstance(fact, SuspensionResolved)
        why = SANCTIONED() if resolved else UNRESOLVED()
        yield _state(period, period.begin, period.end, OF_READING[readings.suspension], why)


def _failed_probations(career: Career, readings: Readings) -> Iterator[State]:
    """From the first day to the end of the probation, within the post that it was for."""
    if readings.probation != "excluded_if_failed":
        return
    for verdict in verdicts(career):
        if not verdict.passed and verdict.revised == FOREVER:
            end = min(verdict.last + 1, verdict.post.end)
            entries = verdict.post.opened.entries + verdict.assessed.entries
            post = verdict.post.opened.number
            yield State(verdict.post.begin, end, BRIDGE, BRIDGE, entries, PROBATION_FAILED(), post)


def _state(period: Period, begin: Day, end: Day, both: DayClass, why: Reason) -> State:
    return State(begin, end, both, both, period.entries, why)
