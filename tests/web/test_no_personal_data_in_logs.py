"""What the server logs, counts and prints holds nobody's data, wherever it stood in a request."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from structlog.testing import capture_logs

from api.web import measuring
from tests.given import hired, registered
from tests.web.routes import OPEN, REGISTERED, ROUTES, askers
from tests.web.town import KEYS, settle
from tests.web.window import Window
from tests.web.wire import bearer, spoken

NAME, KEY, IDENTITY = "钱丽娟", "KEY-0417", registered().identity
SECRETS = (NAME, KEY, IDENTITY, "%E9%92%B1", "\\u94b1")


class Watched:
    """All that a window lets out by other ways than its answers."""

    def __init__(self, window: Window, lines: list[Any], prints: Any, records: Any) -> None:
        self.window, self.lines, self._prints, self._records = window, lines, prints, records

    def written(self) -> str:
        out, err = self._prints.readouterr()
        records = [one for one in self._records.records if not one.name.startswith("httpx")]  # They are the caller's.
        logged = "".join(record.getMessage() + str(record.exc_info) for record in records)
        metrics = self.window.client.get("/metrics").text
        return f"{self.lines}{out}{err}{logged}{metrics}"


@pytest.fixture
def watched(window: Window, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> Iterator[Watched]:
    window.record(KEY, registered(), hired("2018-03-01"))
    caplog.set_level(logging.DEBUG)
    with capture_logs() as lines:
        yield Watched(window, lines, capfd, caplog)


def holds_nothing(watched: Watched, *more: str) -> None:
    written = watched.written()
    assert watched.lines, "nothing was logged at all"
    assert [secret for secret in (*SECRETS, *more) if secret in written] == []


def test_questions_with_personal_data_in_every_place_leave_nothing(watched: Watched) -> None:
    window = watched.window
    career, token = str(window.career(KEY)), window.token("clerk", name=NAME)
    caller = window.as_("clerk", name=NAME)
    for secret in (NAME, KEY, IDENTITY):
        caller.get("/careers", worker=secret)
        caller.get("/careers", name=secret, matching="beginning")
        caller.get(f"/careers/{secret}")
        caller.get(f"/{secret}")
        caller.get("/divisions/roster", division=secret)
        for name in ("on", "known_at", "kind", "purpose", "case_number", "lang", secret):
            caller.get(f"/careers/{career}/timeline", **{name: secret})
        for name in (
            "accept",
            "accept-language",
            "if-none-match",
            "if-match",
            "idempotency-key",
            "user-agent",
            "x-name",
        ):
            spoken(window, "GET", f"/careers/{career}", b"", [bearer(token), (name, secret.encode().decode("latin-1"))])
        spoken(window, "GET", f"/careers/{career}", b"", [bearer(secret.encode().decode("latin-1"))])
        spoken(window, secret.encode().decode("latin-1"), "/careers", b"", [bearer(token)])
    holds_nothing(watched, career, token, token.rpartition(".")[2])


def test_bodies_with_personal_data_leave_nothing_whether_taken_or_refused(watched: Watched) -> None:
    window = watched.window
    path = f"/careers/{window.career(KEY)}"
    caller = window.as_("clerk", "approver", "transfer_desk", name=NAME)
    bodies: list[Any] = [
        {"worker": "KEY-0417-2", "facts": [{"fact": REGISTERED}]},
        {"worker": KEY, "facts": [{"fact": {**REGISTERED, "name": NAME, "identity": IDENTITY}}]},
        {"worker": KEY, "facts": [{"fact": {**REGISTERED, "sex": NAME}}]},
        {"worker": KEY, "facts": [{"fact": {**REGISTERED, NAME: IDENTITY}}]},
        {"facts": [{"fact": {"fact": NAME}}]},
        {"facts": [{"fact": {"fact": "hired", "on": IDENTITY, "community": IDENTITY, "role": NAME}}]},
        {"number": 1, "reason": NAME, "replacement": {**REGISTERED, "name": NAME}},
        {"number": IDENTITY, "reason": NAME},
        {"workers": [KEY, NAME, IDENTITY], "purpose": NAME},
        {NAME: IDENTITY},
        [NAME],
        NAME,
    ]
    for body in bodies:
        for asked in ("/careers", f"{path}/facts", f"{path}/corrections", "/transfer-desk/verifications"):
            caller.post(asked, body, headers={"idempotency-key": f"{KEY}{asked}{bodies.index(body)}"}, purpose=NAME)
    holds_nothing(watched, str(window.career(KEY)), REGISTERED["name"], REGISTERED["identity"])


def test_a_handler_that_fails_is_logged_by_kind_and_place_and_tells_the_caller_no_more(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = watched.window
    career = str(window.career(KEY))

    def fails(*_: Any, **__: Any) -> None:
        raise ValueError(f"{NAME} {KEY} {IDENTITY} {career}")

    monkeypatch.setattr(window.house.presences, "of", fails)
    monkeypatch.setattr(window.house.department, "_open", fails)
    monkeypatch.setattr(window.house.ledger, "record", fails)
    monkeypatch.setattr(window.house.ledger, "preview", fails)
    failed = 0
    for route in ROUTES:
        for _, caller, said in askers(window, route, "15"):
            if route.action != "feed":
                response = route.ask(caller, career, **said)
                assert not [one for one in (*SECRETS, career, "Traceback", "ValueError") if one in response.text]
                failed += response.status_code == 500
                assert response.status_code != 500 or response.json()["type"] == "/problems/failed"
    assert failed > 20
    (line, *_) = [one for one in watched.lines if one["event"] == "failed"]
    assert (line["error"], line["log_level"]) == ("ValueError", "error")
    assert any("test_no_personal_data_in_logs.py" in place for place in line["where"])
    holds_nothing(watched, career)


def test_every_answer_of_every_route_leaves_one_line_of_fixed_fields(
    window: Window, capfd: pytest.CaptureFixture[str]
) -> None:
    settle(window)
    with capture_logs() as lines:
        for route in ROUTES:
            for _, caller, said in askers(window, route, "15"):
                before = len(lines)
                route.ask(caller, window.career("here"), **said)
                (line,) = lines[before:]
                assert set(line) == {"event", "operation", "status", "seconds", "request", "log_level"}
        text = str(lines) + window.client.get("/metrics").text
        assert [key for key in KEYS if str(window.career(key)) in text] == []


def test_the_lines_are_json_without_more_than_kind_level_and_time(capfd: pytest.CaptureFixture[str]) -> None:
    before = structlog.get_config()
    try:
        measuring.write_log_lines()
        structlog.get_logger("a test").info("request", operation="overview")
        (line,) = capfd.readouterr().err.splitlines()
    finally:
        structlog.configure(**before)
    assert set(json.loads(line)) == {"operation", "event", "level", "timestamp"}


def test_figures_are_of_operations_and_statuses_alone(window: Window) -> None:
    settle(window)
    window.as_("clerk", name=NAME).get("/careers", worker=IDENTITY)
    for line in window.client.get("/metrics").text.splitlines():
        if not line.startswith("#"):
            labels = line.partition("{")[2].partition("}")[0]
            names = {pair.partition("=")[0] for pair in labels.split(",") if pair}
            assert names <= {"operation", "status", "role", "le"}, line


def test_what_is_open_and_fails_tells_no_more_either(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise ValueError(NAME)

    monkeypatch.setattr(watched.window.house, "examined", fails)
    monkeypatch.setattr(measuring, "generate_latest", fails)
    for path in OPEN.values():
        response = watched.window.client.get(path)
        assert NAME not in response.text
        assert response.status_code in (200, 500)
    monkeypatch.undo()
    holds_nothing(watched)
