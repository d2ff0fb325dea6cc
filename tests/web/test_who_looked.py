"""Who looked: told to the person concerned and to auditors, each of what they may know."""

from typing import Any

import pytest

from tests.web.routes import CASE
from tests.web.town import FAR, STREET, settle
from tests.web.window import Caller, Window

NAME, KEY, IDENTITY = "乌兰", "A-0417", "150102198501020027"


@pytest.fixture
def looked_at(window: Window) -> Window:
    """A town in which others have looked at one person."""
    settle(window)
    path = f"/careers/{window.career('here')}"
    window.as_("clerk", jurisdiction=STREET, name="clerk 7").get(f"{path}/timeline")
    window.as_("transfer_desk", name="desk 3").get(f"{path}/service-years", purpose="接收调动")
    window.as_("inspector", name="inspector 1").get(f"/inspector/timelines/{window.career('here')}", **CASE)
    window.as_("department", jurisdiction=FAR, name="far away 9").get(path)
    window.as_("transfer_desk", name="desk 4").get(path)
    return window


def looks(caller: Caller, path: str, **query: Any) -> list[tuple[str, str, str]]:
    response = caller.get(path, **query)
    assert response.status_code == 200, response.text
    return [(one["subject"], one["action"], one["outcome"]) for one in response.json()["accesses"]]


def test_the_person_sees_who_looked_and_what_for_newest_first_but_no_inspector(looked_at: Window) -> None:
    path = f"/careers/{looked_at.career('here')}/access-log"
    told = looked_at.worker("here").get(path).json()["accesses"]
    assert [(one["subject"], one["action"], one["purpose"]) for one in told] == [
        ("desk 3", "service_years", "接收调动"),
        ("clerk 7", "timeline", ""),
    ]
    assert looks(looked_at.worker("here"), path)[0] == ("worker here", "who_looked", "answered")


def test_nobody_else_is_told_who_looked_but_an_auditor_who_sees_inspectors_too(looked_at: Window) -> None:
    path = f"/careers/{looked_at.career('here')}/access-log"
    assert looked_at.worker("here too").get(path).status_code == 404
    for role in ("clerk", "approver", "transfer_desk", "inspector", "department"):
        said = {"purpose": "接收调动", **CASE}
        assert looked_at.as_(role, jurisdiction=STREET).get(path, **said).status_code == 403
    assert ("inspector 1", "inspect_timeline", "answered") in looks(looked_at.as_("auditor"), path)


def test_an_auditor_is_not_told_of_inspectors_who_look_at_the_auditors_own_career(looked_at: Window) -> None:
    path = f"/careers/{looked_at.career('here')}/access-log"
    both = looked_at.as_("auditor", "worker", career=looked_at.career("here"), name="an auditor")
    assert not [one for one in looks(both, path) if one[0] == "inspector 1"]
    assert not [one for one in looks(both, "/access-log") if one[0] == "inspector 1"]
    assert not [one for one in looks(both, "/access-log", career=looked_at.career("here")) if one[0] == "inspector 1"]


def test_who_was_refused_did_not_look_and_stands_in_the_log_for_auditors(looked_at: Window) -> None:
    path = f"/careers/{looked_at.career('here')}/access-log"
    assert not {"far away 9", "desk 4"} & {who for who, *_ in looks(looked_at.worker("here"), path)}
    told = looks(looked_at.as_("auditor"), "/access-log", career=looked_at.career("here"))
    assert ("far away 9", "overview", "not_found") in told
    assert ("desk 4", "overview", "denied") in told


def test_pages_of_who_looked_tell_every_look_once(looked_at: Window) -> None:
    path = f"/careers/{looked_at.career('here')}/access-log"
    whole = looks(looked_at.as_("auditor"), path)
    found, after = [], {}
    while True:
        page = looked_at.as_("auditor", name="a page").get(path, limit=1, **after).json()
        found += [one for one in page["accesses"] if one["subject"] != "a page"]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert [(one["subject"], one["action"], one["outcome"]) for one in found][-len(whole) :] == whole


def test_an_auditor_of_a_part_sees_looks_at_those_in_reach_and_no_others(looked_at: Window) -> None:
    looked_at.as_("auditor").get("/careers")
    looked_at.as_("department").get("/divisions/statistics", division="15")
    for jurisdiction, reached in (
        (STREET, {"here", "here too", "on the way", "out of service"}),
        (FAR, {"far away", "gone"}),
    ):
        told = looked_at.as_("auditor", jurisdiction=jurisdiction).get("/access-log", limit=1000).json()["accesses"]
        assert {one["career"] for one in told} <= {str(looked_at.career(key)) for key in {*reached, "on the way"}}
        assert {one["career"] for one in told} >= {str(looked_at.career(key)) for key in reached}
    whole = looked_at.as_("auditor").get("/access-log", limit=1000).json()["accesses"]
    assert {one["action"] for one in whole if one["career"] is None} == {"statistics"}


@pytest.mark.parametrize(("filters", "who"), [
    ({"subject": "clerk 7"}, {"clerk 7"}),
    ({"role": "inspector"}, {"inspector 1"}),
    ({"outcome": "not_found"}, {"far away 9"}),
    ({"outcome": "denied"}, {"desk 4"}),
    ({"last": "2026-11-24T07:59:59Z"}, set()),
    ({"first": "2026-11-24T08:00:01Z"}, set()),
    ({"first": "2026-11-24T08:00:00Z", "last": "2026-11-24T08:00:00Z", "role": "clerk"}, {"clerk 7"}),
])  # fmt: skip
def test_the_log_can_be_searched(filters: dict[str, str], who: set[str], looked_at: Window) -> None:
    assert {one[0] for one in looks(looked_at.as_("auditor"), "/access-log", **filters)} == who


def test_pages_of_the_log_tell_every_record_once(looked_at: Window) -> None:
    looked_at.as_("auditor").get("/careers")
    wanted = [(one.number, str(one.career)) for one in looked_at.log()]
    found, after = [], {}
    while len(found) < len(wanted):
        page = looked_at.as_("auditor").get("/access-log", limit=3, **after).json()
        found += [(one["number"], str(one["career"])) for one in page["accesses"]]
        after = {"after": page["next"]}
    assert found[: len(wanted)] == wanted


@pytest.mark.parametrize("query", [
    {"worker": KEY}, {"worker": IDENTITY}, {"name": NAME}, {"name": NAME, "matching": "beginning"},
    {"worker": KEY, "name": NAME}, {"division": STREET, "name": NAME},
])  # fmt: skip
def test_what_the_log_has_of_a_search_holds_no_name_and_no_key(query: dict[str, str], window: Window) -> None:
    window.as_("clerk").get("/careers", **query)
    (record,) = window.log()
    assert not any(secret in record.query for secret in (NAME, KEY, IDENTITY))
    assert ("division" in record.query) == ("division" in query)


@pytest.mark.parametrize("name", ["on", "known_at", "reading.gap", "kind", "first_day", "limit", "after"])
@pytest.mark.parametrize("secret", [NAME, IDENTITY])
def test_what_was_put_in_the_wrong_place_is_not_kept_in_the_log(name: str, secret: str, window: Window) -> None:
    window.as_("clerk").get(f"/careers/{window.career(KEY)}/timeline", **{name: secret})
    window.as_("clerk").get(f"/careers/{window.career(KEY)}/findings", **{name: secret})
    assert not [one.query for one in window.log() if secret in one.query]


@pytest.mark.parametrize("query", [
    {"lang": NAME}, {"division": IDENTITY, "worker": KEY}, {"after": NAME, "worker": KEY},
    {"matching": NAME, "worker": KEY}, {"limit": IDENTITY, "worker": KEY},
])  # fmt: skip
def test_what_an_answer_does_not_look_at_is_not_kept_in_the_log_either(query: dict[str, str], window: Window) -> None:
    window.as_("clerk").get("/careers", **query)
    assert not [one.query for one in window.log() if NAME in one.query or IDENTITY in one.query]


def test_a_body_is_not_kept_in_the_log(window: Window) -> None:
    window.as_("transfer_desk").post("/transfer-desk/verifications", {"workers": [KEY, IDENTITY, NAME], "purpose": "x"})
    (record,) = window.log()
    assert record.query == "{}"
