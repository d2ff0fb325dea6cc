"""Refused whatever the career: what cannot be true of one fact, or is not of the form that the contract fixes."""

from contextlib import closing, nullcontext
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from domain.errors import MalformedError, StaleCareerError
from domain.line import Said, read, read_fact
from tests.building import CAREER
from tests.given import (
    NOW,
    assessed,
    corrected,
    died,
    dismissed,
    given,
    hired,
    joined_party,
    leave,
    out,
    prior,
    registered,
    resigned,
    seconded,
    trained,
    voided,
)
from tests.running import Bench, open_ledger

BEGUN = hired("2020-03-02")
TOMORROW = "2026-11-25"


@pytest.mark.parametrize(
    "fact",
    [
        prior("2019-03-02", "2019-03-01"),
        trained("2024-04-08", since="2024-04-09"),
        hired("2021-03-02", at="150102001002", probation_until="2021-03-01"),
        hired("2021-03-02", at="150102001002", contract_until="2021-03-01"),
        seconded("2025-03-01", planned="2025-02-28"),
        joined_party("2024-07-01", full_on="2024-06-30"),
    ],
)
def test_a_last_day_before_the_first_is_refused(fact: Any) -> None:
    given(BEGUN).when_recorded(fact).is_refused(saying="before")


@pytest.mark.parametrize("code", ["150102001999", "110101001001", "公主府社区"])
def test_an_unknown_division_code_is_refused(code: str) -> None:
    given().when_recorded(hired("2024-03-04", at=code)).is_refused(saying="unknown division code")


def test_nobody_is_hired_into_a_street() -> None:
    given().when_recorded(hired("2024-03-04", at="150102001")).is_refused(saying="community: division code 150102001")


def test_nobody_leaves_for_a_banner() -> None:
    given(BEGUN).when_recorded(out("2024-06-28", to="150102")).is_refused(saying="destination: division code 150102")


@pytest.mark.parametrize("hours", [7.25, 0.1])
def test_hours_that_are_not_in_half_hour_steps_are_refused(hours: float) -> None:
    given(BEGUN).when_recorded(trained("2024-04-09", hours)).is_refused(saying="half-hour steps")


@pytest.mark.parametrize("hours", [0, -1])
def test_a_training_without_hours_is_refused(hours: float) -> None:
    given(BEGUN).when_recorded(trained("2024-04-09", hours)).is_refused(saying="hours")


def test_a_training_of_half_an_hour_is_not_refused() -> None:
    given(BEGUN).when_recorded(trained("2024-04-09", 0.5)).is_accepted()


@pytest.mark.parametrize("identity", ["150102199001010011", "150102199001010", "15010219900101001x"])
def test_an_id_card_number_with_a_wrong_check_digit_is_refused(identity: str) -> None:
    given().when_recorded(registered("1990-01-01", identity=identity)).is_refused(saying="identity")


@pytest.mark.parametrize("fact", [resigned(TOMORROW), died(TOMORROW), trained(TOMORROW, since=NOW), leave(TOMORROW)])
def test_a_day_after_today_is_refused_for_what_has_happened(fact: Any) -> None:
    given(BEGUN).when_recorded(fact).is_refused(saying="a day after today")


def test_today_may_be_recorded() -> None:
    given(BEGUN).when_recorded(resigned(NOW)).is_accepted()


@pytest.mark.parametrize(
    "fact",
    [
        hired("2026-11-02", at="150102001002", probation_until="2027-05-01", contract_until="2029-11-01"),
        seconded("2026-11-02", planned="2027-01-31"),
        leave("2026-11-02", "sick", "2027-04-30"),
    ],
)
def test_a_planned_day_may_lie_in_the_future(fact: Any) -> None:
    given(BEGUN).when_recorded(fact).is_accepted()


@pytest.mark.parametrize(("minute", "accepted"), [("15:59", False), ("16:00", True)])
def test_today_is_the_day_in_china_when_it_was_recorded(tmp_path: Path, minute: str, *, accepted: bool) -> None:
    # In China, 24 November began at 16:00 UTC on the 23rd.
    now = datetime.fromisoformat(f"2026-11-23T{minute}:00Z")
    expected = nullcontext() if accepted else pytest.raises(MalformedError, match="a day after today")
    with closing(open_ledger(tmp_path / "ledger.db", lambda: now)) as ledger, expected:
        ledger.record(CAREER, [Said(fact=BEGUN), Said(fact=resigned("2026-11-24"))], author="clerk")


def test_a_correction_needs_a_reason() -> None:
    given(BEGUN).when_recorded(corrected(1, hired("2020-02-03"), reason=" ")).is_refused(saying="reason")


@pytest.mark.parametrize("amendment", [corrected(1, hired("2020-02-03"), by="wang"), voided(1, by="wang")])
def test_a_correction_or_a_voiding_needs_a_second_person(amendment: Any) -> None:
    given(BEGUN).when_recorded(amendment, by="wang").is_refused(saying="approved_by must differ from recorded_by")
    given(BEGUN).when_recorded(amendment, by="li").is_accepted()


def test_what_a_correction_says_instead_must_itself_be_possible() -> None:
    given(BEGUN).when_recorded(corrected(1, hired(TOMORROW))).is_refused(saying="replacement.on")


def test_a_medical_period_is_for_sick_leave_only() -> None:
    given(BEGUN).when_recorded(leave("2025-01-06", "unpaid", "2025-06-30")).is_refused(saying="sick leave only")


def test_a_year_is_not_assessed_before_it_begins() -> None:
    given(BEGUN).when_recorded(assessed(2025, confirmed_on="2024-12-31")).is_refused(saying="confirmed_on")


@pytest.mark.parametrize("fact", [dismissed("2024-05-31", item=0), dismissed("2024-05-31", item=7)])
def test_an_item_that_article_37_does_not_have_is_refused(fact: Any) -> None:
    given(BEGUN).when_recorded(fact).is_refused(saying="item")


@pytest.mark.parametrize(
    "fact",
    [
        '{"fact": "resigned"}',
        '{"fact": "resigned", "last_day": "2023-02-29"}',
        '{"fact": "resigned", "last_day": "31.05.2024"}',
        '{"fact": "resigned", "last_day": "2024-05-31", "reason": "搬家"}',
        '{"fact": "promised", "on": "2024-05-31"}',
        '{"fact": "graded", "on": "2024-05-31", "track": "staff", "level": 19, "basis": "initial"}',
        '{"fact": "commended", "on": "2024-05-31", "title": "优秀", "level": "village"}',
        '{"fact": "corrected", "number": 1, "reason": "误录", "approved_by": "li",'
        ' "replacement": {"fact": "voided", "number": 1, "reason": "误录", "approved_by": "li"}}',
    ],
    ids=["missing", "no such day", "not ISO", "unknown field", "unknown fact", "level", "choice", "amendment inside"],
)
def test_what_is_not_of_the_schema_is_refused(fact: str) -> None:
    with pytest.raises(MalformedError):
        read_fact(fact.encode())


def test_a_line_without_a_worker_is_refused() -> None:
    with pytest.raises(MalformedError):
        read(b'{"fact": {"fact": "resigned", "last_day": "2024-05-31"}}')


def test_a_stale_expected_number_is_refused(bench: Bench) -> None:
    bench.ledger.record(CAREER, [Said(fact=BEGUN)], author="clerk", expected=0)
    with pytest.raises(StaleCareerError):
        bench.ledger.record(CAREER, [Said(fact=resigned("2024-05-31"))], author="clerk", expected=0)
    assert len(bench.ledger.entries(CAREER, bench.ledger.known())) == 1


def test_nothing_is_stored_of_facts_of_which_one_is_refused(bench: Bench) -> None:
    with pytest.raises(MalformedError):
        bench.ledger.record(CAREER, [Said(fact=BEGUN), Said(fact=trained("2024-04-09", 7.25))], author="clerk")
    assert bench.ledger.known().position == 0
