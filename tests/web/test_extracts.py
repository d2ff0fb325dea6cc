"""What each reader sees of a timeline: identity for whom it takes, discipline for the person and for inspectors."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from api.access.subject import ROLES, Role
from api.extracts import masked, timeline_for
from domain.facts import Sanctioned, Tolerated
from domain.fold import fold
from domain.history import history
from projections.timeline import timeline
from tests.building import asked, entries_of
from tests.given import commended, corrected, hired, registered, voided
from tests.kept.populations import populations
from tests.running import TODAY
from tests.web.routes import CASE, GATED
from tests.web.window import Window

PERSON = registered()
BETTER = replace(PERSON, name="钱丽绢")
SANCTION = Sanctioned(on=date(2023, 3, 1), kind="记过", decision_no="纪处〔2023〕7号")
TOLERATION = Tolerated(on=date(2023, 6, 1), matter="抗洪抢险", decision_no="容错〔2023〕1号")

FACTS = (
    PERSON, hired("2018-03-01"), commended("2020-05-04"), SANCTION, TOLERATION, SANCTION, commended("2021-05-04"),
    corrected(1, BETTER), corrected(4, replace(SANCTION, kind="警告")), voided(5), corrected(3, SANCTION),
    corrected(6, commended("2022-05-04")), corrected(7, SANCTION), corrected(13, commended("2021-05-05")),
)  # fmt: skip
"""Entries 3 to 7 are discipline: as it now reads, as it was said, void, or as it was corrected to for a while."""

SECRETS = (SANCTION.decision_no, TOLERATION.decision_no, "记过", "警告", "抗洪抢险", "sanctioned", "tolerated")
SEES_ALL: set[Role] = {"clerk", "approver", "auditor", "inspector", "worker"}


@pytest.fixture(scope="module")
def town(town: Window) -> Window:
    town.record("disciplined", *FACTS)
    return town


def timeline_of(town: Window, role: Role, path: str = "timeline", **query: Any) -> Any:
    career = town.career("disciplined")
    caller = town.worker("disciplined") if role == "worker" else town.as_(role)
    asked = f"/inspector/timelines/{career}" if path == "inspector" else f"/careers/{career}/{path}"
    response = caller.get(asked, **GATED.get(role, {}), **query)
    assert response.status_code == 200, response.text
    return response


@pytest.mark.parametrize("role", [one for one in ROLES if one != "worker"])
def test_discipline_is_told_to_no_office_in_a_timeline_not_even_to_an_inspector(role: Role, town: Window) -> None:
    response = timeline_of(town, role)
    assert [item["number"] for item in response.json()["items"]] == [1, 2]
    assert response.json()["withheld"] == ["sanctioned", "tolerated"]
    without = response.text.replace('"withheld":["sanctioned","tolerated"]', "")
    assert not [secret for secret in SECRETS if secret in without]


@pytest.mark.parametrize(("role", "path"), [("worker", "timeline"), ("inspector", "inspector")])
def test_discipline_is_told_to_the_person_and_to_an_inspector_with_a_case(role: Role, path: str, town: Window) -> None:
    told = timeline_of(town, role, path).json()
    assert {item["number"] for item in told["items"]} == {1, 2, 3, 4, 5, 6, 7}
    assert told["withheld"] == []


def test_what_is_withheld_is_the_same_whether_or_not_there_is_any(town: Window) -> None:
    clean = town.as_("clerk").get(f"/careers/{town.career('on the way')}/timeline").json()
    assert clean["withheld"] == ["sanctioned", "tolerated"]
    assert clean["unplaced"] == []


@pytest.mark.parametrize("kind", ["sanctioned", "tolerated"])
def test_to_ask_for_discipline_by_its_kind_tells_nothing(kind: str, town: Window) -> None:
    for role in ("clerk", "auditor", "department"):
        assert timeline_of(town, role, kind=kind).json()["items"] == []
    assert timeline_of(town, "worker", kind=kind).json()["items"] != []


@pytest.mark.parametrize("role", ROLES)
def test_an_identity_is_whole_for_those_whom_it_takes_and_four_digits_for_others(role: Role, town: Window) -> None:
    response = timeline_of(town, role, "inspector" if role == "inspector" else "timeline")
    item = response.json()["items"][0]
    shown = {item["fact"]["identity"], item["said"]["identity"], item["amendments"][0]["fact"]["identity"]}
    whole = PERSON.identity
    assert shown == ({whole} if role in SEES_ALL else {"*" * 14 + whole[-4:]})
    assert (whole in response.text) == (role in SEES_ALL)
    assert item["fact"]["name"] == BETTER.name


@pytest.mark.parametrize("path", ["", "/service-years", "/secretary-eligibility", "/findings", "/transfers"])
@pytest.mark.parametrize("role", ROLES)
def test_no_other_answer_tells_an_identity_or_of_discipline(path: str, role: Role, town: Window) -> None:
    text = timeline_of(town, role, path.lstrip("/")).text if path else _overview(town, role)
    assert not [secret for secret in (PERSON.identity, *SECRETS) if secret in text]


def _overview(town: Window, role: Role) -> str:
    caller = town.worker("disciplined") if role == "worker" else town.as_(role)
    return caller.get(f"/careers/{town.career('disciplined')}", **GATED.get(role, {})).text


@pytest.mark.parametrize("path", ["roster", "eligible", "upcoming", "findings", "statistics"])
def test_no_answer_about_a_division_tells_an_identity_or_of_discipline(path: str, town: Window) -> None:
    text = town.as_("department").get(f"/divisions/{path}", division="15").text
    assert not [secret for secret in (PERSON.identity, *SECRETS) if secret in text]


def test_discipline_is_found_across_careers_by_an_inspector_only(town: Window) -> None:
    query = {"division": "15", "first_day": "2018-01-01", "last_day": "2026-11-24", "kind": "sanctioned"}
    told = town.as_("inspector").get("/inspector/search", **query, **CASE).json()
    assert str(town.career("disciplined")) in {one["career"] for one in told["happened"]}


def test_a_search_does_not_tell_who_somebody_is_by_an_identity(town: Window) -> None:
    query = {"division": "15", "first_day": "1950-01-01", "last_day": "2026-11-24"}
    response = town.as_("inspector").get("/inspector/search", **query, **CASE, kind="registered")
    assert response.status_code == 400
    assert PERSON.identity not in town.as_("inspector").get("/inspector/search", **query, **CASE).text


def test_pages_of_a_timeline_tell_every_item_once(town: Window) -> None:
    whole = timeline_of(town, "worker").json()
    for limit in (1, 2, 3, 5):
        found, after = [], {}
        while True:
            page = timeline_of(town, "worker", limit=limit, **after).json()
            assert len(page["items"]) <= limit
            found += page["items"]
            if page["next"] is None:
                break
            after = {"after": page["next"]}
        assert found == whole["items"]


def test_a_timeline_is_asked_for_by_kind_and_days(town: Window) -> None:
    career = town.career("here")
    told = town.as_("clerk").get(
        f"/careers/{career}/timeline", kind="trained", first_day="2024-10-12", last_day="2024-10-12"
    )
    assert [item["fact"]["fact"] for item in told.json()["items"]] == ["trained"]
    none = town.as_("clerk").get(f"/careers/{career}/timeline", kind="trained", first_day="2024-10-13")
    assert none.json()["items"] == []
    assert (none.json()["kind"], none.json()["first_day"], none.json()["last_day"]) == ("trained", "2024-10-13", None)


@given(st.text(min_size=0, max_size=30))
def test_a_masked_identity_keeps_its_length_and_four_digits_at_most(identity: str) -> None:
    shown = masked(replace(PERSON, identity=identity)).identity
    assert len(shown) == len(identity)
    assert shown[:-4] == "*" * max(0, len(identity) - 4)
    assert len(identity) <= 4 or shown != identity


@given(populations(1), st.sampled_from(ROLES), st.booleans())
def test_an_extract_says_nothing_that_the_whole_does_not(people: Any, role: Role, discipline: bool) -> None:
    entries = entries_of([PERSON, *people[0], SANCTION])
    told = history(entries)
    whole = timeline(entries, told, fold(told), asked(TODAY))
    part = timeline_for(whole, role, discipline=discipline)
    by_number = {item.number: item for item in whole.items}
    for item in part.items:
        assert replace(item, fact=by_number[item.number].fact, said=by_number[item.number].said,
                       amendments=by_number[item.number].amendments) == by_number[item.number]  # fmt: skip
        assert discipline or not isinstance(item.fact, Sanctioned | Tolerated)
    assert {item.number for item in part.items} == {
        item.number for item in whole.items if discipline or not isinstance(item.fact, Sanctioned | Tolerated)
    }
