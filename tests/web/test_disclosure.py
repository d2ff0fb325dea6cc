"""Whom an answer tells of is in the access log: exactly those, with who asked, what for, and what became of it."""

import pytest

from api.access.subject import Role
from tests.web.routes import CASE, GATED, OF_A_PERSON, PERIOD, ROUTES, Route, askers
from tests.web.specification import ALL_ROLES, MAY
from tests.web.town import KEYS, NOBODY, REACHED, STREET, keys_of, named
from tests.web.window import Window


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_the_log_has_exactly_those_whom_the_answer_names(route: Route, town: Window) -> None:
    for role, caller, said in askers(town, route, STREET, "15"):
        response = route.ask(caller, town.career("here"), **said)
        records = town.logged(response)
        told = [one.career for one in records if one.career is not None and one.outcome not in ("not_found", "denied")]
        assert keys_of(town, told) == named(town, response.text), role
        assert len(told) == len(set(told))
        assert {(one.role, one.action) for one in records} <= {(role, route.action)}


@pytest.mark.parametrize("query", [
    {}, {"division": STREET}, {"name": "乌兰"}, {"name": "斯", "matching": "beginning"}, {"limit": "1"},
    {"limit": "3"},
    {"worker": "here"}, {"worker": "far away"}, {"worker": NOBODY}, {"on": "2019-01-01"}, {"known_at": "9"},
])  # fmt: skip
def test_of_a_search_the_log_has_those_who_were_found(query: dict[str, str], town: Window) -> None:
    for code in (STREET, "1501", "15"):
        if not query.get("division", code).startswith(code):
            continue
        response = town.as_("clerk", jurisdiction=code).get("/careers", **query)
        found = {one["career"] for one in response.json()["careers"]}
        assert {str(one.career) for one in town.logged(response) if one.career} == found
        assert keys_of(town, [one.career for one in town.logged(town.as_("clerk").get("/careers"))]) == set(KEYS)


@pytest.mark.parametrize(("path", "role", "query"), [
    ("/audit/late-entries", "auditor", {**PERIOD, "limit": "1"}),
    ("/inspector/search", "inspector", {**PERIOD, **CASE, "limit": "1"}),
    ("/inspector/search", "inspector", {**PERIOD, **CASE, "kind": "sanctioned"}),
    ("/inspector/findings", "inspector", {**CASE, "article": "20"}),
    ("/divisions/findings", "department", {"severity": "breach", "open": "true"}),
    ("/divisions/upcoming", "department", {"within": "3650"}),
    ("/divisions/eligible", "department", {"before": "2027-01-01"}),
    ("/divisions/roster", "department", {"on": "2016-01-01"}),
    ("/divisions/roster", "department", {"known_at": "9"}),
    ("/access-log", "auditor", {"limit": "2"}),
    ("/feed", "auditor", {"limit": "3"}),
])  # fmt: skip
def test_of_a_list_with_a_filter_the_log_has_those_who_are_listed(
    path: str, role: Role, query: dict[str, str], town: Window
) -> None:
    for code in (STREET, "15"):
        words = query if path in ("/access-log", "/feed") else {"division": code, **query}
        response = town.as_(role, jurisdiction=code).get(path, **words)
        assert response.status_code == 200
        assert keys_of(town, [one.career for one in town.logged(response) if one.career]) == named(town, response.text)


def test_of_a_verification_the_log_tells_apart_who_was_told_of_and_who_was_not(town: Window) -> None:
    body = {"workers": [*KEYS, "here", NOBODY], "purpose": "接收调动"}
    response = town.as_("transfer_desk", jurisdiction=STREET).post("/transfer-desk/verifications", body)
    records = town.logged(response)
    assert keys_of(town, [one.career for one in records if one.outcome == "answered"]) == REACHED
    assert keys_of(town, [one.career for one in records if one.outcome == "denied"]) == {"gone"}
    assert {one.purpose for one in records} == {"接收调动"}


def test_a_statistic_tells_of_nobody_and_is_logged(town: Window) -> None:
    response = town.as_("department", jurisdiction=STREET).get("/divisions/statistics", division=STREET)
    ((outcome, career),) = {(one.outcome, one.career) for one in town.logged(response)}
    assert (outcome, career) == ("answered", None)


def test_an_answer_that_the_caller_has_is_logged_as_not_modified(town: Window) -> None:
    caller, path = town.as_("clerk", jurisdiction=STREET), f"/careers/{town.career('here')}/service-years"
    tag = caller.get(path).headers["etag"]
    response = caller.get(path, headers={"if-none-match": tag})
    assert (response.status_code, response.content) == (304, b"")
    (record,) = town.logged(response)
    assert (record.outcome, record.career) == ("not_modified", town.career("here"))


def test_a_preview_is_logged_as_previewed(town: Window) -> None:
    route = next(one for one in ROUTES if one.action == "record")
    response = route.ask(town.as_("clerk", jurisdiction=STREET), town.career("here"))
    assert [(one.outcome, one.career) for one in town.logged(response)] == [("previewed", town.career("here"))]


@pytest.mark.parametrize("route", OF_A_PERSON, ids=lambda route: route.name)
def test_what_is_refused_is_logged_with_who_tried_it_on_whom(route: Route, town: Window) -> None:
    for role in ALL_ROLES:
        if role == "worker" or (route.path.startswith("/inspector") and role != "inspector"):
            continue
        caller = town.as_(role, jurisdiction=STREET, name=f"{role} 7")
        for key in ("far away", NOBODY):
            response = route.ask(caller, town.career(key), **GATED.get(role, {}))
            (record,) = town.logged(response)
            outcome = "denied" if MAY[route.action, role] == "." else "not_found"
            assert (record.outcome, record.career, record.subject) == (outcome, town.career(key), f"{role} 7")
            assert (record.token, record.jurisdiction) == (f"token of {role} 7", STREET)


def test_a_fact_that_cannot_be_true_is_logged_as_refused(town: Window) -> None:
    body = {"facts": [{"fact": {"fact": "resigned", "last_day": "2010-01-01"}}]}
    response = town.as_("clerk").post(f"/careers/{town.career('here')}/facts", body)
    assert response.status_code == 422
    (record,) = town.logged(response)
    assert (record.outcome, record.career, record.role) == ("refused", town.career("here"), "clerk")
