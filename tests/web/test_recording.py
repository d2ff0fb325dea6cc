"""A clerk records: a new person, facts of one in reach, all or none, after what was seen; and previews it."""

from typing import Any

import pytest

from tests.given import HOME, OTHER_STREET, hired, street
from tests.web.routes import COMMENDED, HIRED, REGISTERED, problem
from tests.web.window import Caller, Window

STREET = street(HOME)
RESIGNED_BEFORE = {"fact": "resigned", "last_day": "2017-12-31"}
NEW = {"worker": "N-1", "facts": [{"fact": REGISTERED}, {"fact": HIRED}]}


def clerk(window: Window, jurisdiction: str = STREET) -> Caller:
    return window.as_("clerk", jurisdiction=jurisdiction, name="clerk 7")


def facts(*told: Any, **beside: Any) -> dict[str, Any]:
    return {"facts": [{"fact": one, **beside} for one in told]}


@pytest.fixture
def staffed(window: Window) -> Window:
    window.record("A-1", hired("2018-03-01"))
    return window


@pytest.fixture
def path(staffed: Window) -> str:
    return f"/careers/{staffed.career('A-1')}/facts"


def stored(window: Window, key: str) -> list[tuple[str, str]]:
    """Kinds of the facts that the ledger has of somebody, with who recorded them."""
    entries = window.house.ledger.entries(window.career(key), window.house.ledger.known())
    return [(one.state.fact.tag(), one.state.recorded_by) for one in entries]


def test_a_new_person_is_registered_with_first_facts(window: Window) -> None:
    response = clerk(window).post("/careers", NEW)
    career = str(window.career("N-1"))
    assert response.status_code == 201
    assert response.headers["location"] == f"/careers/{career}"
    assert (response.headers["etag"], response.headers["ledger-position"]) == ('"2"', "2")
    assert response.json() == {"career": career, "number": 2, "entries": [
        {"number": 1, "position": 1, "recorded_at": "2026-11-24T08:00:00Z"},
        {"number": 2, "position": 2, "recorded_at": "2026-11-24T08:00:00Z"},
    ]}  # fmt: skip
    assert stored(window, "N-1") == [("registered", "clerk 7"), ("hired", "clerk 7")]
    assert clerk(window).get(f"/careers/{career}").json()["name"] == REGISTERED["name"]


def test_facts_are_recorded_with_their_document_and_evidence(staffed: Window, path: str) -> None:
    evidence = [{"kind": "decision", "reference": "表彰决定", "sha256": "ab" * 32}]
    response = clerk(staffed).post(path, facts(COMMENDED, act="新党发〔2026〕3号", evidence=evidence))
    assert (response.status_code, response.json()["number"]) == (201, 2)
    (_, item) = staffed.as_("auditor").get(path.replace("facts", "timeline")).json()["items"]
    assert (item["act"], item["evidence"], item["recorded_by"]) == ("新党发〔2026〕3号", evidence, "clerk 7")


def test_of_several_facts_all_are_recorded_or_none(staffed: Window, path: str) -> None:
    response = clerk(staffed).post(path, facts(COMMENDED, RESIGNED_BEFORE))
    assert (response.status_code, problem(response)) == (422, "impossible-fact")
    assert response.json()["entry"] == 3
    assert len(stored(staffed, "A-1")) == 1


def test_a_fact_that_makes_an_older_one_impossible_says_which(staffed: Window, path: str) -> None:
    staffed.record("A-2", hired("2018-03-01"))
    clerk(staffed).post(path, facts({"fact": "resigned", "last_day": "2020-01-31"}))
    response = clerk(staffed).post(path, facts({"fact": "died", "on": "2019-01-01"}))
    assert (response.status_code, response.json()["entry"], response.json()["contradicts"]) == (422, 3, 2)


@pytest.mark.parametrize(("body", "status", "kind"), [
    ({"facts": []}, 400, "body"),
    ({"facts": [{"fact": COMMENDED}] * 101}, 400, "body"),
    ({}, 400, "body"),
    ({"facts": [{"fact": COMMENDED}], "more": 1}, 400, "body"),
    ([], 400, "body"),
    ({"facts": [1]}, 422, "malformed"),
    ({"facts": [None]}, 422, "malformed"),
    ({"facts": [[]]}, 422, "malformed"),
    ({"facts": ["x"]}, 422, "malformed"),
    ({"facts": [{}]}, 422, "malformed"),
    ({"facts": [{"fact": {"fact": "knighted"}}]}, 422, "malformed"),
    ({"facts": [{"fact": {**COMMENDED, "colour": "red"}}]}, 422, "malformed"),
    ({"facts": [{"fact": {**COMMENDED, "on": "2026-02-30"}}]}, 422, "malformed"),
    ({"facts": [{"fact": {**COMMENDED, "on": "2026-11-25"}}]}, 422, "malformed"),
    ({"facts": [{"fact": {**COMMENDED, "title": " "}}]}, 422, "malformed"),
    ({"facts": [{"fact": {**COMMENDED, "title": "a\0b"}}]}, 422, "malformed"),
    ({"facts": [{"fact": {**HIRED, "community": "150102999999"}}]}, 422, "unknown-division"),
    ({"facts": [{"fact": COMMENDED, "worker": "A-2"}]}, 422, "malformed"),
    ({"facts": [{"fact": COMMENDED, "recorded_by": "somebody else"}]}, 422, "malformed"),
    ({"facts": [{"fact": COMMENDED, "recorded_at": "2020-01-01T00:00:00Z"}]}, 422, "malformed"),
    ({"facts": [{"fact": {"fact": "voided", "number": 1, "reason": "误录", "approved_by": "li"}}]}, 422, "malformed"),
    ({"facts": [{"fact": {"fact": "corrected", "number": 1, "reason": "录错", "approved_by": "li",
                          "replacement": HIRED}}]}, 422, "malformed"),
])  # fmt: skip
def test_what_is_not_of_the_form_is_refused_and_nothing_is_stored(
    body: Any, status: int, kind: str, staffed: Window, path: str
) -> None:
    for dry in ({}, {"dry_run": "true"}):
        response = clerk(staffed).post(path, body, **dry)
        assert (response.status_code, problem(response)) == (status, kind), response.text
    assert len(stored(staffed, "A-1")) == 1


@pytest.mark.parametrize("body", [
    {"worker": "N-1", "facts": [{"fact": HIRED}]},
    {"worker": "N-1", "facts": [{"fact": HIRED}, {"fact": REGISTERED}]},
    {"worker": "N-1", "facts": [{"fact": {**REGISTERED, "identity": "150102199902030000"}}]},
    {"worker": "", "facts": [{"fact": REGISTERED}]},
    {"worker": "a" * 201, "facts": [{"fact": REGISTERED}]},
])  # fmt: skip
def test_who_is_not_told_of_first_is_not_registered(body: Any, window: Window) -> None:
    response = clerk(window).post("/careers", body)
    assert response.status_code in (400, 422)
    assert REGISTERED["name"] not in response.text
    assert window.house.ledger.known().position == 0


def test_who_is_here_already_is_not_registered_again(window: Window) -> None:
    clerk(window).post("/careers", NEW)
    again = clerk(window).post("/careers", NEW)
    assert (again.status_code, problem(again)) == (412, "stale-career")
    assert "2" in again.json()["detail"]
    assert len(stored(window, "N-1")) == 2


def test_who_is_known_elsewhere_is_not_registered_here_and_it_is_not_said_where(window: Window) -> None:
    window.record("N-1", hired("2018-03-01", OTHER_STREET))
    response = clerk(window).post("/careers", NEW)
    assert (response.status_code, problem(response)) == (403, "denied")
    assert OTHER_STREET not in response.text
    assert stored(window, "N-1") == [("hired", "clerk")]


@pytest.mark.parametrize("seen", ['"1"', "1", "*", None])
def test_who_has_seen_the_last_entry_may_record_after_it(seen: str | None, staffed: Window, path: str) -> None:
    headers = {} if seen is None else {"if-match": seen}
    assert clerk(staffed).post(path, facts(COMMENDED), headers=headers).status_code == 201


@pytest.mark.parametrize("seen", ['"0"', '"2"', "7"])
def test_who_has_not_seen_the_last_entry_records_nothing(seen: str, staffed: Window, path: str) -> None:
    for dry in ({}, {"dry_run": "true"}):
        response = clerk(staffed).post(path, facts(COMMENDED), headers={"if-match": seen}, **dry)
        assert (response.status_code, problem(response)) == (412, "stale-career")
    assert len(stored(staffed, "A-1")) == 1


@pytest.mark.parametrize("seen", ['"x"', 'W/"1"', '"1", "2"', '"-1"', '"1234567890"'])
def test_what_is_no_number_of_an_entry_is_refused(seen: str, staffed: Window, path: str) -> None:
    response = clerk(staffed).post(path, facts(COMMENDED), headers={"if-match": seen})
    assert (response.status_code, problem(response)) == (400, "if-match")


def test_the_tag_of_what_was_recorded_is_the_next_if_match(staffed: Window, path: str) -> None:
    first = clerk(staffed).post(path, facts(COMMENDED))
    headers = {"if-match": first.headers["etag"]}
    assert clerk(staffed).post(path, facts({**COMMENDED, "on": "2026-10-02"}), headers=headers).status_code == 201
    assert clerk(staffed).post(path, facts({**COMMENDED, "on": "2026-10-03"}), headers=headers).status_code == 412


def test_a_preview_names_the_answers_and_findings_that_would_change_and_stores_nothing(
    staffed: Window, path: str
) -> None:
    secretary = {
        "fact": "term_started",
        "on": "2026-01-05",
        "office": "secretary",
        "community": HOME,
        "mode": "elected",
    }
    response = clerk(staffed).post(path, facts({"fact": "resigned", "last_day": "2024-05-31"}), dry_run="true")
    told = response.json()
    assert response.status_code == 200
    assert told["drafted"] == [2]
    assert [one["number"] for one in told["facts"]] == [2]
    assert {one["answer"] for one in told["answers"]} >= {"service_years"}
    other = clerk(staffed).post(path, facts(secretary), dry_run="true").json()
    assert "secretary_not_full_member" in {one["rule"] for one in other["findings_new"]}
    assert len(stored(staffed, "A-1")) == 1
    assert {one.outcome for one in staffed.log()} == {"previewed"}


def test_a_preview_needs_no_key_and_takes_day_and_reading(staffed: Window, path: str) -> None:
    headers = {"idempotency-key": ""}
    body = facts({"fact": "resigned", "last_day": "2024-05-31"})
    before = clerk(staffed).post(path, body, headers=headers, dry_run="true", on="2024-05-31").json()
    assert before["on"] == "2024-05-31"
    read = clerk(staffed).post(path, body, headers=headers, dry_run="true", **{"reading.gap": "3"}).json()
    assert read["readings"]["gap"] == 3


def test_what_a_preview_says_is_what_recording_does(staffed: Window, path: str) -> None:
    body = facts({"fact": "resigned", "last_day": "2024-05-31"})
    drafted = clerk(staffed).post(path, body, dry_run="true").json()
    clerk(staffed).post(path, body)
    compared = staffed.as_("auditor").get(path.replace("facts", "compare"), known_at="1", **{"and": "2"}).json()
    for name in ("facts", "answers", "findings_gone", "findings_new"):
        assert drafted[name] == compared[name], name


def test_only_true_is_a_wish_to_preview(staffed: Window, path: str) -> None:
    assert clerk(staffed).post(path, facts(COMMENDED), dry_run="yes").status_code == 400
    assert len(stored(staffed, "A-1")) == 1
    assert clerk(staffed).post(path, facts(COMMENDED), dry_run="false").status_code == 201
