"""Random careers under random readings: the answers equal a brute force that goes through every day."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.regulation.days import day_model
from domain.regulation.states import CLASS_NAMES
from projections.findings import findings_of
from projections.secretary_eligibility import secretary_eligibility
from projections.service_years import service_years
from tests.building import asked, career_of, chosen, told
from tests.histories import careers, days_about, numbered, readings, secretaries
from tests.oracle import eligibility as brute_eligibility
from tests.oracle import findings as brute_findings
from tests.oracle import service_years as brute_service_years

MANY = settings(max_examples=250, deadline=None)


def plain(answer: Any) -> Any:
    """An answer of the brute force as JSON would say it."""
    if isinstance(answer, dict):
        return {key: plain(value) for key, value in answer.items()}
    if isinstance(answer, list):
        return [plain(value) for value in answer]
    return answer.isoformat() if isinstance(answer, date) else answer


@MANY
@given(st.data(), careers(), readings())
def test_service_years_are_those_of_going_through_every_day(data, facts, chosen_readings):
    on = data.draw(days_about(facts))
    brute = brute_service_years.service_years(numbered(facts), chosen_readings, on)
    answer = told(service_years(career_of(facts), asked(on, chosen_readings)))
    assert answer["cumulative"] == plain(brute["cumulative"])
    assert answer["continuous"] == plain(brute["continuous"])


@MANY
@given(st.data(), careers(), readings())
def test_every_day_is_classed_as_by_going_through_every_day(data, facts, chosen_readings):
    on = data.draw(days_about(facts))
    classes = brute_service_years.service_years(numbered(facts), chosen_readings, on)["classes"]
    model = day_model(career_of(facts), chosen(chosen_readings))
    for day, (cumulative, continuous) in classes.items():
        here = [one for one in model if one.begin <= day.toordinal() < one.end]
        assert [(CLASS_NAMES[one.cumulative], CLASS_NAMES[one.continuous]) for one in here] == [
            (cumulative, continuous)
        ]


@MANY
@given(st.data(), st.one_of(secretaries(), careers()), readings())
def test_eligibility_is_that_of_going_through_every_day(data, facts, chosen_readings):
    on = data.draw(days_about(facts))
    brute = plain(brute_eligibility.eligibility(numbered(facts), chosen_readings, on))
    answer = told(secretary_eligibility(career_of(facts), asked(on, chosen_readings)))
    assert (answer["eligible"], answer["eligible_on"]) == (brute["eligible"], brute["eligible_on"])
    for condition, expected in zip(answer["conditions"], brute["conditions"], strict=True):
        assert {key: condition[key] for key in expected} == expected


@MANY
@given(st.data(), careers(), readings())
def test_findings_are_those_of_looking_at_every_day(data, facts, chosen_readings):
    on = data.draw(days_about(facts))
    brute = plain(brute_findings.findings(numbered(facts), chosen_readings, on))
    answer = told(findings_of(career_of(facts), asked(on, chosen_readings)))["findings"]
    found = [{key: one[key] for key in ("article", "rule", "severity", "since", "until")} for one in answer]
    assert sorted(found, key=str) == sorted(brute, key=str)


@MANY
@given(st.data(), careers(), readings())
def test_spells_cover_the_career_without_holes_and_hold_the_counted_days(data, facts, chosen_readings):
    on = data.draw(days_about(facts))
    answer = told(service_years(career_of(facts), asked(on, chosen_readings)))
    spells = [
        (date.fromisoformat(one["first_day"]), date.fromisoformat(one["last_day"]), one) for one in answer["spells"]
    ]
    for (_, last, _), (first, _, _) in pairwise(spells):
        assert first == last + timedelta(days=1)
    if spells:
        exclusive = chosen_readings.get("on") == "exclusive"
        assert spells[-1][1] == on - timedelta(days=exclusive)
    counted = sum((last - first).days + 1 for first, last, one in spells if one["cumulative"] == "count")
    assert counted == answer["cumulative"]["days"]


@MANY
@given(st.data(), careers(), readings())
def test_continuous_days_are_never_more_than_cumulative_days(data, facts, chosen_readings):
    on = data.draw(days_about(facts))
    answer = service_years(career_of(facts), asked(on, chosen_readings))
    assert answer.continuous.days <= answer.cumulative.days
