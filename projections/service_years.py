"""How long has this person served, counted across leagues, and since when without a break? (Art. 23, 32)"""

from datetime import date
from uuid import UUID

from msgspec import Struct

from domain.career import Career
from domain.known import Known
from domain.regulation.finding import Finding
from domain.regulation.findings import findings
from domain.regulation.readings import Readings
from domain.regulation.service import Continuous, Cumulative, Service, Spell, service, spells
from projections.asking import Asked, unplaced


class ServiceYears(Struct, frozen=True):
    """The contract's answer. `spells` cover the whole career without holes; `unplaced` lists entry numbers."""

    career: UUID
    worker: str
    on: date
    known: Known
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
        career=asked.career,
        worker=asked.worker,
        on=asked.on,
        known=asked.known,
        cumulative=served.cumulative,
        continuous=served.continuous,
        spells=spells(served),
        unplaced=unplaced(career),
        findings=findings(career, asked.readings, asked.on),
        readings=asked.readings,
        rules=asked.rules,
    )
