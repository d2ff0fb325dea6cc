"""What a server writes to standard error: JSON of fixed fields, and nothing of anybody whom the ledger knows."""

import json
import socket
from contextlib import closing
from typing import Any

import pytest

from domain.facts import Registered
from tests.ledger.shell import PATIENCE
from tests.running import open_ledger
from tests.serving.server import Server, commended, served, settled
from tests.web.routes import HIRED, REGISTERED

FIELDS = {
    "request": {"event", "level", "timestamp", "operation", "status", "seconds", "request"},
    "failed": {"event", "level", "timestamp", "error", "where", "request"},
    "library": {"event", "level", "timestamp", "library", "said", "error"},
}
KEY, PURPOSE, CASE, TITLE, CLERK = (
    "A-0417-secret",
    "a-secret-purpose",
    "NJ-2026-secret",
    "a-secret-title",
    "clerk-secret",
)

FAILING = """
from projections import timeline
import api.readers.timelines
def failing(entries, *_):
    raise ValueError(repr(entries))
api.readers.timelines.timeline = failing
"""
"""An error of ours, with all that is known of a person in it."""


class Run:
    """A server that was asked all kinds of things, and what it said."""

    def __init__(self, server: Server, careers: list[str]) -> None:
        self.server, self.careers = server, careers
        self.tokens = [server.token(*roles, name=CLERK) for roles in (("clerk", "auditor"), ("inspector",))]
        self.statuses = self._asked()
        assert server.ended() == 0
        self.lines = [json.loads(line) for line in server.said[1:]]

    def _asked(self) -> list[int]:
        career, name = self.careers[0], "%E4%B9%8C%E5%85%B0"
        clerk = self.server.caller("clerk", "auditor", "inspector", "transfer_desk", name=CLERK)
        paths = [
            f"/careers/{career}", f"/careers/{career}/service-years?purpose={PURPOSE}&case_number={CASE}",
            f"/careers?worker={KEY}", f"/careers?name={name}", f"/careers?{KEY}={name}", f"/careers/{KEY}",
            f"/careers/{career}/timeline", f"/careers/{career}/entries", f"/nothing/{KEY}", "/feed?limit=5",
            f"/inspector/timelines/{career}?case_number={CASE}", "/access-log?limit=5", "/metrics", "/health/ready",
        ]  # fmt: skip
        statuses = [clerk.get(path).status for path in paths]
        bodies: list[tuple[str, Any]] = [
            (f"/careers/{career}/facts", commended(TITLE)),
            (f"/careers/{career}/facts", {"facts": [{"fact": {"fact": "hired", "community": KEY}}]}),
            (f"/careers/{career}/facts", [TITLE]),
            ("/careers", {"worker": KEY, "facts": [{"fact": REGISTERED}, {"fact": HIRED}]}),
            (f"/transfer-desk/verifications?purpose={PURPOSE}", {"workers": [KEY, career]}),
        ]
        statuses += [
            clerk.post(path, body, f"idempotency-{KEY}-{place}").status for place, (path, body) in enumerate(bodies)
        ]
        with closing(self.server.caller()) as stranger:
            stranger.token = self.tokens[0][:-4] + "AAAA"
            statuses.append(stranger.get("/careers").status)
        with socket.create_connection(("127.0.0.1", self.server.port), PATIENCE) as line:
            line.sendall(f"{KEY}\r\n\r\n".encode())
            line.recv(100)
        return statuses


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, set[str]]:
    folder = tmp_path_factory.mktemp("lines")
    careers = [str(one) for one in settled(folder / "ledger.db", 5)]
    with served(folder / "ledger.db", folder, patches=FAILING) as server:
        run = Run(server, careers)
    with closing(open_ledger(folder / "ledger.db")) as ledger:
        facts = [entry.state.fact for entries in ledger.careers() for entry in entries]
    people = [fact for fact in facts if isinstance(fact, Registered)]
    told = {text for one in people for text in (one.name, one.identity)}
    return run, told | {KEY, PURPOSE, CASE, TITLE, CLERK, "secret", *careers, *run.tokens}


@pytest.fixture(scope="module")
def run(secrets: tuple[Run, set[str]]) -> Run:
    return secrets[0]


def test_all_kinds_of_answers_were_given(run: Run) -> None:
    assert {200, 201, 400, 401, 404, 422, 500} <= set(run.statuses)


def test_every_line_has_the_fields_of_its_kind_and_no_others(run: Run) -> None:
    assert {line["event"] for line in run.lines} == FIELDS.keys()
    assert [line for line in run.lines if line.keys() != FIELDS[line["event"]]] == []


def test_an_error_of_ours_says_where_it_was(run: Run) -> None:
    failed = [line for line in run.lines if line["event"] == "failed"]
    assert [line["error"] for line in failed] == ["ValueError"] * run.statuses.count(500)
    assert all("timelines.py" in " ".join(line["where"]) for line in failed)


def test_a_request_is_found_by_what_the_caller_was_told(run: Run) -> None:
    requests = [line["request"] for line in run.lines if line["event"] == "request"]
    assert len(set(requests)) == len(requests) > 10


def test_no_line_holds_a_name_a_number_a_key_or_a_token(secrets: tuple[Run, set[str]]) -> None:
    run, told = secrets
    said = "".join(run.server.said)
    assert len(told) > 15
    assert [text for text in told if text in said or json.dumps(text)[1:-1] in said] == []
