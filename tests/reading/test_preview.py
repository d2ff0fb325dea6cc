"""What would change if some entries were recorded."""

from typing import Any

from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from domain.facts import AnyFact
from domain.known import Known
from projections.compare import compare
from projections.preview import preview
from tests.building import LEARNED, asked, entries_of, told
from tests.given import corrected, day, hired, resigned, suspended, voided
from tests.histories import careers, days_about
from tests.kept.populations import amendments

ON = day("2026-06-30")


def previewed(known: list[AnyFact], *drafted: AnyFact) -> Any:
    entries = entries_of([*known, *drafted])
    return told(preview(entries[: len(known)], entries[len(known) :], asked(ON)))


def figures(answer: Any) -> dict[str, tuple[Any, Any]]:
    return {one["field"]: (one["before"], one["after"]) for one in answer["answers"]}


def test_the_first_entry_of_a_career_is_previewed_too():
    answer = previewed([], hired("2026-06-01"))
    assert answer["drafted"] == [1]
    (fact,) = answer["facts"]
    assert (fact["difference"], fact["number"], fact["before"]) == ("learned", 1, None)
    assert fact["because"][0]["number"] == 1
    assert figures(answer)["cumulative.days"] == (0, 30)
    assert answer["unplaced"] == []


def test_a_correction_shows_what_it_would_read_and_what_that_comes_to():
    answer = previewed([hired("2026-06-01")], corrected(1, hired("2026-05-01"), reason="档案原件载明"))
    (fact,) = answer["facts"]
    assert (fact["difference"], fact["before"]["on"], fact["after"]["on"]) == ("changed", "2026-06-01", "2026-05-01")
    assert [(cause["number"], cause["reason"]) for cause in fact["because"]] == [(2, "档案原件载明")]
    assert figures(answer)["cumulative.days"] == (30, 61)


def test_several_entries_are_previewed_as_one_whole():
    answer = previewed([hired("2026-06-01")], voided(1), hired("2026-06-11"))
    assert answer["drafted"] == [2, 3]
    assert [(one["number"], one["difference"]) for one in answer["facts"]] == [(1, "voided"), (3, "learned")]
    assert figures(answer)["cumulative.days"] == (30, 20)


def test_findings_that_would_come_and_go_are_told():
    known: list[AnyFact] = [hired("2020-01-01"), hired("2021-01-01", at="150102001002"), suspended("2026-01-01")]
    gone = previewed(known, voided(2))["findings_gone"]
    assert "double_post" in [one["rule"] for one in gone]
    new = previewed(known[:1], known[1])["findings_new"]
    assert "double_post" in [one["rule"] for one in new]


def test_what_would_not_fit_is_told():
    assert previewed([hired("2026-06-01")], resigned("2025-01-01"))["unplaced"] == [2]
    assert previewed([hired("2026-06-01")], hired("2026-06-02"))["unplaced"] == [2]


@settings(max_examples=200)
@for_all(st.data(), careers(min_facts=1))
def test_a_preview_is_the_comparison_that_can_be_made_once_the_entries_are_recorded(data: Any, facts: Any):
    on = data.draw(days_about(facts))
    entries = entries_of([*facts, *data.draw(amendments(facts))])
    known = data.draw(st.integers(0, len(entries)))
    before = preview(entries[:known], entries[known:], asked(on))
    after = compare(entries, Known(known, LEARNED), Known(len(entries), LEARNED), asked(on))
    for field in ("career", "worker", "on", "facts", "answers", "findings_gone", "findings_new", "readings", "rules"):
        assert getattr(before, field) == getattr(after, field), field
