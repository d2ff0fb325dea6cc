"""Which transfers are in a career: matched, awaited, or with a side missing."""

from datetime import date
from typing import Any

from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from domain.facts import AnyFact
from domain.regulation.findings import findings
from domain.regulation.readings import DEFAULT
from projections.transfers import transfers
from tests.building import asked, career_of, told
from tests.given import HOME, OTHER_LEAGUE, OTHER_STREET, given, hired, into, out, street
from tests.histories import careers, days_about, numbered
from tests.oracle.days import strictly_between
from tests.oracle.timeline import Timeline
from tests.oracle.transfers import last_day, matched

HIRED = hired("2020-01-01")
OUT = {"last_day": "2025-06-27", "community": HOME, "destination": street(OTHER_STREET), "entries": [2]}
INTO = {"origin": street(HOME), "community": OTHER_STREET, "entries": [3]}


def of(*facts: AnyFact, on: str = "2026-11-24") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = told(transfers(career_of(facts), asked(date.fromisoformat(on))))["transfers"]
    return found


def test_a_matched_pair_has_the_days_between_and_is_in_time_after_fifteen():
    for first, days, late in (("2025-06-28", 0, False), ("2025-07-13", 15, False), ("2025-07-14", 16, True)):
        (one,) = of(HIRED, out("2025-06-27"), into(first))
        assert one["out"] == OUT
        assert one["into"] == {"first_day": first, **INTO}
        assert (one["standing"], one["days_between"], one["late"]) == ("matched", days, late)
        assert [finding["rule"] for finding in one["findings"]] == ["transfer_dossier_late"] * late


def test_a_departure_is_awaited_for_fifteen_days_and_unmatched_from_then_on_with_why():
    for on, standing in (("2025-06-27", "awaited"), ("2025-07-12", "awaited"), ("2025-07-13", "unmatched")):
        (one,) = of(HIRED, out("2025-06-27"), on=on)
        assert (one["out"], one["into"], one["standing"], one["days_between"]) == (OUT, None, standing, None)
    (finding,) = one["findings"]
    assert finding["rule"] == "transfer_unmatched"
    assert finding["why"] == "no fitting arrival for more than 15 days after the departure of 2025-06-27"


def test_an_arrival_without_a_departure_is_unmatched_at_once_with_why():
    (one,) = of(into("2025-07-01"))
    assert (one["out"], one["standing"]) == (None, "unmatched")
    assert [finding["why"] for finding in one["findings"]] == ["an arrival without a fitting departure"]


def test_what_does_not_fit_together_is_told_as_two():
    one, other = of(HIRED, out("2025-06-27"), into("2025-07-01", OTHER_LEAGUE))
    assert (one["into"], other["out"]) == (None, None)
    assert one["standing"] == other["standing"] == "unmatched"


def test_on_a_day_before_the_arrival_only_the_departure_has_happened():
    facts = (HIRED, out("2025-06-27"), into("2025-08-01"))
    assert of(*facts, on="2025-06-26") == []
    (one,) = of(*facts, on="2025-07-31")
    assert (one["into"], one["standing"], one["late"]) == (None, "unmatched", False)
    (one,) = of(*facts, on="2025-08-01")
    assert (one["standing"], one["late"]) == ("matched", True)


def test_who_arrives_before_leaving_overlaps_and_the_departure_is_awaited():
    facts = (HIRED, into("2025-06-01"), out("2025-06-27"))
    (one,) = of(*facts, on="2025-06-10")
    assert (one["out"], one["standing"], one["days_between"]) == (None, "awaited", None)
    (one,) = of(*facts)
    assert (one["standing"], one["days_between"]) == ("matched", -27)
    assert [finding["rule"] for finding in one["findings"]] == ["transfer_overlap"]


def test_one_day_of_handing_over_is_minus_one_day_between_and_nothing_is_found():
    (one,) = of(HIRED, into("2025-06-27"), out("2025-06-27"))
    assert (one["days_between"], one["late"], one["findings"]) == (-1, False, [])


def test_the_answer_says_what_does_not_fit_and_under_which_readings():
    given(HIRED, out("2025-06-27")).when_asked(transfers, known_at=2).then(unplaced=[], rules="nmg-2024")
    answer = told(transfers(career_of([HIRED]), asked(date(2026, 1, 1), {"retroactive": "breach"})))
    assert answer["readings"]["retroactive"] == "breach"
    assert told(transfers(career_of([out("2019-01-01")]), asked(date(2026, 1, 1))))["unplaced"] == [1]


@settings(max_examples=300)
@for_all(st.data(), careers())
def test_pairs_are_those_of_the_oracle_and_findings_those_of_the_regulation(data: Any, facts: Any):
    on = data.draw(days_about(facts))
    found = transfers(career_of(facts), asked(on)).transfers
    pairs = {
        (last_day(left), arrived.first, strictly_between(last_day(left), arrived.first))
        for left, arrived in matched(Timeline(numbered(facts)))
        if max(last_day(left), arrived.first) <= on
    }
    told_of = {(one.out.last_day, one.into.first_day, one.days_between) for one in found if one.out and one.into}
    assert told_of == pairs
    by_day = [one.out.last_day if one.out else one.into.first_day for one in found if one.out or one.into]
    assert by_day == sorted(by_day)
    of_rules = [one for one in findings(career_of(facts), DEFAULT, on) if one.rule.startswith("transfer_")]
    key = lambda one: (one.rule, one.since, one.entries)  # noqa: E731
    assert sorted((one for each in found for one in each.findings), key=key) == sorted(of_rules, key=key)
    for one in found:
        assert one.late == any(finding.rule == "transfer_dossier_late" for finding in one.findings)
        assert (one.standing == "matched") == (one.out is not None and one.into is not None)
