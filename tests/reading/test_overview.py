"""A career at a glance: who, where, in which grade, as it stands on a day."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from domain.facts import AnyFact, Certified, Graded, Promoted
from domain.regulation.readings import DEFAULT
from projections.overview import overview
from tests.building import CAREER, asked, career_of, entries_of, told
from tests.given import (
    HOME,
    NEXT_DOOR,
    OTHER_LEAGUE,
    assessed,
    assigned,
    back,
    contract_ended,
    corrected,
    died,
    dismissed,
    given,
    hired,
    into,
    joined_party,
    leave,
    leave_over,
    out,
    registered,
    resolved,
    retired,
    seconded,
    suspended,
    term,
    term_over,
    voided,
)
from tests.histories import careers, days_about
from tests.kept.plain import Plain

HIRED = hired("2020-01-01")


def seen(*facts: AnyFact, on: str = "2024-06-30") -> Any:
    """The whole answer, as its JSON says it."""
    return told(overview(career_of(facts), asked(date.fromisoformat(on))))


def standing(*facts: AnyFact, on: str = "2024-06-30", without: frozenset[str] = frozenset()) -> tuple[Any, ...]:
    answer = told(overview(career_of(facts), asked(date.fromisoformat(on)), without))
    return tuple(answer["standing"].values())


def test_the_person_is_who_the_registration_says_whatever_day_is_asked_about_and_the_card_number_is_not_told():
    answer = seen(HIRED, registered("1988-05-20"), on="2019-01-01")
    assert (answer["name"], answer["sex"], answer["born"]) == ("钱丽娟", "female", "1988-05-20")
    assert "identity" not in str(answer)
    assert "150102198805" not in str(answer)


def test_before_a_registration_nobody_knows_who_it_is():
    given(HIRED).when_asked(overview).then(name=None, sex=None, born=None)


def test_the_last_entry_is_the_last_that_is_known_void_or_not():
    story = given(HIRED, term("2021-01-01"), voided(2))
    story.when_asked(overview).then(last_entry=3, offices=[])
    story.when_asked(overview, known_at=2).then(last_entry=2)
    assert len(seen(HIRED, term("2021-01-01"))["offices"]) == 1


def test_posts_are_those_of_the_day_with_the_stay_and_its_entries():
    story = given(HIRED, assigned("2022-06-01"), hired("2023-01-01", OTHER_LEAGUE, "committee", full_time=False))
    first = {
        "community": HOME,
        "role": "specialist",
        "full_time": True,
        "in_post_since": "2020-01-01",
        "here_since": "2020-01-01",
        "entries": [1],
    }
    story.when_asked(overview, on="2022-05-31").then(posts=[first])
    moved = {**first, "community": NEXT_DOOR, "here_since": "2022-06-01", "entries": [1, 2]}
    other = {
        "community": OTHER_LEAGUE,
        "role": "committee",
        "full_time": False,
        "in_post_since": "2023-01-01",
        "here_since": "2023-01-01",
        "entries": [3],
    }
    story.when_asked(overview, on="2023-01-01").then(posts=[moved, other])
    story.when_asked(overview, on="2019-12-31").then(posts=[])


def test_offices_and_grade_change_on_their_day():
    story = given(
        HIRED,
        term("2021-01-10", "director"),
        term_over("2022-01-31", office="director"),
        Promoted(on=date(2023, 3, 1), track="deputy", level=4),
        Graded(on=date(2021, 3, 1), track="staff", level=3, basis="initial"),
    )
    held = {"office": "director", "community": HOME, "mode": "elected", "since": "2021-01-10", "entries": [2]}
    story.when_asked(overview, on="2021-01-09").then(offices=[], grade=None)
    story.when_asked(overview, on="2022-01-31").then(offices=[held])
    story.when_asked(overview, on="2022-02-01").then(offices=[])
    staff = {"track": "staff", "level": 3, "since": "2021-03-01", "entries": [5]}
    story.when_asked(overview, on="2023-02-28").then(grade=staff)
    deputy = {"track": "deputy", "level": 4, "since": "2023-03-01", "entries": [4]}
    story.when_asked(overview, on="2023-03-01").then(grade=deputy)


def test_a_full_member_is_one_from_the_first_known_day_on():
    joined = [
        joined_party("2019-05-01"),
        joined_party("2020-05-01", "2022-05-01"),
        joined_party("2018-01-01", "2023-01-01"),
    ]
    story = given(HIRED, *joined)
    story.when_asked(overview, on="2022-04-30").then(full_member=None)
    story.when_asked(overview, on="2022-05-01").then(full_member={"since": "2022-05-01", "entries": [3]})


def test_the_latest_three_assessments_are_by_year_and_only_once_confirmed():
    facts = [
        HIRED,
        assessed(2023, "excellent"),
        assessed(2020),
        assessed(2022, "basic", confirmed_on="2024-05-01"),
        assessed(2021),
        corrected(3, assessed(2020, "excellent")),
    ]

    def years(on: str) -> list[tuple[int, str, list[int]]]:
        return [(one["year"], one["result"], one["entries"]) for one in seen(*facts, on=on)["assessments"]]

    assert years("2024-04-30") == [(2020, "excellent", [3, 6]), (2021, "competent", [5]), (2023, "excellent", [2])]
    assert years("2024-05-01") == [(2021, "competent", [5]), (2022, "basic", [4]), (2023, "excellent", [2])]


def test_certificates_are_told_with_their_numbers():
    story = given(HIRED, Certified(on=date(2022, 6, 1), level="assistant", certificate_no="蒙2022-17"))
    one = {"level": "assistant", "certificate_no": "蒙2022-17", "on": "2022-06-01", "entries": [2]}
    story.when_asked(overview, on="2022-06-01").then(certificates=[one])
    story.when_asked(overview, on="2022-05-31").then(certificates=[])


def test_what_does_not_fit_yet_is_told():
    assert seen(out("2019-01-01"), HIRED)["unplaced"] == [1]


# How the person stands


def test_in_a_post_it_is_the_gravest_absence_that_tells():
    lent, away, off = seconded("2024-01-10"), leave("2024-02-10"), suspended("2024-03-10")
    facts = [HIRED, lent, away, off]
    assert standing(*facts, on="2024-01-09") == ("in_service", "2020-01-01", [1])
    assert standing(*facts, on="2024-01-10") == ("seconded", "2024-01-10", [2])
    assert standing(*facts, on="2024-02-10") == ("on_leave", "2024-02-10", [3])
    assert standing(*facts, on="2024-03-10") == ("suspended", "2024-03-10", [4])
    over = [resolved("2024-04-01"), leave_over("2024-04-02"), back("2024-04-03")]
    assert standing(*facts, *over, on="2024-04-01")[0] == "suspended"
    assert standing(*facts, *over, on="2024-04-02")[0] == "on_leave"
    assert standing(*facts, *over, on="2024-04-03")[0] == "seconded"
    assert standing(*facts, *over, on="2024-04-04")[0] == "in_service"


def test_a_reader_who_is_not_shown_suspensions_cannot_tell_one_from_service():
    facts = [HIRED, suspended("2024-03-10")]
    assert standing(*facts, without=frozenset({"suspended"})) == ("in_service", "2020-01-01", [1])


@pytest.mark.parametrize(
    ("end", "kind"),
    [
        (retired("2024-05-31"), "retired"),
        (out("2024-05-31"), "transferred_out"),
        (dismissed("2024-05-31"), "out_of_service"),
        (contract_ended("2024-05-31"), "out_of_service"),
        (died("2024-05-31"), "dead"),
    ],
)
def test_on_the_last_day_one_still_serves_and_from_the_next_it_is_the_end_that_tells(end: AnyFact, kind: str):
    assert standing(HIRED, end, on="2024-05-31")[0] == "in_service"
    assert standing(HIRED, end, on="2024-06-01") == (kind, "2024-06-01", [2])


def test_who_serves_again_has_come_back():
    facts = [HIRED, out("2024-05-31"), into("2024-06-03")]
    assert standing(*facts, on="2024-06-02")[0] == "transferred_out"
    assert standing(*facts, on="2024-06-03") == ("in_service", "2024-06-03", [3])


def test_of_two_posts_that_end_on_one_day_a_retirement_tells_more():
    facts = [HIRED, hired("2021-01-01", OTHER_LEAGUE), contract_ended("2024-05-31"), retired("2024-05-31")]
    assert standing(*facts) == ("retired", "2024-06-01", [4])


@pytest.mark.parametrize("facts", [[registered()], [HIRED], [term("2019-01-01")]])
def test_who_has_had_no_post_by_the_day_never_served(facts: list[AnyFact]):
    assert standing(*facts, on="2019-12-31") == ("never_served", None, [])


@settings(max_examples=200)
@for_all(st.data(), careers())
def test_posts_offices_and_grade_are_those_of_the_roster(data: Any, facts: Any):
    on = data.draw(days_about(facts))
    answer = told(overview(career_of(facts), asked(on)))
    rows = Plain(CAREER, entries_of(facts), DEFAULT).roster("", on)
    mine = ("community", "role", "full_time", "in_post_since", "here_since")
    assert [[post[name] for name in mine] for post in answer["posts"]] == [[row[name] for name in mine] for row in rows]
    for row in rows:
        assert row["offices"] == [{name: one[name] for name in ("office", "community")} for one in answer["offices"]]
        assert row["grade"] == (answer["grade"] and {name: answer["grade"][name] for name in ("track", "level")})
    serving = answer["standing"]["kind"] in ("in_service", "seconded", "on_leave", "suspended")
    assert serving is bool(rows)
