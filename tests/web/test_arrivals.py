"""Who may record of somebody from elsewhere: of an announced arrival, of who serves nowhere, of nobody else."""

from typing import Any

import pytest

from tests.given import HOME, NEXT_DOOR, OTHER_LEAGUE, OTHER_STREET, hired, out, registered, resigned, street
from tests.web.routes import COMMENDED, known, problem
from tests.web.window import Caller, Window

HERE, THERE, FAR = street(HOME), street(OTHER_STREET), street(OTHER_LEAGUE)
ARRIVED = {"fact": "transferred_in", "first_day": "2026-11-23", "origin": FAR, "community": HOME}
HIRED_HERE = {"fact": "hired", "on": "2026-11-02", "community": HOME, "role": "specialist"}


def clerk(window: Window, jurisdiction: str = HERE) -> Caller:
    return window.as_("clerk", jurisdiction=jurisdiction, name=f"clerk of {jurisdiction}")


def send(caller: Caller, window: Window, *told: Any, key: str = "A-1", **query: Any) -> Any:
    return caller.post(f"/careers/{window.career(key)}/facts", {"facts": [{"fact": one} for one in told]}, **query)


def facts_of(window: Window, key: str = "A-1") -> list[str]:
    entries = window.house.ledger.entries(window.career(key), window.house.ledger.known())
    return [one.state.fact.tag() for one in entries]


def test_an_announced_arrival_is_recorded_by_the_street_that_receives(window: Window) -> None:
    window.record("A-1", hired("2018-03-01", OTHER_LEAGUE), out("2026-11-20", HERE))
    assert send(clerk(window), window, ARRIVED).status_code == 201
    assert send(clerk(window), window, COMMENDED).status_code == 201
    assert problem(send(clerk(window, FAR), window, COMMENDED)) == "career-not-found"


def test_who_leaves_one_street_for_another_goes_through_the_hands_of_both_clerks(window: Window) -> None:
    window.record("A-1", hired("2018-03-01", OTHER_LEAGUE))
    for caller, community in ((clerk(window), HOME), (clerk(window, THERE), OTHER_STREET)):
        assert problem(send(caller, window, {**ARRIVED, "community": community})) == "career-not-found"
    left = {"fact": "transferred_out", "last_day": "2026-11-20", "destination": HERE}
    assert send(clerk(window, FAR), window, left).status_code == 201
    assert send(clerk(window), window, ARRIVED).status_code == 201


def test_who_serves_elsewhere_is_not_taken_over(window: Window) -> None:
    window.record("A-1", hired("2018-03-01", OTHER_STREET))
    nobody = known(send(clerk(window), window, ARRIVED, key="whom nobody has heard of"))
    for fact in (ARRIVED, HIRED_HERE):
        assert known(send(clerk(window), window, fact)) == nobody
        assert known(send(clerk(window), window, fact, dry_run="true")) == nobody
    assert facts_of(window) == ["hired"]


@pytest.mark.parametrize("arrival", [HIRED_HERE, {**ARRIVED, "origin": "15"}])
def test_who_serves_nowhere_may_be_taken_on_by_any_office(arrival: dict[str, str], window: Window) -> None:
    window.record("A-1", hired("2018-03-01", OTHER_LEAGUE), resigned("2024-05-31"))
    assert problem(clerk(window).get(f"/careers/{window.career('A-1')}")) == "career-not-found"
    assert send(clerk(window), window, arrival).status_code == 201
    assert clerk(window).get(f"/careers/{window.career('A-1')}").status_code == 200


def test_who_was_registered_and_never_hired_may_be_taken_on(window: Window) -> None:
    window.record("A-1", registered())
    assert send(clerk(window), window, HIRED_HERE).status_code == 201


def test_who_serves_nowhere_is_taken_on_first_and_into_the_clerks_own_street_only(window: Window) -> None:
    window.record("A-1", hired("2018-03-01", OTHER_LEAGUE), resigned("2024-05-31"))
    for told in (
        [COMMENDED],
        [COMMENDED, HIRED_HERE],
        [{**HIRED_HERE, "community": OTHER_STREET}],
        [HIRED_HERE, {"fact": "resigned", "last_day": "2026-11-03"}, {**HIRED_HERE, "community": OTHER_STREET}],
        [{"fact": "assigned", "on": "2026-11-02", "community": HOME}],
    ):
        assert problem(send(clerk(window), window, *told)) == "career-not-found", told
    assert facts_of(window) == ["hired", "resigned"]
    assert send(clerk(window), window, HIRED_HERE, {**COMMENDED, "on": "2026-11-03"}).status_code == 201


def test_who_serves_nowhere_and_was_taken_on_by_another_office_meanwhile_is_not_taken_on_twice(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.record("A-1", hired("2018-03-01", OTHER_LEAGUE), resigned("2024-05-31"))
    record = window.house.ledger.record

    def after_another(*words: Any, **more: Any) -> Any:
        monkeypatch.undo()
        window.record("A-1", hired("2026-11-02", OTHER_STREET))
        return record(*words, **more)

    monkeypatch.setattr(window.house.ledger, "record", after_another)
    assert problem(send(clerk(window), window, HIRED_HERE)) == "stale-career"
    assert facts_of(window) == ["hired", "resigned", "hired"]


def test_who_serves_nowhere_is_told_nothing_of_before_being_taken_on(window: Window) -> None:
    window.record("A-1", hired("2018-03-01", OTHER_LEAGUE), resigned("2024-05-31"))
    caller = clerk(window)
    for path in ("", "/timeline", "/corrections", "/service-years"):
        assert problem(caller.get(f"/careers/{window.career('A-1')}{path}")) == "career-not-found"
    body = {"number": 1, "reason": "误录"}
    assert problem(caller.post(f"/careers/{window.career('A-1')}/corrections", body)) == "career-not-found"


def test_a_new_person_is_registered_into_the_clerks_own_street_only(window: Window) -> None:
    told = {
        "fact": "registered",
        "name": "新来的",
        "identity": "15010219990203002X",
        "sex": "female",
        "born": "1999-02-03",
    }
    identity = registered("1999-02-03").identity
    for community, status in ((OTHER_STREET, 404), (OTHER_LEAGUE, 404), (NEXT_DOOR, 201)):
        facts = [{"fact": {**told, "identity": identity}}, {"fact": {**HIRED_HERE, "community": community}}]
        assert clerk(window).post("/careers", {"worker": "N-1", "facts": facts}).status_code == status
    assert facts_of(window, "N-1") == ["registered", "hired"]


def test_an_office_above_both_may_move_somebody_without_an_announcement(window: Window) -> None:
    window.record("A-1", hired("2018-03-01", OTHER_STREET))
    left = {"fact": "transferred_out", "last_day": "2026-11-20", "destination": HERE}
    response = send(clerk(window, "1501"), window, left, {**ARRIVED, "origin": THERE})
    assert response.status_code == 201
