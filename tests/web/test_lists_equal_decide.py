"""A list tells of exactly those of whom the one decision permits to be told, whatever was known of them when asked."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from api.access.policy import Action, Granted, Person, Purpose, decide
from api.access.subject import Role, Subject
from domain.errors import RefusedError
from domain.facts import AnyFact
from tests.given import HOME, OTHER_LEAGUE, OTHER_STREET, hired, into, out, resigned, street
from tests.kept.places import places, timeline_of
from tests.kept.populations import divisions, populations
from tests.web.routes import CASE, PERIOD
from tests.web.town import KEYS, STREET
from tests.web.window import Window, window_on

SOME = settings(max_examples=8, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
"""Each example is a server and dozens of requests, so a few must do, and none is made smaller."""

LISTS: list[tuple[str, Action, Role, dict[str, str]]] = [
    ("/careers", "find_careers", "clerk", {}),
    ("/divisions/roster", "roster", "department", {}),
    ("/divisions/eligible", "eligible", "department", {}),
    ("/divisions/upcoming", "upcoming", "department", {"within": "3650"}),
    ("/divisions/findings", "division_findings", "department", {}),
    ("/inspector/findings", "inspect_findings", "inspector", CASE),
    ("/inspector/search", "inspect_happenings", "inspector", {**CASE, **PERIOD, "limit": "1000"}),
    ("/audit/late-entries", "late_entries", "auditor", {**PERIOD, "late_after": "0"}),
]
PAGED = {"/careers", "/inspector/search", "/audit/late-entries"}
FIELDS = ("careers", "workers", "secretaries", "items", "findings", "happened")


@contextmanager
def windows(people: Sequence[Sequence[AnyFact]]) -> Iterator[tuple[Window, list[UUID], list[int]]]:
    """A window over careers that were recorded in two halves, with the positions at which either was known."""
    with TemporaryDirectory() as folder, window_on(Path(folder) / "ledger.db") as window:
        careers, halves = [], []
        for half in (0, 1):
            for place, facts in enumerate(people):
                middle = (len(facts) + 1) // 2
                for fact in facts[:middle] if half == 0 else facts[middle:]:
                    _recorded(window, f"person {place}", fact)
            halves.append(window.house.ledger.known().position)
        careers = [window.career(f"person {place}") for place in range(len(people))]
        yield window, careers, halves


def _recorded(window: Window, key: str, fact: AnyFact) -> None:
    with suppress(RefusedError):  # Random facts, half of them at a time, need not fit.
        window.record(key, fact, by="clerk")


def permitted(window: Window, action: Action, role: Role, jurisdiction: str, careers: Sequence[UUID]) -> set[str]:
    """Of whom the decision permits to be told today, one by one; where each is in reach, the oracle says."""
    asker = Subject("somebody", frozenset({role}), jurisdiction, "a token", 2**40)
    purpose, now = Purpose("接收调动", "NJ-2026-012"), window.clock.now.timestamp()
    found = set()
    for career in careers:
        entries = window.house.ledger.entries(career, window.house.ledger.known())
        reached = tuple(places(timeline_of(entries), window.house.today()))
        if isinstance(decide(asker, action, Person(career, reached), purpose, now), Granted):
            found.add(str(career))
    return found


def told_of(answer: dict[str, Any]) -> set[str]:
    """Whom a list tells of."""
    (listed,) = [answer[name] for name in FIELDS if name in answer]
    return {one["career"] for one in listed} | {one["career"] for one in answer.get("unplaced", [])}


def pages(window: Window, role: Role, jurisdiction: str, path: str, query: dict[str, str]) -> Iterator[dict[str, Any]]:
    """All pages of a list, of one item each; every page names nobody whom it does not tell of."""
    after: dict[str, str] = {}
    while True:
        response = window.as_(role, jurisdiction=jurisdiction).get(path, **{**query, **after, "limit": "1"})
        answer = response.json()
        yield answer
        if answer["next"] is None:
            return
        after = {"after": answer["next"]}


def crossings() -> st.SearchStrategy[list[AnyFact]]:
    """Short careers that go from one street to another, or are on their way there."""
    ways: list[list[AnyFact]] = [
        [hired("2015-01-05"), out("2026-11-20", street(OTHER_LEAGUE))],
        [hired("2015-01-05"), out("2023-06-30", street(OTHER_LEAGUE)), into("2023-07-03", OTHER_LEAGUE)],
        [hired("2015-01-05", OTHER_LEAGUE), out("2023-06-30", street(HOME)), into("2023-07-03", HOME)],
        [hired("2015-01-05"), resigned("2020-01-31"), hired("2021-01-04", OTHER_STREET)],
        [hired("2015-01-05", OTHER_STREET), resigned("2020-01-31")],
    ]
    return st.sampled_from(ways)


@SOME
@given(st.tuples(populations(), st.lists(crossings(), min_size=1, max_size=3)), st.data())
def test_every_list_tells_of_exactly_those_whom_the_decision_permits(people: Any, data: st.DataObject) -> None:
    with windows([*people[0], *people[1]]) as (window, careers, halves):
        for _ in range(2):
            division = data.draw(divisions())
            jurisdiction = division[: data.draw(st.sampled_from([2, 4, 6, 9]))]
            on = data.draw(st.sampled_from(["2016-03-01", "2024-12-31", "2026-11-24"]))
            known = data.draw(st.sampled_from([{}, {"known_at": str(halves[0])}]))
            for path, action, role, said in LISTS:
                query = {**said, **known, "division": division, "on": on}
                answer = window.as_(role, jurisdiction=jurisdiction).get(path, **query).json()
                everybody = told_of(window.as_(role).get(path, **query).json())
                allowed = permitted(window, action, role, jurisdiction, careers)
                assert told_of(answer) == everybody & allowed, (path, query, jurisdiction)
                if path in PAGED:
                    found = list(pages(window, role, jurisdiction, path, query))
                    assert set().union(*map(told_of, found)) == told_of(answer), (path, query)
                    named = {career for one in found for career in map(str, careers) if career in str(one["next"])}
                    assert named <= allowed, (path, query)


@SOME
@given(st.tuples(populations(), st.lists(crossings(), max_size=2)), st.data())
def test_feed_log_proposals_and_keys_tell_of_exactly_those_whom_the_decision_permits(
    people: Any, data: st.DataObject
) -> None:
    with windows([*people[0], *people[1]]) as (window, careers, _):
        clerk, auditor = window.as_("clerk"), window.as_("auditor")
        for place, career in enumerate(careers):
            clerk.get(f"/careers/{career}")
            body = {"number": 1, "reason": "误录"}
            window.as_("clerk", name=f"clerk {place}").post(f"/careers/{career}/corrections", body)
        proposed = {one["career"] for one in auditor.get("/corrections").json()["corrections"]}
        for _ in range(3):
            code = data.draw(divisions())
            allowed = permitted(window, "feed", "auditor", code, careers)
            caller = window.as_("auditor", jurisdiction=code)
            feed = [json.loads(line)["subject"] for line in caller.get("/feed").text.splitlines()]
            assert set(feed) == allowed
            looked = {one["career"] for one in caller.get("/access-log", limit=1000).json()["accesses"]}
            assert looked - {None} == allowed
            assert {one["career"] for one in caller.get("/corrections").json()["corrections"]} == proposed & allowed
            found = [caller.get("/careers", worker=f"person {place}").json() for place in range(len(careers))]
            assert {one["career"] for answer in found for one in answer["careers"]} == allowed


@SOME
@given(populations(), st.sampled_from(["2016-03-01", "2024-12-31", "2026-11-24"]))
def test_a_career_found_by_its_key_is_told_as_it_is_in_a_list(people: Any, on: str) -> None:
    with windows(people) as (window, careers, halves):
        for known in ({}, {"known_at": str(halves[0])}):
            listed = {
                one["career"]: one for one in window.as_("clerk").get("/careers", on=on, **known).json()["careers"]
            }
            for place, career in enumerate(careers):
                found = window.as_("clerk").get("/careers", worker=f"person {place}", on=on, **known).json()["careers"]
                assert found == [listed[str(career)]]


@pytest.mark.parametrize("lists", [LISTS])
def test_a_day_far_ahead_and_other_readings_limit_a_list_all_the_same(lists: Any, town: Window) -> None:
    for path, action, role, said in lists:
        for more in ({"on": "2033-01-01"}, {} if path == "/careers" else {"reading_gap": "3"}):
            answer = town.as_(role, jurisdiction=STREET).get(path, division=STREET, **said, **more)
            assert answer.status_code == 200, answer.text
            assert told_of(answer.json()) <= permitted(town, action, role, STREET, [town.career(key) for key in KEYS])
