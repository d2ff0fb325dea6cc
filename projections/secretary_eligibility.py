"""May this secretary be taken into a public institution, and since when? (Art. 32)"""

from datetime import date

from domain.career import Career
from domain.regulation.readings import Readings
from domain.regulation.secretaries import Condition, eligibility
from domain.regulation.service import Service
from domain.regulation.verdict import Met
from projections.asking import Answer, Asked, about, unplaced


class SecretaryEligibility(Answer, frozen=True):
    """The contract's answer: advice to a human decision (个人信息保护法 24)."""

    eligible: Met
    eligible_on: date | None
    conditions: tuple[Condition, ...]
    unplaced: tuple[int, ...]
    readings: Readings
    rules: str


def secretary_eligibility(career: Career, asked: Asked, served: Service | None = None) -> SecretaryEligibility:
    """All four conditions, each with the day since which it has been met, and what they come to.

    `served` is what the days of this career come to under this question, if that has been worked out already.
    """
    judged = eligibility(career, asked.readings, asked.on, served)
    return SecretaryEligibility(
        *about(asked),
        eligible=judged.eligible,
        eligible_on=judged.eligible_on,
        conditions=judged.conditions,
        unplaced=unplaced(career),
        readings=asked.readings,
        rules=asked.rules,
    )
