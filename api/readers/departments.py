"""A department 社会工作部: questions about all careers of a division of its own."""

from litestar import Controller

from api.readers.divisions import about_division, found_filters
from api.web.asking import Asking
from api.web.operation import Operation, route
from api.web.parameters import ARTICLE, BEFORE, OF_DIVISION, OPEN_ONLY, POPULATION, SEVERITY, WITHIN
from api.web.telling import Told
from domain.words import Phrase
from projections.division_findings import DivisionFindings
from projections.eligible import Eligible
from projections.roster import Roster
from projections.statistics import Statistics
from projections.upcoming import Upcoming

ROSTER = Operation(
    "roster",
    Phrase("花名册:谁在该区划任职", "The roster: who serves in a division, as what, for how long"),
    tells=Roster,
    takes=OF_DIVISION,
    lasting=True,
)
ELIGIBLE = Operation(
    "eligible",
    Phrase("书记优选:该区划的书记", "Its secretaries under Art. 32, and what each lacks"),
    tells=Eligible,
    takes=(*OF_DIVISION, BEFORE),
    lasting=True,
)
UPCOMING = Operation(
    "upcoming",
    Phrase("到期事项", "What comes due in the next days"),
    tells=Upcoming,
    takes=(*OF_DIVISION, WITHIN),
    lasting=True,
)
FINDINGS = Operation(
    "division_findings",
    Phrase("该区划的发现问题", "What is found in a division"),
    tells=DivisionFindings,
    takes=(*OF_DIVISION, ARTICLE, SEVERITY, OPEN_ONLY),
    lasting=True,
)
STATISTICS = Operation(
    "statistics",
    Phrase("该区划的统计数字", "Headcount, tenure, training and open findings"),
    tells=Statistics,
    takes=(*OF_DIVISION, POPULATION),
    lasting=True,
)

SOON = 90
"""Days ahead of `upcoming`, if nothing is said."""


class Departments(Controller):
    """Divisions 区划: rosters and figures."""

    path = "/divisions"
    tags = ("department",)

    @route("GET", "/roster", ROSTER)
    def roster(self, asking: Asking) -> Told:
        return about_division(asking, asking.house.department.roster, "workers")

    @route("GET", "/eligible", ELIGIBLE)
    def eligible(self, asking: Asking) -> Told:
        before = asking.day("before")
        return about_division(asking, lambda asked: asking.house.department.eligible(asked, before), "secretaries")

    @route("GET", "/upcoming", UPCOMING)
    def upcoming(self, asking: Asking) -> Told:
        within = asking.whole("within", SOON)
        return about_division(asking, lambda asked: asking.house.department.upcoming(asked, within), "items")

    @route("GET", "/findings", FINDINGS)
    def findings(self, asking: Asking) -> Told:
        article, severity, open_only = found_filters(asking)
        return about_division(
            asking,
            lambda asked: asking.house.department.findings(asked, article, severity, open_only=open_only),
            "findings",
        )

    @route("GET", "/statistics", STATISTICS)
    def statistics(self, asking: Asking) -> Told:
        population = asking.whole("population", 0) or None
        return about_division(asking, lambda asked: asking.house.department.statistics(asked, population), None)
