"""A finding 发现问题: a rule of the regulation broken, or in doubt, on some days, for some reason.

What was found is computed from all that is known and does not depend on the asked day; `look` then tells what of it can
be seen on a day.
"""

from datetime import date
from typing import Literal

from msgspec import Struct

from domain.calendar import FOREVER, Day
from domain.regulation.article import IN_FORCE
from domain.regulation.readings import Readings
from domain.words import Reason

Severity = Literal["breach", "review", "info"]

LAW_BEGINS = IN_FORCE.toordinal()


class Found(Struct, frozen=True, kw_only=True, gc=False):
    """What was found over the days `[begin, end)`. It is seen by whoever asks on a day in `[seen, gone)`."""

    article: str
    rule: str
    severity: Severity = "breach"
    begin: Day
    end: Day
    entries: tuple[int, ...]
    why: Reason
    seen: Day = 0
    gone: Day = FOREVER


class Finding(Struct, frozen=True, gc=False):
    """What is told of it. `until` is the last day, None while it lasts."""

    article: str
    rule: str
    severity: Severity
    since: date
    until: date | None
    entries: tuple[int, ...]
    why: Reason


def look(found: Found, readings: Readings, on: Day) -> Finding | None:
    """The finding as seen on a day, or None if it cannot be seen yet or any more.

    A finding wholly before the regulation is `info`, unless it is read as if the regulation had been in force (Art. 40;
    立法法 104).
    """
    if on < found.begin or not found.seen <= on < found.gone:
        return None
    last = min(found.end - 1, on)
    severity = found.severity
    if last < LAW_BEGINS and readings.retroactive == "info":
        severity = "info"
    return Finding(
        article=found.article,
        rule=found.rule,
        severity=severity,
        since=date.fromordinal(found.begin),
        until=date.fromordinal(last) if found.end <= on + 1 else None,
        entries=found.entries,
        why=found.why,
    )
