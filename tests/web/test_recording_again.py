"""A request that is sent again is recorded once, however often and however many at once; a failure can be repeated."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from domain.errors import LedgerBusyError, StoreError
from domain.words import Phrase
from tests.given import HOME, hired, street
from tests.web.routes import COMMENDED, HIRED, REGISTERED, known, problem
from tests.web.window import Window

STREET = street(HOME)
KEY = {"idempotency-key": "b1946ac9-2492"}
BODY = {"facts": [{"fact": COMMENDED}]}
NEW = {"worker": "N-1", "facts": [{"fact": REGISTERED}, {"fact": HIRED}]}
DOWN = Phrase("坏了", "broken")


@pytest.fixture
def path(window: Window) -> str:
    window.record("A-1", hired("2018-03-01"))
    return f"/careers/{window.career('A-1')}/facts"


def send(window: Window, path: str, body: Any, headers: dict[str, str] = KEY, name: str = "clerk 7") -> Any:
    return window.as_("clerk", jurisdiction=STREET, name=name).post(path, body, headers=headers)


def entries(window: Window, key: str) -> int:
    return window.house.ledger.last_number(window.career(key), window.house.ledger.known())


def test_the_same_request_again_is_answered_as_the_first_time(window: Window, path: str) -> None:
    first = send(window, path, BODY)
    again = send(window, path, BODY)
    assert (first.status_code, entries(window, "A-1")) == (201, 2)
    assert known(again) == known(first)


def test_it_is_so_for_good_whatever_was_recorded_since(window: Window, path: str) -> None:
    first = send(window, path, BODY)
    window.clock.now = window.clock.now.replace(year=2027)
    send(window, path, {"facts": [{"fact": {**COMMENDED, "on": "2026-10-02"}}]}, {"idempotency-key": "another"})
    assert known(send(window, path, BODY)) == known(first)
    stale = {**KEY, "if-match": '"1"'}
    assert known(send(window, path, BODY, stale)) == known(first)
    assert entries(window, "A-1") == 3


def test_a_registration_again_is_answered_as_the_first_time(window: Window) -> None:
    assert known(send(window, "/careers", NEW)) == known(send(window, "/careers", NEW))
    assert entries(window, "N-1") == 2


@pytest.mark.parametrize("other", [
    {"facts": [{"fact": {**COMMENDED, "on": "2026-10-02"}}]},
    {"facts": [{"fact": COMMENDED}, {"fact": COMMENDED}]},
    {"facts": [{"fact": COMMENDED, "act": "x"}]},
])  # fmt: skip
def test_a_key_that_was_used_for_something_else_is_refused(other: Any, window: Window, path: str) -> None:
    send(window, path, BODY)
    response = send(window, path, other)
    assert (response.status_code, problem(response)) == (422, "reused-key")
    assert entries(window, "A-1") == 2


def test_a_key_is_of_one_route_and_one_career(window: Window, path: str) -> None:
    window.record("A-2", hired("2018-03-01"))
    send(window, path, BODY)
    assert problem(send(window, f"/careers/{window.career('A-2')}/facts", BODY)) == "reused-key"
    assert problem(send(window, "/careers", NEW)) == "reused-key"
    assert (entries(window, "A-2"), entries(window, "N-1")) == (1, 0)


def test_the_keys_of_others_are_not_ones_own(window: Window, path: str) -> None:
    send(window, path, BODY)
    response = send(window, path, {"facts": [{"fact": {**COMMENDED, "on": "2026-10-02"}}]}, name="clerk 8")
    assert (response.status_code, response.json()["number"]) == (201, 3)


@pytest.mark.parametrize("sent", ["", "  ", '""', "a" * 256, "a\tb", "ключ"])
def test_without_a_key_nothing_is_recorded(sent: str, window: Window, path: str) -> None:
    headers: Any = {"idempotency-key": sent.encode() if not sent.isascii() else sent}
    for route, body in (
        (path, BODY),
        ("/careers", NEW),
        (path.replace("facts", "corrections"), {"number": 1, "reason": "x"}),
    ):
        response = send(window, route, body, headers)
        assert (response.status_code, problem(response)) == (400, "idempotency-key")
    assert window.house.ledger.known().position == 1
    assert window.house.office.proposals.pending() == []


@pytest.mark.parametrize("sent", ["a", "a" * 255, '"quoted"', "!~"])
def test_any_visible_characters_are_a_key(sent: str, window: Window, path: str) -> None:
    assert send(window, path, BODY, {"idempotency-key": sent}).status_code == 201


def test_many_at_once_with_one_key_are_recorded_once(window: Window, path: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: known(send(window, path, BODY)), range(16)))
    assert len({*answers}) == 1
    assert answers[0][0] == 201
    assert entries(window, "A-1") == 2


def test_many_at_once_with_keys_of_their_own_are_all_recorded(window: Window, path: str) -> None:
    bodies = [{"facts": [{"fact": {**COMMENDED, "on": f"2026-10-{day:02}"}}]} for day in range(1, 17)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(lambda place: send(window, path, bodies[place], {"idempotency-key": str(place)}), range(16))
        )
    assert sorted(one.json()["number"] for one in answers) == list(range(2, 18))


def test_of_many_who_have_seen_the_same_entry_one_records(window: Window, path: str) -> None:
    def put(place: int) -> int:
        return send(window, path, BODY, {"idempotency-key": str(place), "if-match": '"1"'}).status_code

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(put, range(8))) == [201, *[412] * 7]
    assert entries(window, "A-1") == 2


def test_what_was_refused_may_be_tried_again_with_its_key(window: Window, path: str) -> None:
    ended = {
        "fact": "term_ended",
        "last_day": "2026-01-01",
        "office": "director",
        "community": HOME,
        "cause": "turnover",
    }
    body = {"facts": [{"fact": ended}]}
    assert send(window, path, body).status_code == 422
    started = {"fact": "term_started", "on": "2024-01-01", "office": "director", "community": HOME, "mode": "elected"}
    send(window, path, {"facts": [{"fact": started}]}, {"idempotency-key": "the start"})
    assert send(window, path, body).status_code == 201


@pytest.mark.parametrize(("error", "kind"), [(LedgerBusyError(DOWN()), "busy"), (StoreError(DOWN()), "store")])
def test_what_could_not_be_stored_may_be_tried_again_with_its_key(
    error: StoreError, kind: str, window: Window, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(window.house.ledger, "record", _raises(error))
        response = send(window, path, BODY)
        assert (response.status_code, problem(response)) == (503, kind)
        assert response.headers["retry-after"]
    assert send(window, path, BODY).status_code == 201
    assert entries(window, "A-1") == 2


def test_what_was_recorded_and_could_not_be_logged_is_told_when_asked_again(
    window: Window, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(window.house.office._store, "append", _raises(StoreError(DOWN())))
        assert send(window, path, BODY).status_code == 503
    again = send(window, path, BODY)
    assert (again.status_code, again.json()["number"], entries(window, "A-1")) == (201, 2, 2)
    assert [(one.outcome, one.career) for one in window.log()] == [("recorded", window.career("A-1"))]


def _raises(error: Exception) -> Any:
    def fails(*_: Any, **__: Any) -> None:
        raise error

    return fails
