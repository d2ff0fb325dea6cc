"""Which secretaries of a division are eligible, and which careers an answer may be missing."""

from datetime import date

from domain.facts import AnyFact
from domain.words import said
from projections.division_findings import findings_in
from projections.eligible import eligible
from projections.happened import happened
from projections.kept.snapshot import Parked
from projections.roster import roster
from tests.given import (
    HOME,
    OTHER_LEAGUE,
    assessed,
    hired,
    joined_party,
    registered,
    term,
    term_over,
    trained,
)
from tests.kept.asking import on_roster, secretaries
from tests.kept.shelves import asked_of, entries_by_career, facts_in, kept, uuid_of

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
