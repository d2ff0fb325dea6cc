"""Which rules of the regulation were broken in this career, or are in doubt?"""

from domain.career import Career
from domain.regulation.finding import Finding
from domain.regulation.findings import findings
from domain.regulation.readings import Readings
from projections.asking import Answer, Asked, about, unplaced


class Findings(Answer, frozen=True):
    """Every finding that can be seen on the asked day, by the day on which it began."""

    findings: tuple[Finding, ...]
    unplaced: tuple[int, ...]
    readings: Readings
    rules: str


def findings_of(career: Career, asked: Asked) -> Findings:
    """What can be found against a career on the asked day."""
    return Findings(
        *about(asked),
        findings=findings(career, asked.readings, asked.on),
        unplaced=unplaced(career),
        readings=asked.readings,
        rules=asked.rules,
    )
