"""Words of a query and headers that nobody should send: refused plainly, never with a 500 and never by silence."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.routes import ROUTES, problem
from tests.web.window import Window
from tests.web.wire import Heard, bearer, spoken


def ask(window: Window, path: str, query: bytes = b"", *headers: tuple[str, str]) -> Heard:
    return spoken(window, "GET", path, query, [bearer(window.token("auditor", "clerk", "department")), *headers])


@pytest.fixture(scope="module")
def path(town: Window) -> str:
    return f"/careers/{town.career('here')}"


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_no_route_takes_an_unknown_parameter_or_one_twice(route: Any, town: Window) -> None:
    sent = route.path.replace("{career:uuid}", str(town.career("here"))).replace(
        "{proposal:uuid}", str(town.career("here"))
    )
    for query, told in (
        (b"colour=red", b"colour"),
        (b"lang=en&lang=en", b"lang"),
        (b"%E4%B9%8C%E5%85%B0=1", b""),
        (b"ON=2026-01-01", b"ON"),
    ):
        heard = spoken(town, route.method, sent, query, [bearer(town.token("auditor"))])
        assert (heard.status, heard.problem) == (400, "parameter"), query
        assert told in heard.content
        assert "乌兰".encode() not in heard.content


@pytest.mark.parametrize("query", [
    b"%", b"%zz", b"%ff=%fe", b"on=%ff", b"on=%00", b"=", b"=&=", b"&&&", b"on", b"on=", b"on==", b"?on=1",
    b"on=1;lang=en",
    b"a" * 100_000, b"on=" + b"9" * 100_000, b"&".join(b"x%d=1" % n for n in range(5000)), "on=乌".encode(),
    b"\xff\xfe",
    b"reading.gap=" + b"1" * 5000, b"lang=en&" * 3000, b"known_at=1e3", b"at_least=%D9%A3",
])  # fmt: skip
def test_a_query_of_rubbish_is_refused_or_asks_nothing(query: bytes, town: Window, path: str) -> None:
    for asked in (f"{path}/findings", "/careers", "/divisions/roster"):
        heard = ask(town, asked, query)
        assert heard.status in (200, 400), (asked, heard)
        assert len(heard.content) < 20_000


@settings(max_examples=60)
@given(st.binary(max_size=40), st.sampled_from(["/findings", "/timeline", "/compare", "/entries", "/access-log"]))
def test_no_query_makes_it_fail(town: Window, query: bytes, part: str) -> None:
    heard = ask(town, f"/careers/{town.career('here')}{part}", query)
    assert heard.status in (200, 400, 403, 404)


@pytest.mark.parametrize(("path", "query"), [
    ("/careers", {"limit": "0"}),
    ("/careers", {"limit": "1001"}),
    ("/careers", {"limit": "x"}),
    ("/careers", {"after": "x"}),
    ("/careers", {"name": ""}),
    ("/careers", {"name": "a\0b"}),
    ("/careers", {"matching": "like"}),
    ("/careers", {"division": "99"}),
    ("/careers", {"division": "乌"}),
    ("/careers", {"division": ""}),
    ("/divisions/roster", {}),
    ("/divisions/roster", {"division": "1599"}),
    ("/divisions/roster", {"division": "乌"}),
    ("/divisions/upcoming", {"division": "15", "within": "-1"}),
    ("/divisions/upcoming", {"division": "15", "within": "36526"}),
    ("/divisions/findings", {"division": "15", "article": "0"}),
    ("/divisions/findings", {"division": "15", "severity": "x"}),
    ("/divisions/findings", {"division": "15", "open": "yes"}),
    ("/divisions/statistics", {"division": "15", "population": "0"}),
    ("/divisions/eligible", {"division": "15", "before": "x"}),
    ("/audit/late-entries", {"division": "15", "first_day": "2026-01-01"}),
    ("/audit/late-entries", {"division": "15", "first_day": "2026-02-01", "last_day": "2026-01-01"}),
    ("/audit/late-entries", {"division": "15", "first_day": "2026-01-01", "last_day": "2026-02-01", "cluster": "0"}),
    ("/access-log", {"after": "x"}),
    ("/access-log", {"career": "x"}),
    ("/access-log", {"first": "2026-01-01"}),
    ("/access-log", {"role": "king"}),
    ("/access-log", {"outcome": "x"}),
    ("/feed", {"after": "-1"}),
    ("/feed", {"limit": "0"}),
])  # fmt: skip
def test_a_word_that_is_none_of_those_that_can_be_is_refused(path: str, query: dict[str, str], town: Window) -> None:
    response = town.as_("auditor", "department", "clerk").get(path, **query)
    assert response.status_code == 400, response.text
    assert problem(response) in {"question", "parameter"}


@pytest.mark.parametrize(("accept", "status"), [
    ("application/json", 200), ("*/*", 200), ("application/*", 200), ("text/html, */*;q=0.1", 200), ("", 200),
    ("application/json;q=0.5, text/html", 200),
    ("text/html", 406), ("application/xml", 406), ("application/x-ndjson", 406), ("garbage", 406), ("text/*", 406),
])  # fmt: skip
def test_an_answer_comes_in_a_kind_that_is_accepted_or_not_at_all(
    accept: str, status: int, town: Window, path: str
) -> None:
    heard = ask(town, path, b"", ("accept", accept))
    assert heard.status == status
    if status == 406:
        assert heard.problem == "not-acceptable"
        assert b"application/json" in heard.content


@pytest.mark.parametrize("sent", ["2026-11-23", "2025-01-01", "1", "", "latest", "2026-11-24 "])
def test_a_version_that_never_was_is_refused(sent: str, town: Window, path: str) -> None:
    heard = ask(town, path, b"", ("api-version", sent))
    assert (heard.status, heard.problem) == (400, "version")
    assert heard.headers["api-version"] == "2026-11-24"


def test_every_answer_says_its_version_and_that_it_is_private(town: Window, path: str) -> None:
    heard = ask(town, path, b"", ("api-version", "2026-11-24"))
    assert heard.status == 200
    assert heard.headers["api-version"] == "2026-11-24"
    assert heard.headers["cache-control"] == "private, no-cache"
    assert "authorization" in heard.headers["vary"].lower()
    assert heard.headers["x-content-type-options"] == "nosniff"
    assert heard.headers["request-id"]


@pytest.mark.parametrize(
    "name", ["accept-language", "if-none-match", "if-match", "accept", "last-event-id", "range", "cookie"]
)
@pytest.mark.parametrize("value", ["", ",", "\xff\xfe", "a" * 60_000, "*;q=0", '"'])
def test_no_header_makes_it_fail(name: str, value: str, town: Window, path: str) -> None:
    assert ask(town, path, b"", (name, value)).status in (200, 304, 406)
