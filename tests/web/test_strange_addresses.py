"""Addresses where nothing is, and methods that no route takes: a problem says so."""

import pytest

from tests.web.routes import OPEN
from tests.web.window import Window
from tests.web.wire import bearer, spoken


@pytest.fixture(scope="module")
def path(town: Window) -> str:
    return f"/careers/{town.career('here')}"


@pytest.mark.parametrize("path", [
    "/", "/nowhere", "/careers/x", "/careers/1234", "/careers/../etc/passwd", "/careers/%2e%2e", "/career",
    "/careers/0192f0c1-2b1a-8c3d-9e4f-5a6b7c8d9e0f/x", "/CAREERS", "/feed/1", "/docs", "/schema/openapi.yaml", "/\x00",
    "/schema/assets/../app.py", "/schema/assets/app.py", "/problems/x", "/problems/", "/metrics/x", "/乌兰",
    "/careers/0192f0c1-2b1a-8c3d-9e4f-5a6b7c8d9e0f ",
])  # fmt: skip
def test_where_nothing_is_a_problem_says_so(path: str, town: Window) -> None:
    for headers in ([], [bearer(town.token("auditor"))]):
        heard = spoken(town, "GET", path, headers=headers)
        assert heard.status in (404, 401), path
        assert heard.problem in ("no-route", "token")
        assert "乌兰".encode() not in heard.content


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
def test_a_method_that_a_route_does_not_take_is_refused_with_those_that_it_does(
    method: str, town: Window, path: str
) -> None:
    for asked, methods in (
        (path, {"GET"}),
        ("/careers", {"GET", "POST"}),
        (f"{path}/facts", {"POST"}),
        ("/metrics", {"GET"}),
    ):
        heard = spoken(town, method, asked, headers=[bearer(town.token("auditor"))])
        assert (heard.status, heard.problem) == (405, "no-method")
        assert methods <= set(heard.headers["allow"].split(", "))


@pytest.mark.parametrize(
    "asked", ["/careers/0192f0c1-2b1a-8c3d-9e4f-5a6b7c8d9e0f", "/feed", "/metrics", "/health/live"]
)
def test_what_may_be_done_can_be_asked_without_a_token_and_tells_no_more(asked: str, town: Window) -> None:
    heard = spoken(town, "OPTIONS", asked)
    assert (heard.status, heard.content) == (204, b"")
    assert "GET" in heard.headers["allow"]


def test_a_head_is_refused_for_it_would_tell_of_somebody_as_a_get_does(town: Window, path: str) -> None:
    heard = spoken(town, "HEAD", path, headers=[bearer(town.token("auditor"))])
    assert heard.status == 405
    assert "etag" not in heard.headers


@pytest.mark.parametrize("path", OPEN.values())
def test_open_routes_answer_whatever_else_is_sent(path: str, town: Window) -> None:
    for headers in (
        [("authorization", "Bearer x")],
        [("accept", "image/png")],
        [("accept-language", "乌".encode().decode("latin-1"))],
    ):
        assert spoken(town, "GET", path, b"%ff=%zz", headers).status == 200
