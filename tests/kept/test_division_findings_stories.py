"""What is found in a division, where, and how long it is open."""

from datetime import date

from domain.facts import AnyFact
from domain.words import said
from projections.division_findings import findings_in
from tests.given import (
    HOME,
    OTHER_LEAGUE,
    OTHER_STREET,
    assessed,
    contract_ended,
    hired,
    into,
    out,
    seconded,
    street,
)
from tests.kept.asking import found
from tests.kept.shelves import asked_of, entries_by_career, kept


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
