"""Whoever has the right: one career."""

from litestar import Controller

from api.extracts import Part
from api.readers.one_career import about_one
from api.readers.timelines import TIMELINE, timeline_part
from api.web.asking import Asking
from api.web.operation import Operation, route
from api.web.parameters import KNOWN, ON, QUESTION
from api.web.telling import Told
from domain.words import Phrase
from projections.findings import Findings, findings_of
from projections.overview import Overview, overview
from projections.secretary_eligibility import SecretaryEligibility, secretary_eligibility
from projections.service_years import ServiceYears, service_years
from projections.transfers import Transfers, transfers

OVERVIEW = Operation(
    "overview",
    Phrase("履历概览:何人、何处、何级", "A career at a glance: who, where, which grade"),
    tells=Overview,
    takes=(*KNOWN, ON),
)
SERVICE_YEARS = Operation(
    "service_years",
    Phrase("工作年限(第二十三条):累计与连续,逐段说明", "Service years (Art. 23): cumulative, continuous, every spell"),
    tells=ServiceYears,
    takes=QUESTION,
)
ELIGIBILITY = Operation(
    "secretary_eligibility",
    Phrase("书记优选(第三十二条):四项条件", "Secretary eligibility (Art. 32): four conditions, since when each is met"),
    tells=SecretaryEligibility,
    takes=QUESTION,
)
FINDINGS = Operation(
    "findings",
    Phrase("发现问题:违反或存疑的规定", "Findings: rules that were broken, or are in doubt"),
    tells=Findings,
    takes=QUESTION,
)
TIMELINE_ = Operation(
    "timeline",
    Phrase("时间线:依次发生的事,附两个时间", "The timeline: everything in order, with both times"),
    tells=Part,
    takes=TIMELINE,
)
TRANSFERS = Operation(
    "transfers",
    Phrase("调动(第二十三条):调出与调入的对应", "Transfers (Art. 23): departures and arrivals, matched where they fit"),
    tells=Transfers,
    takes=QUESTION,
)


class Careers(Controller):
    """One career 履历: who, how long, what was found, what happened."""

    path = "/careers"
    tags = ("careers",)

    @route("GET", "/{career:uuid}", OVERVIEW)
    def overview(self, asking: Asking) -> Told:
        return about_one(asking, lambda subject: overview(subject.career, subject.asked))

    @route("GET", "/{career:uuid}/service-years", SERVICE_YEARS)
    def service_years(self, asking: Asking) -> Told:
        return about_one(asking, lambda subject: service_years(subject.career, subject.asked))

    @route("GET", "/{career:uuid}/secretary-eligibility", ELIGIBILITY)
    def secretary_eligibility(self, asking: Asking) -> Told:
        return about_one(asking, lambda subject: secretary_eligibility(subject.career, subject.asked))

    @route("GET", "/{career:uuid}/findings", FINDINGS)
    def findings(self, asking: Asking) -> Told:
        return about_one(asking, lambda subject: findings_of(subject.career, subject.asked))

    @route("GET", "/{career:uuid}/timeline", TIMELINE_)
    def timeline(self, asking: Asking) -> Told:
        """Discipline is left out, but for the person concerned."""
        return about_one(asking, lambda subject: timeline_part(asking, subject, discipline=asking.role == "worker"))

    @route("GET", "/{career:uuid}/transfers", TRANSFERS)
    def transfers(self, asking: Asking) -> Told:
        return about_one(asking, lambda subject: transfers(subject.career, subject.asked))
