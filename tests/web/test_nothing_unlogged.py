"""What is not in the access log does not leave: nothing before it is written, nothing at all if it cannot be."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlencode

import pytest

from domain.errors import StoreError
from domain.words import Phrase
from tests.office.desk import PATIENCE, Door
from tests.web.routes import GATED, OF_A_PERSON, ROUTES, Route, askers, problem
from tests.web.specification import ALL_ROLES, MAY
from tests.web.town import NOBODY, STREET, named, secrets
from tests.web.window import Window
from tests.web.wire import Stream, bearer

BROKEN = Phrase("坏了", "broken")


@pytest.fixture
def unlogged(town: Window, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    """The town, while its access log cannot be written."""

    def fails(answers: Any) -> int:
        raise StoreError(BROKEN())

    monkeypatch.setattr(town.house.office._store, "append", fails)
    yield town
    monkeypatch.undo()


@pytest.mark.parametrize("route", [one for one in ROUTES if one.because is None], ids=lambda route: route.name)
def test_the_log_is_written_before_the_first_byte_of_what_it_is_about_leaves(
    route: Route, town: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = Door(town.house.office._store)
    monkeypatch.setattr(town.house.office.log._writer, "_store", door)
    role = next(role for role in ALL_ROLES if MAY[route.action, role] == "reach")
    token = town.token(role, jurisdiction=STREET)
    words = {**route.query, **GATED.get(role, {})}
    path = route.path.replace("{career:uuid}", str(town.career("here")))
    headers = [bearer(token), ("content-type", "application/json"), ("idempotency-key", "held at the door")]
    body = [json.dumps(route.body).encode()]
    held = ExitStack()
    held.enter_context(door.held())
    with Stream(town, route.method, path, urlencode(words).encode(), headers, body) as stream:
        with held:
            assert door.arrived.wait(PATIENCE)
            sent = [] if route.action != "feed" else [stream.next()]
            assert stream.nothing_more(), route
        assert all(message["type"] == "http.response.start" for message in sent)
        assert stream.rest()


@pytest.mark.parametrize("route", [one for one in ROUTES if one.action != "feed"], ids=lambda route: route.name)
def test_if_the_log_cannot_be_written_nothing_leaves(route: Route, unlogged: Window) -> None:
    for role, caller, said in askers(unlogged, route, STREET, "15"):
        for headers in ({}, {"if-none-match": "*"}):
            response = route.ask(caller, unlogged.career("here"), headers=headers, **said)
            assert (response.status_code, problem(response)) == (503, "store"), role
            assert response.headers["retry-after"]
            assert "etag" not in response.headers
            assert "ledger-position" not in response.headers
            assert named(unlogged, response.text) == set()
            assert not any(secret in response.text for secret in secrets())


@pytest.mark.parametrize("code", [STREET, "15"])
def test_if_the_log_cannot_be_written_the_feed_is_broken_off_before_an_event(code: str, unlogged: Window) -> None:
    response = unlogged.as_("auditor", jurisdiction=code).get("/feed")
    assert (response.status_code, response.content) == (500, b"")  # As the test client shows a broken connection.


@pytest.mark.parametrize("route", OF_A_PERSON, ids=lambda route: route.name)
def test_if_the_log_cannot_be_written_a_refusal_does_not_leave_either(route: Route, unlogged: Window) -> None:
    for role, caller, said in askers(unlogged, route, STREET, "15"):
        if role != "worker":
            response = route.ask(caller, unlogged.career(NOBODY), **said)
            assert (response.status_code, problem(response)) == (503, "store")


def test_when_the_log_can_be_written_again_answers_leave_again(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    caller = window.as_("auditor")
    with monkeypatch.context() as patch:
        patch.setattr(window.house.office._store, "append", _no_disk)
        assert caller.get("/careers").status_code == 503
        assert window.client.get("/health/ready").status_code == 503
    assert caller.get("/careers").status_code == 200
    assert window.client.get("/health/ready").status_code == 200


def _no_disk(answers: Any) -> int:
    raise sqlite3.OperationalError("no disk, and words of 乌兰 that must not get out")
