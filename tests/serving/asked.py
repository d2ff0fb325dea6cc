"""One question for every operation, over a small town: what the OpenAPI document shows as answers."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple, cast

import msgspec
from httpx import Response

from api.access.subject import Role
from api.description.examples import BODIES
from api.web.telling import EVENTS, JSON, NDJSON
from tests.web.routes import DIVISION, PERIOD
from tests.web.town import settle
from tests.web.window import Window
from tests.web.wire import Stream, bearer

REQUEST = re.compile(r'"[0-9a-f]{16}-\d+"')
"""What a request is called in logs differs from one start of the server to the next."""

VERSION = {"fact": "trained", "first_day": "2024-10-12", "last_day": "2024-10-14", "hours": 8, "kind": "special",
           "mode": "offline"}  # fmt: skip


class Question(NamedTuple):
    """A question of one operation; a body makes it a POST."""

    name: str
    role: Role
    path: str
    query: dict[str, str] = {}  # noqa: RUF012 - nobody alters it
    body: Any = None


ONE = "/careers/{career}"
QUESTIONS = (
    Question("find_careers", "clerk", "/careers", {"name": "乌", "matching": "beginning"}),
    Question("overview", "clerk", ONE),
    Question("service_years", "clerk", f"{ONE}/service-years"),
    Question("secretary_eligibility", "clerk", f"{ONE}/secretary-eligibility"),
    Question("findings", "clerk", f"{ONE}/findings"),
    Question("timeline", "clerk", f"{ONE}/timeline", {"kind": "trained"}),
    Question("transfers", "clerk", f"{ONE}/transfers"),
    Question("compare", "auditor", f"{ONE}/compare", {"known_at": "1", "and": "4"}),
    Question("entries", "auditor", f"{ONE}/entries", {"known_at": "3"}),
    Question("replay", "auditor", f"{ONE}/replay", {"known_at": "2"}),
    Question("verify", "transfer_desk", "/transfer-desk/verifications", {}, {"workers": ["on the way", "A-0417"]}),
    Question("roster", "department", "/divisions/roster", DIVISION),
    Question("eligible", "department", "/divisions/eligible", DIVISION),
    Question("upcoming", "department", "/divisions/upcoming", DIVISION),
    Question("division_findings", "department", "/divisions/findings", {**DIVISION, "article": "28", "open": "true"}),
    Question("statistics", "department", "/divisions/statistics", {**DIVISION, "population": "12000"}),
    Question("inspect_timeline", "inspector", "/inspector/timelines/{career}", {"kind": "sanctioned"}),
    Question("inspect_findings", "inspector", "/inspector/findings", {**DIVISION, "article": "28", "open": "true"}),
    Question("inspect_happenings", "inspector", "/inspector/search", {**DIVISION, **PERIOD, "kind": "sanctioned"}),
    Question("late_entries", "auditor", "/audit/late-entries", {**DIVISION, **PERIOD, "limit": "1"}),
    Question("preview", "clerk", f"{ONE}/facts", {"dry_run": "true"}, BODIES["record"]),
    Question("record", "clerk", f"{ONE}/facts", {}, BODIES["record"]),
    Question("register", "clerk", "/careers", {}, BODIES["register"]),
    Question("propose", "clerk", f"{ONE}/corrections", {}, {**BODIES["propose"], "number": 4, "replacement": VERSION}),
    Question("proposal", "approver", f"{ONE}/corrections/{{proposal}}"),
    Question("proposals", "clerk", f"{ONE}/corrections"),
    Question("pending_proposals", "approver", "/corrections"),
    Question("approve", "approver", f"{ONE}/corrections/{{proposal}}/approval", {}, BODIES["approve"]),
    Question("propose again", "clerk", f"{ONE}/corrections", {}, {"number": 8, "reason": "double"}),
    Question("reject", "approver", f"{ONE}/corrections/{{proposal}}/rejection", {}, BODIES["reject"]),
    Question("access_log", "auditor", "/access-log", {"limit": "2"}),
    Question("who_looked", "worker", f"{ONE}/access-log", {"limit": "2"}),
    Question("live", "auditor", "/health/live"),
    Question("ready", "auditor", "/health/ready"),
    Question("problem", "auditor", "/problems/career-not-found"),
)  # fmt: skip
"""In this order: a proposal is seen before it is decided."""

IN_LINES = (
    Question("feed", "auditor", "/feed", {"limit": "2"}),
    Question("entries", "auditor", f"{ONE}/entries", {"known_at": "2"}),
)


def answers(window: Window) -> Iterator[tuple[str, str, Response]]:
    """The name of an operation, the kind of answer, and the answer; of a new window."""
    settle(window)
    place = {"career": str(window.career("here")), "proposal": ""}
    for number, one in enumerate(QUESTIONS):
        response = ask(window, one, place, f"key-{number}")
        if one.name.startswith("propose"):
            place["proposal"] = response.json()["correction"]["id"]
        yield one.name, JSON, response
    for one in IN_LINES:
        yield one.name, NDJSON, ask(window, one, place, "", accept=NDJSON)


def ask(window: Window, one: Question, place: dict[str, str], key: str, accept: str = JSON) -> Response:
    """Ask one of them."""
    caller = window.worker("here") if one.role == "worker" else window.as_(one.role, name=f"{one.role}-07")
    path = one.path.format(**place)
    query = {"lang": "en", **one.query}
    if one.role == "inspector":
        query["case_number"] = "NJ-2026-012"
    elif one.role == "transfer_desk":
        query["purpose"] = "transfer from 150102001"
    if path.startswith(("/health", "/problems")):
        query = {"lang": "en"}
    if one.body is None:
        return caller.get(path, headers={"accept": accept}, **query)
    return caller.post(path, one.body, headers={"idempotency-key": key}, **query)


def shown(window: Window) -> dict[str, dict[str, Any]]:
    """The answers as the document shows them: by operation and kind."""
    found: dict[str, dict[str, Any]] = {}
    for name, media, response in answers(window):
        assert response.is_success, (name, response.text)
        if name == "propose again":
            continue
        found.setdefault(name, {})[media] = response.json() if media == JSON else response.text
    found["feed"][EVENTS] = _pushed(window)
    text = REQUEST.sub('"5f0cd2b17a7e4c11-12"', msgspec.json.encode(found, order="sorted").decode())
    return cast(dict[str, dict[str, Any]], msgspec.json.decode(text))


def _pushed(window: Window) -> str:
    """The last entry as a server-sent event."""
    after = window.bench.ledger.recorder.max_notification_id() - 1
    headers = [bearer(window.token("auditor")), ("accept", EVENTS)]
    stream = Stream(window, "GET", "/feed", f"after={after}".encode(), headers)
    stream.started()
    told = stream.until(lambda body: body.count(b"\n\n") == 2)
    stream.leave()
    return told.decode()
