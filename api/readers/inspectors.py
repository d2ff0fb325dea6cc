"""An inspector 纪检: timelines with discipline, and findings and facts across careers, for a numbered case."""

from collections.abc import Sequence

from litestar import Controller

from api.extracts import Part
from api.questions import cursor, days_between, kind_of_fact
from api.readers.divisions import about_division, found_filters, paged
from api.readers.one_career import about_one
from api.readers.timelines import TIMELINE, timeline_part
from api.web.asking import Asking
from api.web.operation import Operation, route
from api.web.parameters import (
    AFTER,
    ARTICLE,
    CASE_NUMBER,
    FIRST_DAY,
    KIND,
    LAST_DAY,
    LIMIT,
    OF_DIVISION,
    OPEN_ONLY,
    RECORDER,
    SEVERITY,
    Parameter,
)
from api.web.telling import Told
from domain.words import Phrase
from projections.division_findings import DivisionFindings
from projections.happened import Cursor, Happenings


def _with_case(takes: Sequence[Parameter]) -> tuple[Parameter, ...]:
    """The same, with the case number mandatory."""
    return (*(one for one in takes if one.name != "case_number"), CASE_NUMBER._replace(required=True))


INSPECT = Operation(
    "inspect_timeline",
    Phrase("时间线,含处分与容错", "A timeline with discipline, for a numbered case"),
    tells=Part,
    takes=_with_case(TIMELINE),
)
FINDINGS = Operation(
    "inspect_findings",
    Phrase("跨履历的发现问题", "Findings across careers"),
    tells=DivisionFindings,
    takes=_with_case((*OF_DIVISION, ARTICLE, SEVERITY, OPEN_ONLY)),
    lasting=True,
)
SEARCH = Operation(
    "inspect_happenings",
    Phrase("检索:按区划、期间、类型、记录人", "Facts by division, period, kind and recorder"),
    tells=Happenings,
    takes=_with_case(
        (
            *OF_DIVISION,
            FIRST_DAY._replace(required=True),
            LAST_DAY._replace(required=True),
            KIND,
            RECORDER,
            AFTER,
            LIMIT,
        )
    ),
    lasting=True,
)


class Inspectors(Controller):
    """Timelines and searches for a case."""

    path = "/inspector"
    tags = ("inspector",)

    @route("GET", "/timelines/{career:uuid}", INSPECT)
    def timeline(self, asking: Asking) -> Told:
        return about_one(asking, lambda subject: timeline_part(asking, subject, discipline=True))

    @route("GET", "/findings", FINDINGS)
    def findings(self, asking: Asking) -> Told:
        article, severity, open_only = found_filters(asking)
        return about_division(
            asking,
            lambda asked: asking.house.department.findings(asked, article, severity, open_only=open_only),
            "findings",
        )

    @route("GET", "/search", SEARCH)
    def search(self, asking: Asking) -> Told:
        words = asking.words
        first, last = days_between(words["first_day"], words["last_day"], ("first_day", "last_day"))
        kind = kind_of_fact(words["kind"], "kind") if "kind" in words else None
        after = cursor(words["after"], "after") if "after" in words else None
        return about_division(
            asking,
            lambda asked: paged(
                asking,
                lambda reaching, limit: asking.house.department.happened(
                    asked, first, last, kind=kind, limit=limit, after=after, author=words.get("recorded_by"),
                    reaching=reaching,
                ),
                "happened",
                lambda one: str(Cursor(one.day, one.career, one.number)),
            ),
            "happened",
        )  # fmt: skip
