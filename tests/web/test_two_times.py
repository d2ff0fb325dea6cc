"""Every question takes two times; a caller may wait for what was recorded, and reads its own writes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from time import sleep
from typing import Any

import pytest

from api.web import gate
from tests.given import commended, hired, resigned
from tests.web.routes import COMMENDED, problem
from tests.web.window import Window


@pytest.fixture
def path(window: Window) -> str:
    """A career of two entries, recorded an hour apart."""
    window.record("A-1", hired("2018-03-01"))
    window.clock.now += timedelta(hours=1)
    window.record("A-1", resigned("2024-05-31"))
    window.clock.now += timedelta(hours=1)
    return f"/careers/{window.career('A-1')}"


def days(window: Window, path: str, **query: Any) -> int:
    response = window.as_("auditor").get(f"{path}/service-years", **query)
    assert response.status_code == 200, response.text
    return int(response.json()["cumulative"]["days"])


def test_a_day_is_asked_about_as_known_now_or_then(window: Window, path: str) -> None:
    whole = days(window, path)
    assert whole == days(window, path, on="2024-05-31") == days(window, path, known_at="2")
    assert days(window, path, known_at="1") > whole
    assert days(window, path, known_at="1", on="2024-05-31") == whole
    assert days(window, path, on="2018-02-28") == 0


def test_a_moment_of_knowledge_is_a_position(window: Window, path: str) -> None:
    for moment, position in (
        ("2026-11-24T08:00:00Z", 1),
        ("2026-11-24T16:00:00+08:00", 1),
        ("2026-11-24T08:59:59.999999Z", 1),
        ("2026-11-24T09:00:00Z", 2),
        ("2030-01-01T00:00:00Z", 2),
    ):
        answer = window.as_("auditor").get(path, known_at=moment)
        assert answer.json()["known"]["position"] == position, moment
        assert answer.headers["ledger-position"] == str(position)


@pytest.mark.parametrize(("query", "status", "kind"), [
    ({"known_at": "0"}, 404, "career-not-found"),
    ({"known_at": "2026-11-24T07:59:59Z"}, 404, "career-not-found"),
    ({"known_at": "3"}, 404, "not-written-yet"),
    ({"known_at": "9" * 18}, 404, "not-written-yet"),
    ({"known_at": "9" * 19}, 400, "question"),
    ({"known_at": "-1"}, 400, "question"),
    ({"known_at": "2026-11-24T08:00:00"}, 400, "question"),
    ({"known_at": "2026-02-30T08:00:00Z"}, 400, "question"),
    ({"known_at": "yesterday"}, 400, "question"),
    ({"known_at": ""}, 400, "question"),
    ({"on": "2026-02-30"}, 400, "question"),
    ({"on": "26-02-03"}, 400, "question"),
    ({"on": "1899-12-31"}, 400, "question"),
    ({"on": "9999-12-31"}, 400, "question"),
    ({"on": "２０２６-01-01"}, 400, "question"),
    ({"on": ""}, 400, "question"),
    ({"reading.gap": "-1"}, 400, "question"),
    ({"reading.gap": "x"}, 400, "question"),
    ({"reading.gap": ""}, 400, "question"),
    ({"reading.first_day": "perhaps"}, 400, "question"),
    ({"reading.nothing": "1"}, 400, "parameter"),
    ({"reading.": "1"}, 400, "parameter"),
    ({"reading": "gap=3"}, 400, "parameter"),
])  # fmt: skip
def test_what_cannot_be_asked_is_refused_with_why(
    query: dict[str, str], status: int, kind: str, window: Window, path: str
) -> None:
    for lang in ("zh", "en"):
        response = window.as_("auditor").get(f"{path}/service-years", **query, lang=lang)
        assert (response.status_code, problem(response)) == (status, kind), response.text
        assert response.headers["content-language"] == lang


def test_a_reading_is_named_in_the_answer(window: Window, path: str) -> None:
    answer = window.as_("auditor").get(f"{path}/service-years", **{"reading.gap": "3", "reading.first_day": "excluded"})
    readings = answer.json()["readings"]
    assert (readings["gap"], readings["first_day"], readings["probation"]) == (3, "excluded", "counts")


def test_a_division_is_asked_as_known_then_under_a_reading_and_on_a_day_far_ahead(window: Window, path: str) -> None:
    caller = window.as_("department")
    assert caller.get("/divisions/roster", division="15").json()["workers"] == []
    (then,) = caller.get("/divisions/roster", division="15", known_at="1").json()["workers"]
    assert then["in_post_since"] == "2018-03-01"
    for more in ({"on": "2024-05-31"}, {"on": "2024-05-31", "reading.gap": "3"}):
        assert len(caller.get("/divisions/roster", division="15", **more).json()["workers"]) == 1
    assert caller.get("/divisions/roster", division="15", on="2035-01-01").status_code == 200
    assert problem(caller.get("/divisions/roster", division="15", known_at="99")) == "not-written-yet"


def test_who_waits_for_a_position_that_is_there_is_answered_at_once(window: Window, path: str) -> None:
    for position in ("0", "1", "2"):
        assert window.as_("auditor").get(path, at_least=position).status_code == 200


def test_who_waits_for_a_position_is_answered_once_it_has_come(window: Window, path: str) -> None:
    def record_later() -> None:
        sleep(0.2)
        window.record("A-2", hired("2018-03-01"))

    with ThreadPoolExecutor(1) as pool:
        recording = pool.submit(record_later)
        answer = window.as_("auditor").get(path, at_least="3")
        recording.result()
    assert (answer.status_code, answer.headers["ledger-position"]) == (200, "3")


def test_a_position_that_does_not_come_is_worth_asking_for_again(
    window: Window, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "WAIT_SECONDS", 0.05)
    response = window.as_("auditor").get(path, at_least="3")
    assert (response.status_code, problem(response), response.headers["retry-after"]) == (503, "not-here-yet", "1")
    assert window.log() == []


@pytest.mark.parametrize("word", ["-1", "x", "", "1.5", "9" * 19, "１"])
def test_what_is_no_position_is_not_waited_for(word: str, window: Window, path: str) -> None:
    assert problem(window.as_("auditor").get(path, at_least=word)) == "question"


def test_a_clerk_reads_what_the_clerk_has_just_written_in_every_answer(window: Window, path: str) -> None:
    for day in range(1, 6):
        body = {"facts": [{"fact": {**COMMENDED, "on": f"2026-10-{day:02}"}}]}
        position = window.as_("clerk").post(f"{path}/facts", body).headers["ledger-position"]
        timeline = window.as_("clerk").get(f"{path}/timeline", at_least=position).json()
        assert len(timeline["items"]) == 2 + day
        period = {"first_day": "2026-10-01", "last_day": "2026-10-31", "case_number": "x", "division": "15"}
        search = window.as_("inspector").get("/inspector/search", **period, at_least=position).json()
        assert len(search["happened"]) == day
        assert search["known"]["position"] == int(position)


def test_what_becomes_of_a_day_at_midnight_in_china(window: Window, path: str) -> None:
    window.clock.now = window.clock.now.replace(hour=15, minute=59, second=59)
    assert window.as_("auditor").get(path).json()["on"] == "2026-11-24"
    window.clock.now += timedelta(seconds=1)
    assert window.as_("auditor").get(path).json()["on"] == "2026-11-25"
    window.record("A-1", commended("2026-11-25"))


@pytest.mark.parametrize(("query", "headers", "language"), [
    ({}, {}, "zh"),
    ({"lang": "en"}, {}, "en"),
    ({"lang": "zh"}, {"accept-language": "en"}, "zh"),
    ({}, {"accept-language": "en-GB,en;q=0.9"}, "en"),
    ({}, {"accept-language": "EN"}, "en"),
    ({}, {"accept-language": "zh-CN,en;q=0.8"}, "zh"),
    ({}, {"accept-language": "mn,fr"}, "zh"),
    ({}, {"accept-language": ""}, "zh"),
])  # fmt: skip
def test_an_answer_and_a_refusal_come_in_the_callers_language(
    query: dict[str, str], headers: dict[str, str], language: str, window: Window, path: str
) -> None:
    for caller, asked in (
        (window.as_("auditor"), path),
        (window.as_("auditor"), f"{path[:-1]}x"),
        (window.nobody(), path),
    ):
        response = caller.get(asked, headers=headers, **query)
        assert response.headers["content-language"] == language
        if response.status_code != 200:
            assert response.json()["title"].isascii() == (language == "en")
