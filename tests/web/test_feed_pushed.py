"""The feed as server-sent events: what there is, then what comes, until the token expires or the server stops."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from api.readers import feed
from domain.errors import StoreError
from domain.words import Phrase
from tests.given import HOME, OTHER_LEAGUE, commended, hired, out, street
from tests.web.window import Window
from tests.web.wire import Stream, bearer, spoken

STREET = street(HOME)
EVENTS = ("accept", "text/event-stream")


@pytest.fixture
def pushing(window: Window, monkeypatch: pytest.MonkeyPatch) -> Window:
    monkeypatch.setattr(feed, "HEARTBEAT_SECONDS", 0.05)
    window.record("A-1", hired("2018-03-01"))
    window.record("A-2", hired("2018-03-01", OTHER_LEAGUE))
    return window


def listen(window: Window, *headers: tuple[str, str], jurisdiction: str = "15", query: bytes = b"") -> Stream:
    token = window.token("auditor", jurisdiction=jurisdiction)
    stream = Stream(window, "GET", "/feed", query, [bearer(token), EVENTS, *headers])
    status, told = stream.started()
    assert (status, told["content-type"].partition(";")[0]) == (200, "text/event-stream")
    return stream


def read(body: bytes) -> Iterator[tuple[int, Any]]:
    """Events by id, as the specification of server-sent events has a reader take them apart."""
    for block in body.decode().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if fields:
            yield int(fields["id"]), json.loads(fields["data"])


def heard(stream: Stream, last: int) -> list[int]:
    """The ids of all events up to one."""
    return [one for one, _ in read(stream.until(lambda body: b"id: %d\n" % last in body and body.endswith(b"\n\n")))]


def test_what_there_is_comes_first_and_then_what_is_recorded(pushing: Window) -> None:
    with listen(pushing) as stream:
        assert heard(stream, 2) == [1, 2]
        pushing.record("A-1", commended("2024-05-04"))
        assert heard(stream, 3) == [3]
        pushing.record("A-3", hired("2019-03-01"))
        assert heard(stream, 4) == [4]


def test_an_event_is_the_same_as_in_the_lines(pushing: Window) -> None:
    with listen(pushing) as stream:
        body = stream.until(lambda body: b"id: 2\n" in body and body.endswith(b"\n\n"))
        lines = pushing.as_("auditor").get("/feed").text.splitlines()
        assert [(one, event) for one, event in read(body)] == list(enumerate(map(json.loads, lines), 1))


@pytest.mark.parametrize(("sent", "query"), [
    ([("last-event-id", "1")], b""),
    ([], b"after=1"),
    ([("last-event-id", "1")], b"after=0"),
    ([("last-event-id", "1")], b"after=2"),
])  # fmt: skip
def test_who_comes_again_goes_on_after_the_last_event(sent: Any, query: bytes, pushing: Window) -> None:
    with listen(pushing, *sent, query=query) as stream:
        assert heard(stream, 2) == [2]


def test_who_has_all_waits_with_a_sign_of_life_now_and_then(pushing: Window) -> None:
    with listen(pushing, ("last-event-id", "2")) as stream:
        assert list(read(stream.until(lambda body: body.count(b": alive\n\n") == 2))) == []
        pushing.record("A-1", commended("2024-05-04"))
        assert heard(stream, 3) == [3]


def test_an_auditor_of_a_part_is_told_of_who_comes_into_reach_from_then_on(pushing: Window) -> None:
    with listen(pushing, jurisdiction=STREET) as stream:
        assert heard(stream, 1) == [1]
        pushing.record("A-2", commended("2024-05-04"))
        pushing.record("A-1", commended("2024-05-04"))
        assert heard(stream, 4) == [4]
        pushing.record("A-2", out("2026-11-20", STREET))
        pushing.record("A-1", commended("2025-05-04"))
        assert heard(stream, 6) == [5, 6]


def test_it_ends_when_the_token_expires(pushing: Window) -> None:
    with listen(pushing) as stream:
        heard(stream, 2)
        pushing.clock.now += timedelta(minutes=59)
        pushing.record("A-1", commended("2024-05-04"))
        assert heard(stream, 3) == [3]
        pushing.clock.now += timedelta(minutes=1)
        pushing.record("A-1", commended("2025-05-04"))
        assert b"id: 4" not in stream.rest()


def test_it_ends_when_the_server_stops_and_readiness_says_so(pushing: Window) -> None:
    with listen(pushing) as stream:
        heard(stream, 2)
        stop(pushing)
        stream.rest()
    assert (pushing.client.get("/health/ready").status_code, pushing.client.get("/health/live").status_code) == (
        503,
        200,
    )


def test_every_batch_is_logged_before_it_is_pushed(pushing: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    with listen(pushing, jurisdiction=STREET) as stream:
        heard(stream, 1)
        pushing.record("A-1", commended("2024-05-04"))
        heard(stream, 3)
        told = [(one.position, one.career, one.action, one.outcome) for one in pushing.log()]
        assert told == [(position, pushing.career("A-1"), "feed", "answered") for position in (1, 3)]


def test_if_the_log_cannot_be_written_it_ends_and_no_event_is_lost(
    pushing: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    with listen(pushing) as stream:
        heard(stream, 2)
        with monkeypatch.context() as patch:
            patch.setattr(pushing.house.office._store, "append", fails)
            pushing.record("A-1", commended("2024-05-04"))
            assert list(read(stream.rest())) == []
    with listen(pushing, ("last-event-id", "2")) as again:
        assert heard(again, 3) == [3]


def test_a_listener_who_has_left_is_not_counted_any_more(pushing: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "MOST_STREAMS", 2)
    with listen(pushing) as one:
        heard(one, 2)
        with listen(pushing) as other:
            heard(other, 2)
            third = spoken(pushing, "GET", "/feed", headers=[bearer(pushing.token("auditor")), EVENTS])
            assert (third.status, third.problem, third.headers["retry-after"]) == (503, "server-busy", "30")
        with listen(pushing) as another:
            heard(another, 2)
    assert pushing.house.heads.streams == 0


def stop(window: Window) -> None:
    window.client.blocking_portal.call(window.house.stop)


def fails(answers: Any) -> int:
    raise StoreError(Phrase("坏了", "broken")())
