"""Questions about a division, where their edges are: told as stories."""

from datetime import date
from typing import Any

from domain.facts import AnyFact, Graded, Promoted
from domain.words import said
from projections.division_findings import findings_in
from projections.eligible import eligible
from projections.happened import happened
from projections.kept.snapshot import Parked
from projections.roster import roster
from tests.building import chosen, told
from tests.given import (
    HOME,
    NEXT_DOOR,
    OTHER_LEAGUE,
    OTHER_STREET,
    assessed,
    assigned,
    commended,
    contract_ended,
    corrected,
    day,
    hired,
    into,
    joined_party,
    out,
    registered,
    seconded,
    street,
    term,
    term_over,
    trained,
    voided,
)
from tests.kept.shelves import asked_of, entries_by_career, facts_in, kept, uuid_of


def on_roster(division: str, on: str, *careers: list[AnyFact], reading: Any = None) -> list[dict[str, Any]]:
    read = chosen(reading)
    with kept(entries_by_career(careers), read) as snapshot:
        workers: list[dict[str, Any]] = told(roster(snapshot, asked_of(division, day(on), read)))["workers"]
        return workers


def found(division: str, on: str, *careers: list[AnyFact], reading: Any = None, **asked: Any) -> list[dict[str, Any]]:
    read = chosen(reading)
    with kept(entries_by_career(careers), read) as snapshot:
        answer = told(findings_in(snapshot, asked_of(division, day(on), read), **asked))
        findings: list[dict[str, Any]] = answer["findings"]
        return findings


def facts(division: str, first: str, last: str, *careers: list[AnyFact], **asked: Any) -> list[dict[str, Any]]:
    entries = entries_by_career(careers)
    with kept(entries) as snapshot:
        answer = happened(
            snapshot, facts_in(entries), asked_of(division, date(2026, 11, 24)), day(first), day(last), **asked
        )
        items: list[dict[str, Any]] = told(answer)["happened"]
        return items


def secretaries(division: str, on: str, *careers: list[AnyFact], before: str | None = None) -> list[dict[str, Any]]:
    with kept(entries_by_career(careers)) as snapshot:
        answer = told(eligible(snapshot, asked_of(division, day(on)), day(before)))
        told_of: list[dict[str, Any]] = answer["secretaries"]
        return told_of


MOVED: list[AnyFact] = [hired("2018-03-01"), out("2024-06-28"), into("2024-07-01")]


def test_who_is_transferred_leaves_one_roster_and_joins_the_other_with_the_days_in_between_in_neither():
    for on, here, there in (
        ("2024-06-28", [HOME], []),
        ("2024-06-29", [], []),
        ("2024-06-30", [], []),
        ("2024-07-01", [], [OTHER_STREET]),
    ):
        assert [row["community"] for row in on_roster(street(HOME), on, MOVED)] == here
        assert [row["community"] for row in on_roster(street(OTHER_STREET), on, MOVED)] == there


def test_service_goes_on_in_the_new_street():
    (row,) = on_roster(OTHER_STREET, "2026-06-30", MOVED)
    assert row["in_post_since"] == "2024-07-01"
    assert row["continuous_since"] == "2018-03-01"
    assert row["cumulative"]["days"] == (date(2026, 6, 30) - date(2018, 3, 1)).days + 1 - 2


def test_two_posts_are_two_rows_of_the_region_and_one_of_each_league():
    both: list[AnyFact] = [hired("2020-01-01"), hired("2021-01-01", at=OTHER_LEAGUE, full_time=False)]
    rows = on_roster("15", "2022-01-01", both)
    assert [(row["community"], row["full_time"]) for row in rows] == [(HOME, True), (OTHER_LEAGUE, False)]
    assert [row["community"] for row in on_roster("1502", "2022-01-01", both)] == [OTHER_LEAGUE]
    assert rows[0]["cumulative"] == rows[1]["cumulative"]


def test_only_part_time_has_no_service_to_tell():
    (row,) = on_roster(HOME, "2022-01-01", [hired("2020-01-01", full_time=False)])
    assert row["cumulative"] == {"days": 0, "span": {"years": 0, "months": 0, "days": 0}}
    assert row["continuous_since"] is None


def test_a_banner_is_no_prefix_of_its_sister_and_a_street_none_of_another():
    career: list[AnyFact] = [hired("2020-01-01", at=OTHER_STREET)]
    for division, there in {
        "15": 1,
        "1501": 1,
        "150102": 1,
        "150102002": 1,
        "150102001": 0,
        "150103": 0,
        "1502": 0,
    }.items():
        assert len(on_roster(division, "2021-01-01", career)) == there, division


def test_grade_and_office_change_on_their_day():
    career: list[AnyFact] = [
        hired("2020-01-01"),
        Graded(on=date(2021, 3, 1), track="staff", level=3, basis="initial"),
        Promoted(on=date(2023, 3, 1), track="deputy", level=4),
        term("2022-05-10", "director"),
        term_over("2023-02-28", office="director"),
    ]

    def at(on: str) -> Any:
        (row,) = on_roster(HOME, on, career)
        return row["grade"], [held["office"] for held in row["offices"]], row["entries"]

    assert at("2021-02-28") == (None, [], [1])
    assert at("2021-03-01") == ({"track": "staff", "level": 3}, [], [1, 2])
    assert at("2022-05-09")[1] == []
    assert at("2022-05-10") == ({"track": "staff", "level": 3}, ["director"], [1, 2, 4])
    assert at("2023-02-28")[1:] == (["director"], [1, 2, 4])
    assert at("2023-03-01") == ({"track": "deputy", "level": 4}, [], [1, 3])


def test_an_assignment_keeps_the_post_and_begins_a_stay():
    career: list[AnyFact] = [hired("2020-01-01"), assigned("2022-06-01")]
    assert [row["community"] for row in on_roster(street(HOME), "2022-05-31", career)] == [HOME]
    (row,) = on_roster(street(HOME), "2022-06-01", career)
    assert (row["community"], row["in_post_since"], row["here_since"]) == (NEXT_DOOR, "2020-01-01", "2022-06-01")


def test_read_exclusive_the_first_day_is_no_day_yet():
    career: list[AnyFact] = [hired("2020-01-01")]
    (first,) = on_roster(HOME, "2020-01-01", career, reading={"on": "exclusive"})
    assert (first["cumulative"]["days"], first["continuous_since"]) == (0, None)
    (second,) = on_roster(HOME, "2020-01-02", career, reading={"on": "exclusive"})
    assert (second["cumulative"]["days"], second["continuous_since"]) == (1, "2020-01-01")


def test_rosters_are_ordered_by_community_then_by_the_post_then_by_career():
    careers = [hired("2020-01-02")], [hired("2020-01-01")], [hired("2020-01-01", at=NEXT_DOOR)], [hired("2020-01-01")]
    rows = on_roster("15", "2021-01-01", *careers)
    assert [row["career"] for row in rows] == [str(uuid_of(place)) for place in (1, 3, 0, 2)]


def test_a_correction_moves_facts_to_another_community_with_their_entries():
    career: list[AnyFact] = [
        hired("2020-01-01"),
        commended("2021-05-04"),
        corrected(1, hired("2020-02-01", OTHER_LEAGUE)),
    ]
    assert facts(HOME, "2000-01-01", "2026-01-01", career) == []
    items = facts("1502", "2000-01-01", "2026-01-01", career)
    assert [(one["day"], one["kind"], one["number"], one["entries"]) for one in items] == [
        ("2020-02-01", "hired", 1, [1, 3]),
        ("2021-05-04", "commended", 2, [2]),
    ]
    assert items[0]["fact"]["community"] == OTHER_LEAGUE


def test_what_is_void_did_not_happen():
    career: list[AnyFact] = [hired("2020-01-01"), commended("2021-05-04"), voided(2)]
    assert [one["kind"] for one in facts(HOME, "2000-01-01", "2026-01-01", career)] == ["hired"]


def test_what_does_not_fit_yet_happened_as_it_was_said():
    assert [
        one["kind"] for one in facts(HOME, "2000-01-01", "2026-01-01", [out("2021-01-31"), hired("2022-01-01")])
    ] == [
        "transferred_out",
        "hired",
    ]


def test_both_days_are_inside():
    career: list[AnyFact] = [hired("2020-01-01"), commended("2021-05-04"), commended("2022-05-04")]
    for first, last, there in (
        ("2021-05-04", "2022-05-04", 2),
        ("2021-05-05", "2022-05-04", 1),
        ("2021-05-05", "2022-05-03", 0),
        ("2021-05-04", "2021-05-04", 1),
    ):
        assert len(facts(HOME, first, last, career, kind="commended")) == there


def test_the_first_and_the_last_day_of_a_year_are_of_their_year():
    career: list[AnyFact] = [hired("2020-01-01"), commended("2020-12-31"), commended("2021-01-01")]
    for on in ("2020-12-31", "2021-01-01"):
        assert [one["day"] for one in facts(HOME, on, on, career, kind="commended")] == [on]


def test_a_page_is_full_although_each_of_its_facts_is_in_two_communities():
    praised = [commended(f"2024-07-{on:02}") for on in range(1, 31)] + [commended("2024-08-01")] * 30
    career: list[AnyFact] = [hired("2020-01-01"), hired("2021-01-01", at=NEXT_DOOR), *praised]
    items = facts("1501", "2024-01-01", "2024-12-31", career, limit=50)
    assert [one["number"] for one in items] == list(range(3, 53))
    assert {tuple(one["communities"]) for one in items} == {(HOME, NEXT_DOOR)}


def test_on_a_day_of_handing_over_a_fact_belongs_to_both_communities_and_is_told_once():
    career: list[AnyFact] = [hired("2020-01-01"), into("2024-07-01"), out("2024-07-01"), commended("2024-07-01")]
    items = facts("150102", "2024-07-01", "2024-07-01", career, kind="commended")
    assert [one["communities"] for one in items] == [[HOME, OTHER_STREET]]
    assert [one["communities"] for one in facts(HOME, "2024-07-01", "2024-07-01", career, kind="commended")] == [[HOME]]


def test_out_of_service_a_fact_belongs_to_where_the_person_served_last_before_else_first_after():
    career: list[AnyFact] = [commended("2019-05-04"), *MOVED[:2], commended("2025-05-04")]
    assert [one["day"] for one in facts(HOME, "2000-01-01", "2026-01-01", career, kind="commended")] == [
        "2019-05-04",
        "2025-05-04",
    ]


def test_who_never_served_is_told_of_in_the_region_only():
    career: list[AnyFact] = [commended("2021-05-04")]
    assert [one["communities"] for one in facts("15", "2021-01-01", "2021-12-31", career)] == [["15"]]
    assert facts("1501", "2021-01-01", "2021-12-31", career) == []


def test_a_registration_is_never_told_for_its_day_is_a_date_of_birth():
    career: list[AnyFact] = [registered("1988-05-20"), hired("2020-01-01")]
    items = facts("15", "1900-01-01", "2026-01-01", career)
    assert [(one["kind"], one["name"]) for one in items] == [("hired", "钱丽娟")]


def test_an_unanswered_departure_is_found_in_the_community_that_was_left():
    career: list[AnyFact] = [hired("2018-03-01"), out("2025-06-30", to=street(OTHER_LEAGUE))]
    asked = {"article": "23"}
    assert found(HOME, "2025-07-15", career, **asked) == []
    (one,) = found(HOME, "2025-07-16", career, **asked)
    assert (one["rule"], one["communities"]) == ("transfer_unmatched", [HOME])


def test_while_a_late_arrival_is_awaited_the_departure_is_found_where_it_left_from():
    career: list[AnyFact] = [hired("2018-03-01"), out("2025-06-30"), into("2025-08-01")]
    assert [one["rule"] for one in found(HOME, "2025-07-31", career, article="23")] == ["transfer_unmatched"]
    assert found(OTHER_STREET, "2025-07-31", career, article="23") == []
    (late,) = found("15", "2025-08-01", career, article="23")
    assert (late["rule"], late["communities"]) == ("transfer_dossier_late", [HOME])


def test_a_finding_in_two_communities_is_told_once_and_in_each_division_with_its_own():
    career: list[AnyFact] = [hired("2025-01-01"), hired("2025-02-01", at=OTHER_LEAGUE)]
    (whole,) = found("15", "2025-03-01", career, article="3")
    assert whole["communities"] == [HOME, OTHER_LEAGUE]
    (part,) = found("1502", "2025-03-01", career, article="3")
    assert part == {**whole, "communities": [OTHER_LEAGUE]}


def test_an_article_stands_for_its_paragraphs_and_a_paragraph_for_itself():
    career: list[AnyFact] = [hired("2022-01-01"), assessed(2023, "incompetent"), assessed(2024, "incompetent")]
    for article, there in {"37": True, "37(2)": True, "37(1)": False, "3": False, "7": False}.items():
        rules = {one["rule"] for one in found(HOME, "2025-06-01", career, article=article)}
        assert rules == ({"two_incompetent_years"} if there else set()), article


DOUBLE: list[AnyFact] = [hired("2023-01-01"), hired("2023-06-01", at=OTHER_LEAGUE)]


def test_a_finding_is_open_up_to_the_day_before_its_last():
    career = [*DOUBLE, contract_ended("2025-03-31")]
    asked = {"article": "3", "open_only": True}
    assert [one["until"] for one in found("15", "2025-03-30", career, **asked)] == [None]
    assert found("15", "2025-03-31", career, **asked) == []
    assert [one["until"] for one in found("15", "2025-03-31", career, article="3")] == ["2025-03-31"]


def test_wholly_before_the_regulation_is_for_information_and_can_be_asked_for_as_that():
    for last, on, severity in (
        ("2024-08-20", "2025-01-01", "info"),
        ("2024-08-21", "2025-01-01", "breach"),
        ("2024-08-21", "2024-08-20", "info"),
    ):
        career = [*DOUBLE, contract_ended(last)]
        assert [one["severity"] for one in found("15", on, career, article="3")] == [severity], (last, on)
        for asked in ("info", "breach"):
            there = found("15", on, career, article="3", severity=asked)
            assert len(there) == (asked == severity), (last, on, asked)


def test_read_so_what_was_before_the_regulation_is_a_breach():
    career = [*DOUBLE, contract_ended("2024-08-20")]
    (one,) = found("15", "2025-01-01", career, reading={"retroactive": "breach"}, article="3")
    assert one["severity"] == "breach"


def test_why_a_finding_was_made_is_told_in_both_languages_whatever_it_holds():
    career: list[AnyFact] = [hired("2025-01-01"), seconded("2025-02-01", "banner_or_above")]
    with kept(entries_by_career([career])) as snapshot:
        (one,) = findings_in(snapshot, asked_of("15", date(2025, 3, 1)), "24").findings
    assert one.why.say("zh") != one.why.say("en")
    assert said("{甲}", "{a} {}").say("en") == "{a} {}"


SECRETARY: list[AnyFact] = [
    hired("2014-09-01"),
    joined_party("2010-01-01", "2011-01-01"),
    term("2016-01-10"),
    term_over("2021-01-09"),
    term("2021-01-10"),
    *(assessed(year, "excellent") for year in (2023, 2024, 2025)),
]


def test_eligible_before_a_day_does_not_include_that_day():
    (one,) = secretaries(HOME, "2024-01-01", SECRETARY)
    assert (one["eligible"], one["missing"]) == ("no", ["ten_years_continuous", "excellent_performance"])
    (now,) = secretaries(HOME, "2026-11-24", SECRETARY)
    since = now["eligible_on"]
    assert (now["eligible"], now["missing"]) == ("yes", [])
    assert secretaries(HOME, "2026-11-24", SECRETARY, before=since) == []
    assert secretaries(HOME, "2026-11-24", SECRETARY, before="2030-01-01") == [now]


def test_who_only_lacks_the_ten_years_is_told_the_day():
    late = [hired("2017-09-01"), *SECRETARY[1:]]
    (one,) = secretaries(HOME, "2026-11-24", late)
    assert (one["eligible"], one["eligible_on"], one["missing"]) == ("no", "2027-09-01", ["ten_years_continuous"])
    assert secretaries("1502", "2026-11-24", late) == []


def test_a_secretary_of_two_communities_is_told_of_in_both():
    both = [*SECRETARY, hired("2022-01-01", at=OTHER_LEAGUE), term("2022-01-10", at=OTHER_LEAGUE)]
    assert [one["community"] for one in secretaries("15", "2026-11-24", both)] == [HOME, OTHER_LEAGUE]
    assert [one["community"] for one in secretaries("1501", "2026-11-24", both)] == [HOME]
    assert [one["community"] for one in secretaries("1502", "2026-11-24", both)] == [OTHER_LEAGUE]


def test_who_is_secretary_no_more_is_not_among_them():
    gone = [*SECRETARY, term_over("2026-10-31")]
    assert len(secretaries("15", "2026-10-31", gone)) == 1
    assert secretaries("15", "2026-11-01", gone) == []


def test_names_are_none_before_a_person_is_registered():
    rows = on_roster(HOME, "2021-01-01", [hired("2020-01-01")], [registered(), hired("2020-01-01")])
    assert [row["name"] for row in rows] == [None, "钱丽娟"]


def test_careers_that_may_be_missing_are_told_in_every_answer_that_might_hold_them():
    here = Parked(uuid_of(7).bytes, 3, said("坏", "bad"), (HOME,))
    anywhere = Parked(uuid_of(8).bytes, 4, said("坏", "bad"), ())
    entries = entries_by_career([[hired("2020-01-01"), trained("2021-01-01")]])
    one_day = date(2021, 1, 1)
    with kept(entries, parked=[here, anywhere]) as snapshot:
        for division, careers in {"1501": (7, 8), HOME: (7, 8), "1502": (8,)}.items():
            asked = asked_of(division, one_day)
            for answer in (
                roster(snapshot, asked),
                eligible(snapshot, asked),
                findings_in(snapshot, asked),
                happened(snapshot, facts_in(entries), asked, one_day, one_day),
            ):
                assert answer.parked == tuple(map(uuid_of, careers))
