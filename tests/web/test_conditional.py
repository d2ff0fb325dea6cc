"""An answer that the caller has is not sent again: tags, what they rest on, and how they are compared."""

from datetime import timedelta
from typing import Any

import pytest

from tests.given import commended, hired
from tests.running import Database
from tests.web.routes import ROUTES, askers, known
from tests.web.town import STREET
from tests.web.window import Window, window_on

TAGGED = [
    route for route in ROUTES
    if route.method == "GET" and route.because is None
    and route.action not in ("find_careers", "who_looked", "compare", "proposals", "access_log", "feed")
]  # fmt: skip
OF_ONE = [route for route in TAGGED if route.about == "person"]
OF_MANY = [route for route in TAGGED if route.about == "division"]


@pytest.fixture
def staffed(window: Window) -> Window:
    window.record("A-1", hired("2018-03-01"))
    window.record("A-2", hired("2019-03-01"))
    return window


def tag(window: Window, path: str = "service-years", role: Any = "auditor", key: str = "A-1", **query: Any) -> str:
    response = window.as_(role).get(f"/careers/{window.career(key)}/{path}", **query)
    assert response.status_code == 200, response.text
    return str(response.headers["etag"])


@pytest.mark.parametrize("route", TAGGED, ids=lambda route: route.name)
def test_whoever_has_an_answer_is_told_only_that_it_has_not_changed(route: Any, town: Window) -> None:
    for role, caller, said in askers(town, route, STREET, "15"):
        first = route.ask(caller, town.career("here"), **said)
        tag = first.headers["etag"]
        assert tag.startswith('W/"')
        again = route.ask(caller, town.career("here"), headers={"if-none-match": tag}, **said)
        assert (again.status_code, again.content) == (304, b""), role
        assert again.headers["etag"] == tag
        assert "content-type" not in again.headers
        other = route.ask(caller, town.career("here"), headers={"if-none-match": 'W/"something else"'}, **said)
        assert known(other) == known(first)


@pytest.mark.parametrize("route", [one for one in ROUTES if one not in TAGGED], ids=lambda route: route.name)
def test_no_other_answer_has_a_tag_that_is_compared(route: Any, town: Window) -> None:
    for _, caller, said in askers(town, route):
        response = route.ask(caller, town.career("here"), headers={"if-none-match": "*"}, **said)
        assert response.status_code == route.status


@pytest.mark.parametrize(
    "sent", ["*", " * ", "{tag}", "{strong}", '"a", {tag}', '"a",{strong} , "b"', 'W/"a", W/"b",{tag}']
)
def test_a_tag_is_compared_weakly_and_in_lists(sent: str, town: Window) -> None:
    path, caller = f"/careers/{town.career('here')}/service-years", town.as_("auditor")
    tag = caller.get(path).headers["etag"]
    headers = {"if-none-match": sent.format(tag=tag, strong=tag.removeprefix("W/"))}
    assert caller.get(path, headers=headers).status_code == 304


@pytest.mark.parametrize("sent", ['"a"', 'W/"a"', "a", "", ",", '"*"', "{bare}", "W/{bare}"])
def test_what_is_no_such_tag_matches_nothing(sent: str, town: Window) -> None:
    path, caller = f"/careers/{town.career('here')}/service-years", town.as_("auditor")
    bare = caller.get(path).headers["etag"].removeprefix("W/").strip('"')
    assert caller.get(path, headers={"if-none-match": sent.format(bare=bare)}).status_code == 200


def test_a_tag_is_no_way_to_learn_of_whom_one_may_not_know(town: Window) -> None:
    caller = town.as_("clerk", jurisdiction=STREET)
    for key in ("far away", "whom nobody has heard of"):
        path = f"/careers/{town.career(key)}/service-years"
        tag = town.as_("clerk").get(f"/careers/{town.career('far away')}/service-years").headers["etag"]
        for sent in ("*", tag):
            assert caller.get(path, headers={"if-none-match": sent}).status_code == 404


def test_a_tag_is_the_same_in_every_request_and_for_every_caller_of_a_role(staffed: Window) -> None:
    assert tag(staffed) == tag(staffed)
    path = f"/careers/{staffed.career('A-1')}/service-years"
    assert staffed.as_("auditor", name="another", jurisdiction="1501").get(path).headers["etag"] == tag(staffed)


def test_a_tag_is_the_same_in_another_process(database: Database) -> None:
    with window_on(database) as window:
        window.record("A-1", hired("2018-03-01"))
        before = tag(window), tag(window, "timeline")
    with window_on(database) as window:
        assert (tag(window), tag(window, "timeline")) == before


def test_a_tag_changes_with_an_entry_of_the_career_and_with_no_other(staffed: Window) -> None:
    paths = ("service-years", "timeline", "findings", "secretary-eligibility", "transfers", "entries", "replay")
    before = {path: tag(staffed, path) for path in paths}
    staffed.record("A-2", commended("2024-05-04"))
    staffed.record("A-3", hired("2024-05-04"))
    assert {path: tag(staffed, path) for path in paths} == before
    staffed.record("A-1", commended("2024-05-04"))
    assert not {tag(staffed, path) for path in paths} & set(before.values())


def test_a_tag_changes_with_day_reading_language_role_and_route(staffed: Window) -> None:
    tags = [
        tag(staffed),
        tag(staffed, on="2024-01-01"),
        tag(staffed, reading_gap="3"),
        tag(staffed, lang="en"),
        tag(staffed, role="clerk"),
        tag(staffed, "findings"),
        tag(staffed, key="A-2"),
        tag(staffed, known_at="1"),
    ]
    assert len({*tags}) == len(tags)
    staffed.clock.now += timedelta(days=1)
    assert tag(staffed) not in tags


def test_an_answer_in_the_callers_language_has_another_tag(staffed: Window) -> None:
    path = f"/careers/{staffed.career('A-1')}/service-years"
    response = staffed.as_("auditor").get(path, headers={"accept-language": "en-GB"})
    assert response.headers["etag"] != tag(staffed)
    assert "accept-language" in response.headers["vary"].lower()


def test_lines_and_json_of_the_same_entries_have_tags_of_their_own(staffed: Window) -> None:
    path, caller = f"/careers/{staffed.career('A-1')}/entries", staffed.as_("auditor")
    lines = caller.get(path, headers={"accept": "application/x-ndjson"}).headers["etag"]
    assert lines != caller.get(path).headers["etag"]
    mixed = {"accept": "application/json", "if-none-match": lines}
    assert caller.get(path, headers=mixed).status_code == 200


def test_what_was_known_at_a_past_moment_keeps_its_tag_for_ever(staffed: Window) -> None:
    asked = [{"known_at": "2"}, {"known_at": "2026-11-24T08:00:00Z"}]
    before = [tag(staffed, on="2024-01-01", **known) for known in asked]
    staffed.clock.now += timedelta(hours=1)
    staffed.record("A-1", commended("2024-05-04"))
    staffed.record("A-2", commended("2024-05-04"))
    staffed.clock.now += timedelta(days=400)
    assert [tag(staffed, on="2024-01-01", **known) for known in asked] == before


@pytest.mark.parametrize("route", OF_MANY, ids=lambda route: route.name)
def test_a_division_has_another_tag_after_every_entry_and_on_every_day(route: Any, staffed: Window) -> None:
    ((_, caller, said), *_) = askers(staffed, route)
    tags = {route.ask(caller, None, **said).headers["etag"], route.ask(caller, None, **said, lang="en").headers["etag"]}
    staffed.record("A-2", commended("2024-05-04"))
    tags.add(route.ask(caller, None, **said).headers["etag"])
    staffed.clock.now += timedelta(minutes=59)
    ((_, caller, said), *_) = askers(staffed, route)
    assert route.ask(caller, None, **said).headers["etag"] in tags
    staffed.clock.now += timedelta(days=1)
    ((_, caller, said), *_) = askers(staffed, route)
    assert route.ask(caller, None, **said).headers["etag"] not in tags
    assert len(tags) == 3


def test_two_jurisdictions_have_two_tags_of_one_division(town: Window) -> None:
    street, region = (
        town.as_("department", jurisdiction=code).get("/divisions/roster", division=STREET) for code in (STREET, "15")
    )
    assert street.headers["etag"] != region.headers["etag"]
