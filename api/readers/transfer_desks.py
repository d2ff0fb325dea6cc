"""A transfer desk 转接岗: the service years of people who arrive, for one purpose."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal, NamedTuple
from uuid import UUID

from litestar import Controller
from msgspec import Meta, Struct
from msgspec.structs import replace

from api.access.policy import Denied, Person, Purpose, decide
from api.web.asking import Asking
from api.web.operation import Operation, route
from api.web.parameters import QUESTION
from api.web.telling import Told, told
from domain.calendar import Day
from domain.known import Known
from domain.regulation.readings import Readings
from domain.words import Phrase
from projections.service_years import ServiceYears, service_years
from projections.transfers import Transfers, transfers

MOST_WORKERS = 500

Status = Literal["verified", "not_permitted", "not_found"]
"""`not_permitted` is said of those whose career was within the desk's reach once: it knows of them already. Of anybody
else it is not told whether there is such a career."""


class Wanted(Struct, frozen=True, forbid_unknown_fields=True):
    """Whom to verify, and what for."""

    workers: Annotated[
        list[Annotated[str, Meta(min_length=1, max_length=200)]], Meta(min_length=1, max_length=MOST_WORKERS)
    ]
    purpose: Annotated[str, Meta(max_length=200)] = ""


class Verified(Struct, frozen=True):
    """One of them, by the key that was asked with. A career is there for whoever was verified, and for nobody else."""

    worker: str
    status: Status
    career: UUID | None = None
    service_years: ServiceYears | None = None
    transfers: Transfers | None = None


class Verifications(Struct, frozen=True):
    """All of them, in the order in which they were asked for."""

    on: date
    known: Known
    purpose: str
    verifications: tuple[Verified, ...]
    readings: Readings


VERIFY = Operation(
    "verify",
    Phrase("核验工作年限:一份名单,一个用途", "Verify service years: a list of people, one purpose"),
    tells=Verifications,
    takes=QUESTION,
    body=Wanted,
    lasting=True,
)


class _Asked(NamedTuple):
    verified: Verified
    career: UUID


class TransferDesks(Controller):
    """Verification 核验."""

    path = "/transfer-desk"
    tags = ("transfer desk",)

    @route("POST", "/verifications", VERIFY)
    def verify(self, asking: Asking) -> Told:
        wanted: Wanted = asking.body
        if wanted.purpose.strip():
            asking.purpose = Purpose(wanted.purpose.strip(), asking.purpose.case_number)
        asking.permit("verify", None)
        question, known = asking.question(), asking.known_at()
        found = list(_each(asking, wanted.workers, known))
        answer = Verifications(
            question.on, known, asking.purpose.purpose, tuple(one.verified for one in found), question.readings
        )
        verified = [one.career for one in found if one.verified.status == "verified"]
        denied = [one.career for one in found if one.verified.status == "not_permitted"]
        said = told(answer, asking.language, list(dict.fromkeys(verified)), known.position)
        return replace(said, withheld=tuple(dict.fromkeys(denied)))


def _each(asking: Asking, workers: list[str], known: Known) -> Iterator[_Asked]:
    today: Day = asking.house.today().toordinal()
    for worker in workers:
        career = asking.house.ledger.career_of(worker)
        yield _Asked(_verified(asking, worker, career, known, today), career)


def _verified(asking: Asking, worker: str, career: UUID, known: Known, today: Day) -> Verified:
    assert asking.subject is not None
    house = asking.house
    presence = house.presences.of(career, asking.known(), today)
    permitted = decide(asking.subject, "verify", Person(career, presence.places), asking.purpose, asking.at.timestamp())
    if not presence.number:
        return Verified(worker, "not_found")
    if isinstance(permitted, Denied):
        once = house.presences.ever_in(career, asking.known(), asking.jurisdiction)
        return Verified(worker, "not_permitted" if once else "not_found")
    number = house.ledger.last_number(career, known)
    if not number:
        return Verified(worker, "not_found")
    subject = house.desk.seen(career, worker, asking.question(), known, number)
    return Verified(
        worker,
        "verified",
        career,
        service_years(subject.career, subject.asked),
        transfers(subject.career, subject.asked),
    )
