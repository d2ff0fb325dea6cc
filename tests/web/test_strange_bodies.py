"""Bodies that are too large, of another kind, or no JSON that a route takes: refused, and nothing is repeated."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.web import body
from api.web.operation import LARGEST_BODY
from tests.web.routes import COMMENDED
from tests.web.town import STREET
from tests.web.window import Window
from tests.web.wire import Heard, Stream, bearer, spoken

JSON = ("content-type", "application/json")
KEYED = ("idempotency-key", "k")


NAMES = st.sampled_from(["worker", "workers", "facts", "fact", "number", "reason", "replacement", "comment", "act"])
DOCUMENTS = st.recursive(
    st.none() | st.integers() | st.text(max_size=5),
    lambda one: st.lists(one, max_size=3) | st.dictionaries(NAMES, one, max_size=4),
)


def post(window: Window, path: str, *body: bytes, headers: Any = (JSON,)) -> Heard:
    return spoken(window, "POST", path, headers=[bearer(window.token("clerk")), KEYED, *headers], body=body)


@pytest.fixture(scope="module")
def path(town: Window) -> str:
    return f"/careers/{town.career('here')}"


def test_a_body_that_says_that_it_is_too_large_is_not_read(town: Window) -> None:
    heard = post(town, "/careers", b"{}", headers=[JSON, ("content-length", str(LARGEST_BODY + 1))])
    assert (heard.status, heard.problem) == (413, "body-too-large")


def test_a_body_that_turns_out_to_be_too_large_is_not_read_on(town: Window) -> None:
    heard = post(town, "/careers", *[b" " * 60_000] * 50)
    assert (heard.status, heard.problem) == (413, "body-too-large")


def test_a_body_in_many_parts_is_one_body(town: Window, path: str) -> None:
    parts = [bytes([one]) for one in json.dumps({"facts": [{"fact": COMMENDED}]}).encode()]
    headers = [bearer(town.token("clerk")), JSON]
    assert spoken(town, "POST", f"{path}/facts", b"dry_run=true", headers, parts).status == 200


@pytest.mark.parametrize(
    "kind", [None, "", "text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data"]
)
def test_a_body_of_another_kind_is_refused(kind: str | None, town: Window) -> None:
    heard = post(town, "/careers", b"{}", headers=[] if kind is None else [("content-type", kind)])
    assert (heard.status, heard.problem) == (415, "media-type")


@pytest.mark.parametrize("kind", ["application/json", "Application/JSON", "application/json; charset=utf-8"])
def test_json_is_json_however_it_is_written(kind: str, town: Window) -> None:
    assert post(town, "/careers", b"{}", headers=[("content-type", kind)]).problem == "body"


@pytest.mark.parametrize("sent", [
    b"", b"   ", b"{", b"null", b"[]", b'"x"', b"{}}", b'{"worker":"a"', b"\xff\xfe{}", b"\x00", b"NaN",
    b'{"worker":"\xff","facts":[]}', b'{"worker":"a","facts":{}}', b'{"worker":1,"facts":[]}',
    b"[" * 10_000, b"[" * 10_000 + b"]" * 10_000, b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    b'{"worker":"a","facts":[' + b"[" * 10_000 + b"]" * 10_000 + b"]}",
    b'{"worker":"a","facts":[{"fact":' + b'{"a":' * 10_000 + b"1" + b"}" * 10_000 + b"}]}",
    b'{"worker":"a","facts":[{"fact":{"fact":"commended","title":' + b"[" * 10_000 + b"]" * 10_000 + b"}}]}",
])  # fmt: skip
def test_what_is_not_the_json_that_a_route_takes_is_refused(sent: bytes, town: Window, path: str) -> None:
    for asked in ("/careers", f"{path}/facts", f"{path}/corrections", "/transfer-desk/verifications"):
        token = town.token("clerk", "transfer_desk")
        heard = spoken(town, "POST", asked, b"purpose=x", [bearer(token), KEYED, JSON], [sent])
        assert heard.status in (400, 422), (asked, heard)
        assert heard.problem in ("body", "malformed")
        assert len(heard.content) < 5_000


@settings(max_examples=60)
@given(DOCUMENTS)
def test_no_json_makes_it_fail(town: Window, sent: Any) -> None:
    path = f"/careers/{town.career('here')}"
    for asked in ("/careers", f"{path}/facts", f"{path}/corrections", "/transfer-desk/verifications"):
        token = town.token("clerk", "transfer_desk", jurisdiction=STREET)
        heard = spoken(town, "POST", asked, b"purpose=x", [bearer(token), KEYED, JSON], [json.dumps(sent).encode()])
        assert heard.status in (200, 400, 422), (asked, sent, heard)


def test_what_is_sent_with_a_question_is_not_looked_at(town: Window, path: str) -> None:
    heard = spoken(town, "GET", path, headers=[bearer(town.token("auditor"))], body=[b"x" * 100_000] * 3)
    assert heard.status == 200


def test_a_body_that_does_not_come_is_not_waited_for_for_ever(town: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "SECONDS", 0.05)
    with Stream(
        town, "POST", "/careers", b"", [bearer(town.token("clerk")), KEYED, JSON], [b"{"], unfinished=True
    ) as stream:
        status, headers = stream.started()
        assert (status, headers["content-type"]) == (408, "application/problem+json")
        assert b"body-too-slow" in stream.rest()


def test_a_caller_who_goes_away_before_the_body_has_come_records_nothing(window: Window) -> None:
    headers = [bearer(window.token("clerk")), KEYED, JSON]
    with Stream(window, "POST", "/careers", b"", headers, [b"{"], unfinished=True):
        pass
    assert window.house.ledger.known().position == 0
