"""All findings against a career, rule by rule, each looked for day by day."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from tests.oracle.days import IN_FORCE
from tests.oracle.readings import Readings, complete
from tests.oracle.rules_of_absence import secondment_rules, transfer_rules
from tests.oracle.rules_of_posts import hiring_rules, post_rules, probation_rules
from tests.oracle.rules_of_years import assessment_rules, training_rules
from tests.oracle.timeline import Numbered, Timeline
from tests.oracle.verdict import Asked, Held

RULES = (
    post_rules,
    hiring_rules,
    probation_rules,
    training_rules,
    assessment_rules,
    secondment_rules,
    transfer_rules,
)


def findings(facts: Iterable[Numbered], readings: Readings, on: date) -> list[dict[str, Any]]:
    """Everything found by `on`, ordered by day and rule; days are dates, `until` is None for what has not ended."""
    asked = Asked(Timeline(facts), complete(readings), on)
    found = [_finding(held, asked) for held in _held(asked) if held.since <= on]
    return sorted(found, key=lambda one: (one["since"], one["rule"], one["until"] or date.max))


def _held(asked: Asked) -> Iterator[Held]:
    for rule in RULES:
        yield from rule(asked)


def _finding(held: Held, asked: Asked) -> dict[str, Any]:
    until = held.until if held.until and held.until <= asked.on else None
    wholly_before = (until or asked.on) < IN_FORCE
    severity = "info" if wholly_before and asked.readings["retroactive"] == "info" else held.severity
    return {"article": held.article, "rule": held.rule, "severity": severity, "since": held.since, "until": until}
