"""What comes due in a division is what comes due for each person in it, looked at one day at a time."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from domain.errors import QuestionError
from domain.facts import AnyFact
from projections.upcoming import upcoming
from tests import given as tell
from tests.building import told
from tests.given import HOME, NEXT_DOOR, OTHER_LEAGUE, OTHER_STREET, hired, registered, seconded, trained
from tests.kept.plain import Plain
from tests.kept.planned import comes_due, coming_due, year_of_training
from tests.kept.populations import HERE
from tests.kept.shelves import asked_of, entries_by_career, kept
from tests.kept.test_questions_against_brute_force import Case

MANY = settings(max_examples=250, deadline=None)
PARTS = {2: 4, 4: 6, 6: 9, 9: 12}


def expected_of(one: Plain, case: Case, within: int) -> list[dict[str, Any]]:
    """What the answer should hold for one person."""
    here = sorted({c for c in one.communities.get(case.on.toordinal(), ()) if c.startswith(case.division)})
    if not here:
        return []
    items = [due._asdict() for due in comes_due(one, case.on)]
    year = year_of_training(one, case.on.year, case.on)
    if year.done < year.owed:
        missing = year.owed - year.done
        last = date(case.on.year, 12, 31)
        items.append({"due": last, "kind": "training", "entries": year.entries, "detail": "", "hours_missing": missing})
    soon = [item for item in items if 0 <= (item["due"] - case.on).days <= within]
    return told([{"career": one.uuid, "name": one.name, "communities": here, **item} for item in soon])


def in_order(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(items, key=lambda item: [item[key] for key in ("due", "kind", "career", "entries", "detail")])


@MANY
@given(coming_due())
def test_upcoming_is_what_comes_due_for_each_person_by_itself(asked):
    case, within = asked
    expected = [item for one in case.plain for item in expected_of(one, case, within)]
    with case.kept() as snapshot:
        answer = told(upcoming(snapshot, case.asked, within))
    assert answer["items"] == in_order(expected)
    assert answer["within"] == within


@MANY
@given(coming_due())
def test_the_answer_of_a_division_is_that_of_its_parts(asked):
    case, within = asked
    level = PARTS.get(len(case.division))
    parts = sorted({code[:level] for code in HERE if code.startswith(case.division)}) if level else [case.division]
    together: dict[str, dict[str, Any]] = {}
    with case.kept() as snapshot:
        whole = told(upcoming(snapshot, case.asked, within))["items"]
        for part in parts:
            of_part = asked_of(part, case.on, case.asked.readings)
            for item in told(upcoming(snapshot, of_part, within))["items"]:
                known = together.setdefault(str({**item, "communities": None}), {**item, "communities": []})
                known["communities"] += item["communities"]
    assert whole == in_order(list(together.values()))


# Stories


def items(on: str, *facts: AnyFact, within: int = 30, division: str = "15") -> list[dict[str, Any]]:
    """What comes due for one person."""
    with kept(entries_by_career([facts])) as snapshot:
        answer: dict[str, Any] = told(upcoming(snapshot, asked_of(division, date.fromisoformat(on)), within))
    found: list[dict[str, Any]] = answer["items"]
    return found


def due(on: str, *facts: AnyFact, within: int = 30, division: str = "15") -> list[tuple[str, str]]:
    return [(item["due"], item["kind"]) for item in items(on, *facts, within=within, division=division)]


def test_both_ends_of_the_days_asked_about_are_inside():
    contract = hired("2024-07-01", contract_until="2026-06-30")
    assert due("2026-06-30", contract, within=0) == [("2026-06-30", "contract")]
    assert due("2026-05-31", contract) == [("2026-06-30", "contract")]
    assert due("2026-05-30", contract) == []
    assert due("2026-07-01", contract) == []


def test_a_contract_that_ended_is_not_told_any_more():
    story = (hired("2024-07-01", contract_until="2026-06-30"), tell.contract_ended("2026-06-10"))
    assert due("2026-06-10", *story) == [("2026-06-30", "contract")]
    assert due("2026-06-11", *story) == []


def test_a_contract_of_a_later_hiring_is_told_from_its_first_day():
    story = (hired("2020-07-01", contract_until="2026-06-30"), tell.resigned("2025-06-30"))
    again = hired("2026-06-15", contract_until="2026-07-10")
    assert due("2026-06-14", *story, again) == []
    assert due("2026-06-15", *story, again) == [("2026-07-10", "contract")]


def test_a_probation_is_told_until_it_is_assessed_early_or_not():
    story = hired("2026-01-05", probation_until="2026-07-04")
    assert due("2026-07-04", story) == [("2026-07-04", "probation")]
    assessed_early = (story, tell.probation("2026-06-20", passed=True))
    assert due("2026-06-19", *assessed_early) == [("2026-07-04", "probation")]
    assert due("2026-06-20", *assessed_early) == []


def test_a_probation_that_was_assessed_and_assessed_again_stays_assessed():
    story = (
        hired("2026-01-05", probation_until="2026-07-04"),
        tell.probation("2026-06-01"),
        tell.probation("2026-06-20"),
    )
    assert due("2026-06-10", *story) == []


def test_an_assessment_is_of_the_latest_hiring():
    story = (
        hired("2026-01-05", probation_until="2026-07-04"),
        hired("2026-02-02", OTHER_STREET, probation_until="2026-07-04"),
        tell.probation("2026-06-01", passed=True),
    )
    assert [(one["kind"], one["entries"]) for one in items("2026-06-10", *story)] == [("probation", [1])]


def test_a_secondment_extended_by_a_correction_is_due_on_the_later_day():
    story = (hired("2024-01-01"), seconded("2026-05-11", planned="2026-06-30"))
    longer = tell.corrected(2, seconded("2026-05-11", planned="2026-07-31"))
    assert due("2026-06-20", *story) == [("2026-06-30", "secondment")]
    assert due("2026-06-20", *story, longer) == []
    assert [(one["due"], one["entries"]) for one in items("2026-07-15", *story, longer, within=20)] == [
        ("2026-07-31", [2, 3])
    ]


def test_a_voided_correction_brings_the_earlier_day_back():
    story = (hired("2024-01-01"), seconded("2026-05-11", planned="2026-06-30"))
    longer = tell.corrected(2, seconded("2026-05-11", planned="2026-07-31"))
    assert due("2026-06-20", *story, longer, tell.voided(3)) == [("2026-06-30", "secondment")]


def test_a_secondment_is_told_up_to_its_last_day():
    story = (hired("2024-01-01"), seconded("2026-05-11", planned="2026-06-30"), tell.back("2026-06-20"))
    assert due("2026-06-20", *story) == [("2026-06-30", "secondment")]
    assert due("2026-06-21", *story) == []


def test_the_limit_is_told_of_a_secondment_and_counts_from_the_first_day_of_its_chain():
    first = (hired("2024-01-01"), seconded("2026-03-02"))
    assert due("2026-06-01", *first) == [("2026-06-02", "secondment_limit")]
    chained = (*first, tell.back("2026-04-30"), seconded("2026-05-11"))
    assert due("2026-06-01", *chained) == [("2026-06-02", "secondment_limit")]
    assert items("2026-06-01", *chained)[0]["entries"] == [2, 3, 4]
    apart = (*first, tell.back("2026-04-10"), seconded("2026-05-11"))
    assert due("2026-06-01", *apart) == []
    assert due("2026-08-01", *apart) == [("2026-08-11", "secondment_limit")]


def test_the_limit_of_a_secondment_from_the_end_of_november_ends_with_february():
    assert due("2026-02-01", hired("2024-01-01"), seconded("2025-11-30")) == [("2026-02-28", "secondment_limit")]
    assert due("2028-02-01", hired("2024-01-01"), seconded("2027-11-30")) == [("2028-02-29", "secondment_limit")]


def test_a_term_is_told_with_its_office():
    story = (
        hired("2021-03-01"),
        tell.facts.TermStarted(
            on=date(2021, 6, 15),
            office="secretary",
            community=HOME,
            mode="elected",
            expected_until=date(2026, 6, 14),
        ),
    )
    assert [(one["due"], one["kind"], one["detail"]) for one in items("2026-06-01", *story)] == [
        ("2026-06-14", "term", "secretary")
    ]
    assert due("2026-06-01", *story, tell.term_over("2026-05-31")) == []


def test_a_retirement_is_told_while_in_a_post_and_never_when_it_is_past():
    """A woman born 14 months after January 1970: 55 years, put off by four months."""
    story = (registered("1971-03-10", "female"), hired("2018-01-01"))
    assert due("2026-07-01", *story) == [("2026-07-10", "retirement")]
    assert due("2026-07-10", *story, within=0) == [("2026-07-10", "retirement")]
    assert due("2026-07-11", *story) == []
    assert due("2026-07-05", *story, tell.resigned("2026-07-04")) == []


def test_a_retirement_is_told_once_of_two_posts_with_both_communities():
    story = (registered("1971-03-10", "female"), hired("2018-01-01"), hired("2025-01-06", OTHER_LEAGUE))
    assert [(one["kind"], one["communities"]) for one in items("2026-07-01", *story)] == [
        ("retirement", [HOME, OTHER_LEAGUE])
    ]
    there = items("2026-07-01", *story, division="1502")
    assert [(one["kind"], one["communities"]) for one in there] == [("retirement", [OTHER_LEAGUE])]


def test_ten_years_are_told_on_the_first_day_on_which_the_person_has_them():
    assert due("2026-06-15", hired("2016-07-01")) == [("2026-07-01", "ten_years")]
    assert due("2026-07-01", hired("2016-07-01"), within=0) == [("2026-07-01", "ten_years")]
    assert due("2026-02-20", hired("2016-02-29")) == [("2026-02-28", "ten_years")]
    assert due("2026-06-15", hired("2016-07-01"), tell.resigned("2026-06-20")) == []


def test_ten_years_are_not_told_once_the_run_is_broken_in_a_post_that_does_not_count():
    story = (hired("2016-07-01"), tell.resigned("2026-06-30"), hired("2026-06-30", NEXT_DOOR, full_time=False))
    assert due("2026-06-30", *story) == [("2026-07-01", "ten_years")]
    assert due("2026-07-01", *story) == []


def test_ten_years_begin_anew_after_a_break():
    story = (hired("2010-01-01"), tell.resigned("2016-01-31"), hired("2016-06-15"))
    assert due("2026-06-10", *story) == [("2026-06-15", "ten_years")]


@pytest.mark.parametrize(
    ("on", "within", "told_of"),
    [("2026-12-31", 0, True), ("2026-12-30", 0, False), ("2026-12-01", 30, True), ("2026-11-30", 30, False)],
)
def test_hours_of_training_are_due_on_31_december(on, within, told_of):
    expected = [("2026-12-31", "training")] if told_of else []
    assert due(on, hired("2024-01-01"), trained("2026-04-10", 39.5), within=within) == expected


def test_hours_missing_are_those_not_done_by_the_asked_day():
    story = (hired("2024-01-01"), trained("2026-04-10", 16), trained("2026-11-30", 23.5), trained("2026-12-20", 8))
    on = {day: [one["hours_missing"] for one in items(day, *story)] for day in ("2026-12-01", "2026-12-20")}
    assert on == {"2026-12-01": [0.5], "2026-12-20": []}
    assert items("2026-12-01", *story)[0]["entries"] == [1, 2, 3]


def test_on_1_january_a_new_year_begins():
    story = (hired("2024-01-01"), trained("2026-04-10", 40))
    assert due("2026-12-31", *story, within=0) == []
    assert due("2027-01-01", *story, within=363) == []
    assert due("2027-01-01", *story, within=364) == [("2027-12-31", "training")]


def test_a_year_of_which_the_end_is_known_owes_nothing():
    assert due("2026-12-10", hired("2024-01-01"), tell.resigned("2026-12-30")) == []
    assert due("2026-12-10", hired("2026-01-02")) == []


def test_who_transfers_away_on_the_asked_day_is_still_told_of_there():
    story = (hired("2016-07-01"), tell.out("2026-06-15"), tell.into("2026-06-16"))
    assert items("2026-06-15", *story, division=HOME)[0]["communities"] == [HOME]
    assert due("2026-06-16", *story, division=HOME) == []
    assert items("2026-06-16", *story, division=OTHER_STREET)[0]["communities"] == [OTHER_STREET]


def test_who_arrives_on_the_day_of_leaving_is_told_of_once_with_both():
    story = (hired("2016-07-01"), tell.out("2026-06-15"), tell.into("2026-06-15"))
    assert [one["communities"] for one in items("2026-06-15", *story)] == [[HOME, OTHER_STREET]]


def test_who_was_sent_next_door_is_told_of_there():
    story = (hired("2016-07-01"), tell.assigned("2026-06-10"))
    assert [one["communities"] for one in items("2026-06-15", *story)] == [[NEXT_DOOR]]
    assert due("2026-06-15", *story, division=HOME) == []


def test_a_name_is_told_once_a_person_is_registered():
    contract = hired("2024-07-01", contract_until="2026-06-30")
    assert [one["name"] for one in items("2026-06-01", contract)] == [None]
    assert [one["name"] for one in items("2026-06-01", registered(), contract)] == ["钱丽娟"]


def test_fewer_than_no_days_cannot_be_asked_about():
    with pytest.raises(QuestionError):
        due("2026-06-01", hired("2024-07-01"), within=-1)


def test_as_many_days_as_one_likes_can_be_asked_about():
    assert due("2026-06-01", hired("2016-07-01"), within=10**30)[0] == ("2026-07-01", "ten_years")
