"""How often one subject may ask: no more than its share, and no longer than until there is room again."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from api.access.limits import Limits
from tests.running import Database
from tests.web.routes import problem
from tests.web.window import Window, window_on


@pytest.fixture
def limited(database: Database) -> Iterator[Window]:
    """Three at once, and one more every two seconds."""
    with window_on(database, limits=Limits(rate=0.5, burst=3)) as opened:
        yield opened


def statuses(window: Window, times: int, **whose: Any) -> list[int]:
    caller = window.as_("auditor", **whose)
    return [caller.get("/careers").status_code for _ in range(times)]


def test_who_asks_too_often_is_told_when_to_come_again(limited: Window) -> None:
    assert statuses(limited, 3) == [200] * 3
    response = limited.as_("auditor").get("/careers")
    assert (response.status_code, problem(response), response.headers["retry-after"]) == (429, "too-many-requests", "2")
    assert response.headers["content-type"] == "application/problem+json"
    assert len([one for one in limited.log() if one.action == "find_careers"]) == 3


def test_after_the_seconds_that_were_told_there_is_room_for_one(limited: Window) -> None:
    statuses(limited, 4)
    limited.clock.now += timedelta(seconds=1)
    response = limited.as_("auditor").get("/careers")
    assert (response.status_code, response.headers["retry-after"]) == (429, "1")
    limited.clock.now += timedelta(seconds=1)
    assert statuses(limited, 2) == [200, 429]


def test_after_a_while_all_is_forgotten(limited: Window) -> None:
    statuses(limited, 9)
    limited.clock.now += timedelta(seconds=6)
    assert statuses(limited, 4) == [200, 200, 200, 429]


def test_another_subject_has_a_share_of_its_own_and_another_token_none(limited: Window) -> None:
    assert statuses(limited, 4, name="one")[-1] == 429
    assert statuses(limited, 1, name="one", jurisdiction="1501") == [429]
    assert statuses(limited, 3, name="another") == [200] * 3


def test_what_is_refused_counts_and_who_has_no_token_does_not(limited: Window) -> None:
    for _ in range(9):
        assert limited.nobody().get("/careers").status_code == 401
        assert limited.nobody("garbage").get("/careers").status_code == 401
    caller = limited.as_("clerk")
    assert [caller.get("/careers", colour="red").status_code for _ in range(4)] == [400, 400, 400, 429]


def test_open_routes_are_never_too_often(limited: Window) -> None:
    assert {limited.client.get("/health/live").status_code for _ in range(20)} == {200}
