"""What would change if these entries were recorded: which facts, and which answers because of them?"""

from collections.abc import Sequence

from domain.entry import Entry
from domain.regulation.finding import Finding
from domain.regulation.readings import Readings
from projections.asking import Answer, Asked, about
from projections.differences import AnswerChange, FactChange, differences


class Preview(Answer, frozen=True):
    """The differences that some drafted entries make to what is known. Nothing has been recorded.

    `drafted` are the numbers that the entries would have; their positions hold if nobody records anything before.
    """

    drafted: tuple[int, ...]
    facts: tuple[FactChange, ...]
    answers: tuple[AnswerChange, ...]
    findings_gone: tuple[Finding, ...]
    findings_new: tuple[Finding, ...]
    unplaced: tuple[int, ...]
    """The entries that would not fit, old or new."""
    readings: Readings
    rules: str


def preview(known: Sequence[Entry], drafted: Sequence[Entry], asked: Asked) -> Preview:
    """What drafted entries would change; they are numbered on from the known ones, of which there may be none.

    Whether they may be recorded is not asked here: what would not fit is told as `unplaced`.
    """
    found = differences(known, [*known, *drafted], asked)
    return Preview(
        *about(asked),
        drafted=tuple([entry.number for entry in drafted]),
        facts=found.facts,
        answers=found.answers,
        findings_gone=found.findings_gone,
        findings_new=found.findings_new,
        unplaced=found.unplaced,
        readings=asked.readings,
        rules=asked.rules,
    )
