"""One request for every route, written by hand: a route that is not here makes a test fail."""

from typing import Any, Literal, NamedTuple

from httpx import Response
from litestar.handlers import HTTPRouteHandler

from api.access.policy import Action
from api.access.subject import Role
from tests.web.specification import ALL_ROLES, MAY
from tests.web.town import HOME, NOBODY, STREET, person
from tests.web.window import Caller, Window

About = Literal["person", "division", "list"]

NO_PROPOSAL = "0192f0c1-2b1a-8c3d-9e4f-5a6b7c8d9e0f"
NEWCOMER = person("新来的", "1999-02-03")
CASE = {"case_number": "NJ-2026-012"}
PERIOD = {"first_day": "2020-01-01", "last_day": "2026-11-24"}
COMMENDED = {"fact": "commended", "on": "2026-10-01", "title": "先进个人", "level": "banner"}
TRAINED = {"fact": "trained", "first_day": "2024-10-12", "last_day": "2024-10-14", "hours": 8, "kind": "special",
           "mode": "offline"}  # fmt: skip
REGISTERED = {"fact": "registered", "name": NEWCOMER.name, "identity": NEWCOMER.identity, "sex": "female",
              "born": "1999-02-03"}  # fmt: skip
HIRED = {"fact": "hired", "on": "2026-11-02", "community": HOME, "role": "specialist"}


class Route(NamedTuple):
    """A route, and a request that somebody may make who has the right.

    `about` tells whom: one person (in the path), a division (in the query), or those in the caller's reach. `status` is
    that of the answer, and `because` the problem that it is, where none can be had without altering the town.
    """

    action: Action
    method: str
    path: str
    about: About
    query: dict[str, str] = {}  # noqa: RUF012 - nobody alters it
    body: Any = None
    status: int = 200
    because: str | None = None

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    def ask(self, caller: Caller, career: object, *, headers: dict[str, str] | None = None, **query: str) -> Response:
        """Ask it, about a career if it is about one."""
        path = self.path.replace("{career:uuid}", str(career)).replace("{proposal:uuid}", NO_PROPOSAL)
        words = {**self.query, **query}
        if self.method == "GET":
            return caller.get(path, headers=headers, **words)
        return caller.post(path, self.body, headers=headers, **words)


UNPROPOSED = (404, "proposal-not-found")
ONE = "/careers/{career:uuid}"
DIVISION = {"division": STREET}
DRY = {"dry_run": "true"}

ROUTES = (
    Route("find_careers", "GET", "/careers", "list"),
    Route("register", "POST", "/careers", "list", DRY,
          {"worker": NOBODY, "facts": [{"fact": REGISTERED}, {"fact": HIRED}]}),
    Route("overview", "GET", ONE, "person"),
    Route("service_years", "GET", f"{ONE}/service-years", "person"),
    Route("secretary_eligibility", "GET", f"{ONE}/secretary-eligibility", "person"),
    Route("findings", "GET", f"{ONE}/findings", "person"),
    Route("timeline", "GET", f"{ONE}/timeline", "person"),
    Route("transfers", "GET", f"{ONE}/transfers", "person"),
    Route("who_looked", "GET", f"{ONE}/access-log", "person"),
    Route("entries", "GET", f"{ONE}/entries", "person"),
    Route("replay", "GET", f"{ONE}/replay", "person"),
    Route("compare", "GET", f"{ONE}/compare", "person", {"known_at": "1", "and": "30"}),
    Route("record", "POST", f"{ONE}/facts", "person", DRY, {"facts": [{"fact": COMMENDED}]}),
    Route("propose", "POST", f"{ONE}/corrections", "person", {},
          {"number": 4, "reason": "证书载明 8 学时", "replacement": TRAINED}, 201),
    Route("proposals", "GET", f"{ONE}/corrections", "person"),
    Route("proposals", "GET", f"{ONE}/corrections/{{proposal:uuid}}", "person", {}, None, *UNPROPOSED),
    Route("approve", "POST", f"{ONE}/corrections/{{proposal:uuid}}/approval", "person", {}, {}, *UNPROPOSED),
    Route("reject", "POST", f"{ONE}/corrections/{{proposal:uuid}}/rejection", "person", {}, {}, *UNPROPOSED),
    Route("proposals", "GET", "/corrections", "list"),
    Route("verify", "POST", "/transfer-desk/verifications", "list", {}, {"workers": ["here", "next door", NOBODY]}),
    Route("roster", "GET", "/divisions/roster", "division", DIVISION),
    Route("eligible", "GET", "/divisions/eligible", "division", DIVISION),
    Route("upcoming", "GET", "/divisions/upcoming", "division", DIVISION),
    Route("division_findings", "GET", "/divisions/findings", "division", DIVISION),
    Route("statistics", "GET", "/divisions/statistics", "division", DIVISION),
    Route("inspect_timeline", "GET", "/inspector/timelines/{career:uuid}", "person"),
    Route("inspect_findings", "GET", "/inspector/findings", "division", DIVISION),
    Route("inspect_happenings", "GET", "/inspector/search", "division", {**DIVISION, **PERIOD}),
    Route("late_entries", "GET", "/audit/late-entries", "division", {**DIVISION, **PERIOD}),
    Route("access_log", "GET", "/access-log", "list"),
    Route("feed", "GET", "/feed", "list"),
)  # fmt: skip
BY_NAME = {route.name: route for route in ROUTES}
OF_A_PERSON = [route for route in ROUTES if route.about == "person"]

WITHIN_OTHERS: frozenset[Action] = frozenset({"receive"})
"""Actions without a route of their own: an arrival is recorded."""

OPEN = {
    "/health/live": "/health/live",
    "/health/ready": "/health/ready",
    "/metrics": "/metrics",
    "/problems/{name:str}": "/problems/denied",
    "/schema": "/schema",
    "/schema/openapi.json": "/schema/openapi.json",
    "/schema/assets/{name:str}": "/schema/assets/start.js",
}
"""What anybody may ask: a request for each open route."""

GATED: dict[Role, dict[str, str]] = {"transfer_desk": {"purpose": "接收调动"}, "inspector": CASE}


def askers(town: Window, route: Route, *jurisdictions: str) -> list[tuple[Role, Caller, dict[str, str]]]:
    """Everybody who may ask, with what they must say; each of the offices once for every jurisdiction."""
    found: list[tuple[Role, Caller, dict[str, str]]] = []
    for role in ALL_ROLES:
        may, said = MAY[route.action, role], GATED.get(role, {})
        if may == "own":
            found.append((role, town.worker("here"), said))
        elif may == "reach":
            found += [(role, town.as_(role, jurisdiction=code), said) for code in jurisdictions or (STREET,)]
    return found


def handlers(window: Window) -> list[tuple[str, HTTPRouteHandler]]:
    """Every handler of the application with its path, but for those of OPTIONS."""
    return [
        (route.path, handler)
        for route in window.client.app.routes
        for handler in getattr(route, "route_handlers", ())
        if handler.http_methods != {"OPTIONS"}
    ]


def known(response: Response) -> tuple[int, bytes, tuple[tuple[str, str], ...]]:
    """All that a caller can learn from a response, but for what the request is called."""
    request = response.headers["request-id"].encode()
    headers = {name: value for name, value in response.headers.items() if name not in ("request-id", "content-length")}
    return response.status_code, response.content.replace(request, b"?"), tuple(sorted(headers.items()))


def problem(response: Response) -> str | None:
    """The kind of the problem that a response is."""
    if response.headers.get("content-type") != "application/problem+json":
        return None
    return str(response.json()["type"]).removeprefix("/problems/")
