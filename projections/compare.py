"""What do two moments of knowledge differ in: which facts, and which answers because of them?"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct

from domain.entry import Entry
from domain.known import Known
from domain.regulation.finding import Finding
from domain.regulation.readings import Readings
from projections.asking import Asked
from projections.differences import AnswerChange, Cause, FactChange, differences

__all__ = ["AnswerChange", "Cause", "Comparison", "FactChange", "compare"]


class Comparison(Struct, frozen=True):
    """What was known at `a` and at `b`, and what differs."""

    career: UUID
    worker: str
    on: date
    a: Known
    b: Known
    facts: tuple[FactChange, ...]
    answers: tuple[AnswerChange, ...]
    findings_gone: tuple[Finding, ...]
    findings_new: tuple[Finding, ...]
    readings: Readings
    rules: str


def compare(entries: Sequence[Entry], a: Known, b: Known, asked: Asked) -> Comparison:
    """The differences between what was known at `a` and at `b`; `entries` are those known at the later of the two.

    A career of which nothing was known yet is one without facts.
    """
    found = differences(
        [entry for entry in entries if entry.position <= a.position],
        [entry for entry in entries if entry.position <= b.position],
        asked,
    )
    return Comparison(
        career=asked.career,
        worker=asked.worker,
        on=asked.on,
        a=a,
        b=b,
        facts=found.facts,
        answers=found.answers,
        findings_gone=found.findings_gone,
        findings_new=found.findings_new,
        readings=asked.readings,
        rules=asked.rules,
    )
