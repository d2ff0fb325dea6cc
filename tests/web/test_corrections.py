"""Corrections take two people: proposed by one, decided on by another, and no fact until then."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from domain.errors import LedgerBusyError
from domain.words import Phrase
from tests.given import HOME, OTHER_LEAGUE, commended, hired, registered, street
from tests.web.routes import known, problem
from tests.web.window import Caller, Window

STREET = street(HOME)
HIRED_LATER = {"fact": "hired", "on": "2018-06-01", "community": HOME, "role": "specialist"}
LATER = {"number": 1, "reason": "合同载明 6 月", "replacement": HIRED_LATER}
VOID = {"number": 2, "reason": "误录"}
DOWN = Phrase("坏了", "broken")


@pytest.fixture
def path(window: Window) -> str:
    window.record("A-1", hired("2018-03-01"), commended("2024-05-04"))
    return f"/careers/{window.career('A-1')}/corrections"


def clerk(window: Window) -> Caller:
    return window.as_("clerk", jurisdiction=STREET, name="clerk 7")


def approver(window: Window, name: str = "approver 9") -> Caller:
    return window.as_("approver", jurisdiction=STREET, name=name)


def proposed(window: Window, path: str, body: Any = LATER) -> str:
    """Propose it; the address of the proposal."""
    response = clerk(window).post(path, body)
    assert response.status_code == 201, response.text
    return str(response.headers["location"])


def entries(window: Window, key: str = "A-1") -> int:
    return window.house.ledger.last_number(window.career(key), window.house.ledger.known())


def test_a_proposal_tells_what_would_change_and_changes_nothing(window: Window, path: str) -> None:
    before = known(window.as_("auditor").get(path.replace("corrections", "timeline")))
    response = clerk(window).post(path, LATER)
    told = response.json()
    assert response.status_code == 201
    assert told["correction"]["state"] == "pending"
    assert told["correction"]["proposed_by"] == "clerk 7"
    assert told["correction"]["replacement"] == HIRED_LATER | told["correction"]["replacement"]
    assert {one["answer"] for one in told["preview"]["answers"]} >= {"service_years"}
    assert known(window.as_("auditor").get(path.replace("corrections", "timeline"))) == before
    assert entries(window) == 2


def test_what_a_second_person_approves_is_recorded_with_both_names(window: Window, path: str) -> None:
    address = proposed(window, path)
    response = approver(window).post(f"{address}/approval", {"comment": "已核合同"})
    told = response.json()["correction"]
    assert response.status_code == 200
    assert (told["state"], told["decided_by"], told["comment"], told["entry"]) == (
        "approved",
        "approver 9",
        "已核合同",
        3,
    )
    assert response.headers["ledger-position"] == "3"
    (item, _) = window.as_("auditor").get(path.replace("corrections", "timeline")).json()["items"]
    assert (item["day"], item["standing"]) == ("2018-06-01", "corrected")
    (amendment,) = item["amendments"]
    assert (amendment["recorded_by"], amendment["approved_by"]) == ("clerk 7", "approver 9")


def test_an_entry_can_be_voided_so(window: Window, path: str) -> None:
    approver(window).post(f"{proposed(window, path, VOID)}/approval", {})
    (_, item) = window.as_("auditor").get(path.replace("corrections", "timeline")).json()["items"]
    assert item["standing"] == "void"


def test_what_is_rejected_is_never_recorded(window: Window, path: str) -> None:
    address = proposed(window, path)
    response = approver(window).post(f"{address}/rejection", {"comment": "合同载明 3 月"})
    assert (response.status_code, response.json()["correction"]["state"]) == (200, "rejected")
    assert problem(approver(window).post(f"{address}/approval", {})) == "already-decided"
    assert entries(window) == 2


def test_who_proposes_may_not_approve(window: Window, path: str) -> None:
    address = proposed(window, path)
    response = window.as_("clerk", "approver", jurisdiction=STREET, name="clerk 7").post(f"{address}/approval", {})
    assert (response.status_code, problem(response)) == (422, "malformed")
    assert entries(window) == 2
    assert clerk(window).get(address).json()["correction"]["state"] == "pending"


def test_who_proposes_may_take_it_back(window: Window, path: str) -> None:
    address = proposed(window, path)
    both = window.as_("clerk", "approver", jurisdiction=STREET, name="clerk 7")
    assert both.post(f"{address}/rejection", {"comment": "撤回"}).json()["correction"]["state"] == "rejected"


def test_to_decide_again_in_the_same_way_answers_the_same(window: Window, path: str) -> None:
    for what, body in (("approval", LATER), ("rejection", VOID)):
        address = proposed(window, path, body)
        first = known(approver(window).post(f"{address}/{what}", {"comment": "x"}))
        window.clock.now = window.clock.now.replace(hour=window.clock.now.hour + 1)
        assert known(approver(window).post(f"{address}/{what}", {"comment": "x"})) == first
    assert entries(window) == 3


def test_to_decide_otherwise_afterwards_is_refused(window: Window, path: str) -> None:
    address = proposed(window, path)
    approver(window).post(f"{address}/approval", {"comment": "x"})
    for caller, what, comment in (
        (approver(window), "rejection", "x"),
        (approver(window, "approver 10"), "approval", "x"),
        (approver(window, "approver 10"), "rejection", ""),
        (approver(window), "approval", "y"),
    ):
        response = caller.post(f"{address}/{what}", {"comment": comment})
        assert (response.status_code, problem(response)) == (409, "already-decided")
    assert entries(window) == 3


def test_of_many_who_decide_at_once_one_has_decided(window: Window, path: str) -> None:
    address = proposed(window, path)

    def decide(place: int) -> int:
        what = "approval" if place % 2 else "rejection"
        return approver(window, f"approver {place}").post(f"{address}/{what}", {}).status_code

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(decide, range(8))) == [200, *[409] * 7]
    state = clerk(window).get(address).json()["correction"]["state"]
    assert entries(window) == (3 if state == "approved" else 2)


def test_an_approval_that_was_cut_off_before_it_was_recorded_is_completed_by_asking_again(
    window: Window, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = proposed(window, path)
    with monkeypatch.context() as patch:
        patch.setattr(window.house.ledger, "record", _raises)
        response = approver(window).post(f"{address}/approval", {"comment": "x"})
        assert (response.status_code, problem(response)) == (503, "busy")
    half = clerk(window).get(address).json()["correction"]
    assert (half["state"], half["entry"], entries(window)) == ("approved", None, 2)
    assert problem(approver(window, "another").post(f"{address}/rejection", {})) == "already-decided"
    again = approver(window).post(f"{address}/approval", {"comment": "x"})
    assert (again.status_code, again.json()["correction"]["entry"], entries(window)) == (200, 3, 3)


def test_an_approval_that_was_cut_off_after_it_was_recorded_is_completed_by_asking_again(
    window: Window, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = proposed(window, path)
    decide, calls = window.house.office.proposals.decide, []

    def fails_the_second_time(*words: Any, **more: Any) -> Any:
        calls.append(words)
        return _raises() if len(calls) == 2 else decide(*words, **more)

    with monkeypatch.context() as patch:
        patch.setattr(window.house.office.proposals, "decide", fails_the_second_time)
        assert approver(window).post(f"{address}/approval", {}).status_code == 503
    assert entries(window) == 3
    again = approver(window).post(f"{address}/approval", {})
    assert (again.json()["correction"]["entry"], entries(window)) == (3, 3)


@pytest.mark.parametrize(("body", "status", "kind"), [
    ({"number": 9, "reason": "x"}, 422, "impossible-fact"),
    ({"number": 0, "reason": "x"}, 400, "body"),
    ({"number": 1}, 400, "body"),
    ({"number": 1, "reason": ""}, 400, "body"),
    ({"number": 1, "reason": "x", "approved_by": "me"}, 400, "body"),
    ({"number": 1, "reason": "x", "replacement": {"fact": "knighted"}}, 422, "malformed"),
    ({"number": 1, "reason": "x", "replacement": {**HIRED_LATER, "on": "2027-01-01"}}, 422, "malformed"),
    ({"number": 1, "reason": "x", "replacement": {**HIRED_LATER, "community": "150102999999"}},
     422, "unknown-division"),
    ({"number": 1, "reason": "x", "replacement": {"fact": "voided", "number": 2, "reason": "x", "approved_by": "y"}},
     422, "malformed"),
    ({"number": 2, "reason": "x", "replacement": {"fact": "resigned", "last_day": "2010-01-01"}},
     422, "impossible-fact"),
    ({"number": 1, "reason": "x", "act": "a\0b"}, 422, "malformed"),
])  # fmt: skip
def test_what_could_not_be_approved_is_not_proposed(
    body: Any, status: int, kind: str, window: Window, path: str
) -> None:
    response = clerk(window).post(path, body)
    assert (response.status_code, problem(response)) == (status, kind), response.text
    assert window.house.office.proposals.pending() == []


def test_what_has_become_impossible_is_not_approved_and_still_waits(window: Window, path: str) -> None:
    address = proposed(window, path, {**LATER, "replacement": {**HIRED_LATER, "on": "2025-03-01"}})
    left = {"fact": "resigned", "last_day": "2024-12-31"}
    clerk(window).post(path.replace("corrections", "facts"), {"facts": [{"fact": left}]})
    response = approver(window).post(f"{address}/approval", {})
    assert (response.status_code, problem(response)) == (422, "impossible-fact")
    assert clerk(window).get(address).json()["correction"]["state"] == "pending"


def test_a_proposal_after_an_entry_that_was_not_seen_is_refused(window: Window, path: str) -> None:
    assert clerk(window).post(path, LATER, headers={"if-match": '"1"'}).status_code == 412
    assert clerk(window).post(path, LATER, headers={"if-match": '"2"'}).status_code == 201


def test_a_proposal_again_is_proposed_once_and_another_under_its_key_refused(window: Window, path: str) -> None:
    headers = {"idempotency-key": "k"}
    first = clerk(window).post(path, LATER, headers=headers)
    again = clerk(window).post(path, LATER, headers=headers)
    assert (again.status_code, again.headers["location"]) == (201, first.headers["location"])
    assert again.json()["correction"] == first.json()["correction"]
    response = clerk(window).post(path, VOID, headers=headers)
    assert (response.status_code, problem(response)) == (422, "other-proposal")
    assert len(clerk(window).get(path).json()["corrections"]) == 1


def test_a_proposal_is_found_under_its_own_career_only(window: Window, path: str) -> None:
    window.record("A-2", hired("2018-03-01"))
    identity = proposed(window, path).rpartition("/")[2]
    other = f"/careers/{window.career('A-2')}/corrections/{identity}"
    for what in ("", "/approval", "/rejection"):
        response = approver(window).post(other + what, {}) if what else approver(window).get(other)
        assert (response.status_code, problem(response)) == (404, "proposal-not-found")
    assert problem(approver(window).get(path + "/0192f0c1-2b1a-8c3d-9e4f-5a6b7c8d9e0f")) == "proposal-not-found"


def test_what_waits_is_listed_for_those_who_have_it_in_reach_a_page_at_a_time(window: Window, path: str) -> None:
    for key in ("A-2", "A-3", "A-4", "A-5"):
        window.record(key, hired("2018-03-01", HOME if key in ("A-3", "A-5") else OTHER_LEAGUE))
    clerk_above = window.as_("clerk", name="clerk 1")
    addresses = []
    for key in ("A-1", "A-2", "A-3", "A-4", "A-5"):
        response = clerk_above.post(f"/careers/{window.career(key)}/corrections", {"number": 1, "reason": "x"})
        addresses.append(response.headers["location"].rpartition("/")[2])
    caller = approver(window)
    for limit in (1, 2, 3, 100):
        found, after = [], {}
        while True:
            page = caller.get("/corrections", limit=limit, **after).json()
            assert len(page["corrections"]) <= limit
            found += [one["id"] for one in page["corrections"]]
            if page["next"] is None:
                break
            after = {"after": page["next"]}
            assert page["next"] in found
        assert found == [addresses[0], addresses[2], addresses[4]]
    caller.post(f"{path}/{addresses[0]}/rejection", {})
    assert [one["id"] for one in caller.get("/corrections").json()["corrections"]] == [addresses[2], addresses[4]]


def test_a_correction_of_who_somebody_is_is_shown_to_those_only_who_may_see_it(window: Window) -> None:
    window.record("A-1", registered())
    path = f"/careers/{window.career('A-1')}/corrections"
    address = window.as_("clerk").post(path, {"number": 1, "reason": "误录"}).headers["location"]
    for role in ("transfer_desk", "department", "inspector"):
        said = {"purpose": "x", "case_number": "y"}
        assert window.as_(role).get(address, **said).status_code == 403


def _raises(*_: Any, **__: Any) -> Any:
    raise LedgerBusyError(DOWN())
