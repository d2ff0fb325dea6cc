"""How long has this person served, counted across leagues, and since when without a break? (Art. 23, 32)"""

from domain.career import Career
from domain.regulation.finding import Finding
from domain.regulation.findings import findings
from domain.regulation.readings import Readings
from domain.regulation.service import Continuous, Cumulative, Service, Spell, service, spells
from projections.asking import Answer, Asked, about, unplaced


class ServiceYears(Answer, frozen=True):
    """The contract's answer. `spells` cover the whole career without holes; `unplaced` lists entry numbers."""

    cumulative: Cumulative
    continuous: Continuous
    spells: tuple[Spell, ...]
    unplaced: tuple[int, ...]
    findings: tuple[Finding, ...]
    readings: Readings
    rules: str


def service_years(career: Career, asked: Asked, served: Service | None = None) -> ServiceYears:
    """Service recognised across leagues up to and including the asked day.

    `served` is what the days of this career come to under this question, if that has been worked out already.
    """
    if served is None:
        served = service(career, asked.readings, asked.on)
    return ServiceYears(
        *about(asked),
        cumulative=served.cumulative,
        continuous=served.continuous,
        spells=spells(served),
        unplaced=unplaced(career),
        findings=findings(career, asked.readings, asked.on),
        readings=asked.readings,
        rules=asked.rules,
    )
