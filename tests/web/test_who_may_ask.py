"""The matrix again, over HTTP: every route of the application, asked in every role, about everybody."""

import pytest

from api.access.subject import Role
from tests.given import hired
from tests.keeping.ground import append_raw
from tests.web.routes import (
    BY_NAME,
    GATED,
    OF_A_PERSON,
    OPEN,
    ROUTES,
    WITHIN_OTHERS,
    Route,
    askers,
    handlers,
    known,
    problem,
)
from tests.web.specification import ALL_ACTIONS, ALL_ROLES, MAY, SAYS_WHAT_FOR
from tests.web.town import BANNER, FAR, KEYS, LEAGUE, NEIGHBOUR, NOBODY, REACHED, STREET
from tests.web.window import Caller, Window

OUTSIDE = (NEIGHBOUR, FAR, BANNER, LEAGUE, "15")
"""Divisions that the street may not ask about: beside it, far from it, above it."""


def asker(town: Window, role: Role) -> Caller:
    return town.worker("here") if role == "worker" else town.as_(role, jurisdiction=STREET)


def test_every_route_is_in_the_table_and_every_action_has_one(town: Window) -> None:
    found = handlers(town)
    gated = {f"{method} {path}" for path, one in found if "operation" in one.opt for method in one.http_methods}
    assert gated == set(BY_NAME)
    assert {route.action for route in ROUTES} | WITHIN_OTHERS == set(ALL_ACTIONS)


def test_a_route_without_the_gate_is_open_and_there_are_no_others_than_these(town: Window) -> None:
    ungated = {path: one for path, one in handlers(town) if "operation" not in one.opt}
    assert all(one.opt.get("open") for one in ungated.values())
    assert set(ungated) == set(OPEN)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_each_role_is_answered_as_the_table_says(route: Route, town: Window) -> None:
    for role in ALL_ROLES:
        response = route.ask(asker(town, role), town.career("here"), **GATED.get(role, {}))
        if MAY[route.action, role] != ".":
            assert (response.status_code, problem(response)) == (route.status, route.because), (role, response.text)
        elif route.path.startswith("/inspector") and role != "inspector":
            assert (response.status_code, problem(response)) == (400, "parameter"), role
        else:
            assert (response.status_code, problem(response)) == (403, "denied"), role


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_who_does_not_say_what_for_is_refused_whoever_it_is_about(route: Route, town: Window) -> None:
    for role, caller, said in askers(town, route):
        if role not in SAYS_WHAT_FOR:
            continue
        others = [{"purpose": "接收调动"} if role == "inspector" else {"case_number": "NJ-2026-012"}]
        for words in [{}, *others, dict.fromkeys(said, "  ")]:
            answers = {known(route.ask(caller, town.career(key), **words)) for key in ("here", "far away", NOBODY)}
            ((status, body, _),) = answers
            assert status == (400 if b"/problems/parameter" in body else 403)


@pytest.mark.parametrize("route", OF_A_PERSON, ids=lambda route: route.name)
def test_each_person_is_told_of_to_whom_they_are_in_reach_of(route: Route, town: Window) -> None:
    for role, caller, said in askers(town, route):
        for key in (*KEYS, NOBODY):
            own = MAY[route.action, role] == "own"
            response = route.ask(caller, town.career(key), **said)
            if key == "here" if own else key in REACHED:
                assert problem(response) != "career-not-found", (role, key)
                assert response.status_code in (route.status, 422)  # An entry that is not there cannot be corrected.
            else:
                assert (response.status_code, problem(response)) == (404, "career-not-found"), (role, key)


@pytest.mark.parametrize("route", OF_A_PERSON, ids=lambda route: route.name)
def test_who_is_out_of_reach_is_told_of_byte_for_byte_as_who_does_not_exist(route: Route, town: Window) -> None:
    for role, caller, said in askers(town, route):
        missing = known(route.ask(caller, town.career(NOBODY), **said))
        for key in ("next door", "far away", "gone", "nowhere yet"):
            assert known(route.ask(caller, town.career(key), **said)) == missing, (role, key)


def test_a_person_of_whom_nothing_is_recorded_is_told_so_as_of_anybody_else(town: Window) -> None:
    own, caller = town.career(NOBODY), town.worker(NOBODY)
    for path in ("", "/service-years", "/timeline", "/access-log"):
        assert known(caller.get(f"/careers/{own}{path}")) == known(caller.get(f"/careers/{town.career('here')}{path}"))


@pytest.mark.parametrize("route", [one for one in ROUTES if one.about == "division"], ids=lambda route: route.name)
def test_a_division_is_told_of_to_whose_jurisdiction_it_is_in(route: Route, town: Window) -> None:
    for _, caller, said in askers(town, route):
        assert route.ask(caller, None, **said, division=f"{STREET}001").status_code == 200
        for division in OUTSIDE:
            response = route.ask(caller, None, **said, division=division)
            assert (response.status_code, problem(response)) == (403, "denied"), division
            assert town.logged(response)[0].outcome == "denied"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_search_by_key_tells_nothing_of_who_is_out_of_reach(lang: str, town: Window) -> None:
    caller = town.as_("clerk", jurisdiction=STREET)
    missing = known(caller.get("/careers", worker=NOBODY, lang=lang))
    assert b'"careers":[]' in missing[1]
    for key in ("next door", "far away", "gone", "nowhere yet", str(town.career("far away"))):
        assert known(caller.get("/careers", worker=key, lang=lang)) == missing
    assert b'"careers":[]' not in known(caller.get("/careers", worker="on the way", lang=lang))[1]


def test_a_search_by_name_tells_nothing_of_who_is_out_of_reach(town: Window) -> None:
    caller = town.as_("clerk", jurisdiction=STREET)
    assert known(caller.get("/careers", name="娜仁")) == known(caller.get("/careers", name="没有此人"))
    assert len(caller.get("/careers", name="巴特尔").json()["careers"]) == 1


def test_a_transfer_desk_is_told_nothing_of_who_was_never_in_its_reach(town: Window) -> None:
    caller = town.as_("transfer_desk", jurisdiction=STREET)
    told = caller.post("/transfer-desk/verifications", {"workers": [*KEYS, NOBODY], "purpose": "接收调动"})
    found = {one["worker"]: one for one in told.json()["verifications"]}
    nothing = {"career": None, "service_years": None, "transfers": None}
    for key in ("next door", "far away", "nowhere yet", NOBODY):
        assert found[key] == {"worker": key, "status": "not_found", **nothing}
    assert found["gone"] == {"worker": "gone", "status": "not_permitted", **nothing}
    assert {key for key, one in found.items() if one["status"] == "verified"} == REACHED


def test_an_auditor_of_a_part_learns_nothing_of_looks_at_others(town: Window) -> None:
    town.as_("auditor").get(f"/careers/{town.career('far away')}")
    caller = town.as_("auditor", jurisdiction=STREET)
    for key in ("far away", "gone", NOBODY):
        assert caller.get("/access-log", career=town.career(key)).json() == {"accesses": [], "next": None}


def test_a_career_that_cannot_be_read_is_out_of_reach_as_who_does_not_exist(window: Window) -> None:
    window.record("A-1", hired("2018-03-01"))
    append_raw(window.bench.ledger, window.career("A-1"), b'{"an entry": "of a newer program"}')
    for route in OF_A_PERSON:
        for role, caller, said in askers(window, route):
            if role != "worker":
                missing = known(route.ask(caller, window.career(NOBODY), **said))
                assert known(route.ask(caller, window.career("A-1"), **said)) == missing, route.name
    assert window.as_("auditor").get(f"/careers/{window.career('A-1')}/entries").status_code == 200
    assert problem(window.as_("auditor").get(f"/careers/{window.career('A-1')}")) == "store"
