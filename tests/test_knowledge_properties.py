"""What must hold of any career: amendments and the order of recording change only what is known, and when."""

from collections.abc import Sequence
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.facts import AnyFact, Corrected, PlainFact, Voided
from domain.facts.base import happened_on
from domain.fold import fold
from domain.history import history
from projections.findings import findings_of
from projections.secretary_eligibility import secretary_eligibility
from projections.service_years import service_years
from projections.timeline import timeline
from tests.building import asked, entries_of, told
from tests.histories import careers, days_about, secretaries

MANY = settings(max_examples=200)

NUMBERED = ("entries", "unplaced")
"""What depends on the numbers of entries, which differ between two ways of recording the same."""


def answers(facts: Sequence[AnyFact], on) -> list:
    """All answers about these facts, without the numbers of entries."""
    career = fold(history(entries_of(facts)))
    question = asked(on)
    return [unnumbered(told(ask(career, question))) for ask in (service_years, secretary_eligibility, findings_of)]


def unnumbered(value):
    if isinstance(value, dict):
        return {key: unnumbered(one) for key, one in value.items() if key not in NUMBERED}
    if isinstance(value, list):
        return [unnumbered(one) for one in value]
    return value


@MANY
@given(st.data(), st.one_of(careers(shuffled=False), secretaries(shuffled=False)))
def test_the_order_of_recording_does_not_matter(data, facts):
    """Only on one day does it: there the numbers of the entries are the order."""
    on = data.draw(days_about(facts))
    shuffled = data.draw(st.permutations(facts))
    order = {id(fact): place for place, fact in enumerate(facts)}
    days: dict = {}
    for fact in shuffled:
        days.setdefault(happened_on(fact), []).append(fact)
    one_by_one = {day: iter(sorted(same, key=lambda fact: order[id(fact)])) for day, same in days.items()}
    recorded = [next(one_by_one[happened_on(fact)]) for fact in shuffled]
    assert answers(recorded, on) == answers(facts, on)


@MANY
@given(st.data(), careers())
def test_a_correction_is_as_if_it_had_been_recorded_right(data, facts):
    on = data.draw(days_about(facts))
    place = data.draw(st.integers(0, len(facts) - 1))
    wrong: PlainFact = data.draw(st.sampled_from(facts))
    right = facts[place]
    recorded = [*facts[:place], wrong, *facts[place + 1 :]]
    correction = Corrected(number=place + 1, replacement=right, reason="档案", approved_by="li")
    assert answers([*recorded, correction], on) == answers(facts, on)


@MANY
@given(st.data(), careers())
def test_a_correction_of_a_correction_is_as_if_it_had_been_recorded_right(data, facts):
    on = data.draw(days_about(facts))
    place = data.draw(st.integers(0, len(facts) - 1))
    wrong, still_wrong = data.draw(st.sampled_from(facts)), data.draw(st.sampled_from(facts))
    recorded = [*facts[:place], wrong, *facts[place + 1 :]]
    first = Corrected(number=place + 1, replacement=still_wrong, reason="档案", approved_by="li")
    second = Corrected(number=len(facts) + 1, replacement=facts[place], reason="再核", approved_by="li")
    assert answers([*recorded, first, second], on) == answers(facts, on)


@MANY
@given(st.data(), careers())
def test_a_voided_fact_is_as_if_it_had_never_been_recorded(data, facts):
    on = data.draw(days_about(facts))
    place = data.draw(st.integers(0, len(facts)))
    slip: PlainFact = data.draw(st.sampled_from(facts))
    recorded = [*facts[:place], slip, *facts[place:]]
    voiding = Voided(number=place + 1, reason="误录", approved_by="li")
    assert answers([*recorded, voiding], on) == answers(facts, on)


@MANY
@given(st.data(), careers())
def test_voiding_a_correction_revives_what_it_replaced(data, facts):
    on = data.draw(days_about(facts))
    place = data.draw(st.integers(0, len(facts) - 1))
    correction = Corrected(
        number=place + 1, replacement=data.draw(st.sampled_from(facts)), reason="档案", approved_by="li"
    )
    voiding = Voided(number=len(facts) + 1, reason="更正有误", approved_by="li")
    assert answers([*facts, correction, voiding], on) == answers(facts, on)


@MANY
@given(st.data(), careers())
def test_what_was_known_before_does_not_change(data, facts):
    """Later entries change no answer that is asked as known before them."""
    on = data.draw(days_about(facts))
    known = data.draw(st.integers(1, len(facts)))
    everything = entries_of(facts)
    earlier = fold(history([entry for entry in everything if entry.position <= known]))
    assert earlier == fold(history(entries_of(facts[:known])))
    assert told(service_years(earlier, asked(on))) == told(
        service_years(fold(history(entries_of(facts[:known]))), asked(on))
    )


@st.composite
def piles(draw) -> list[AnyFact]:
    """Facts of two people in any order, some missing, with amendments of any number: next to nothing fits."""
    facts: list[AnyFact] = [*draw(careers()), *draw(careers())]
    numbers = st.integers(1, len(facts) + 3)
    amendments: list[AnyFact] = draw(
        st.lists(
            st.one_of(
                st.builds(Voided, number=numbers, reason=st.just("误录"), approved_by=st.just("li")),
                st.builds(
                    Corrected,
                    number=numbers,
                    replacement=st.sampled_from(facts),
                    reason=st.just("档案"),
                    approved_by=st.just("li"),
                ),
            ),
            max_size=6,
        )
    )
    kept = [fact for fact in facts if draw(st.integers(0, 3))]
    return draw(st.permutations([*kept, *amendments]))


@MANY
@given(piles(), st.dates(date(2000, 1, 1), date(2030, 12, 31)))
def test_whatever_has_been_recorded_can_be_asked_about(facts, on):
    """What does not fit is set aside, and every entry is either placed or among the unplaced."""
    entries = entries_of(facts)
    told_history = history(entries)
    career = fold(told_history)
    everything = told(timeline(entries, told_history, career, asked(date(2030, 12, 31))))
    assert len(everything["items"]) == sum(not isinstance(fact, Corrected | Voided) for fact in facts)
    assert {misfit.number for misfit in career.misfits} == set(everything["unplaced"])
    assert answers(facts, on)
