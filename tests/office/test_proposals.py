"""A correction that waits for a second person: proposed once, decided once, never edited."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.office.errors import AlreadyDecidedError, OtherProposalError, ProposalNotFoundError, UnkeepableError
from api.office.opening import Office, office_of
from api.office.records import Proposal
from domain.errors import LedgerError
from tests.office.desk import PATIENCE, answered, career, later, opened, told
from tests.running import NOW, Database

pytestmark = pytest.mark.stores("sqlite", "postgres")

SAID: Any = '{"type":"corrected","number":3,"fact":{"type":"hired","on":"2018-03-01"}}'


def proposed(place: int, **changes: Any) -> Proposal:
    one = Proposal(UUID(int=place), career(place % 3), SAID, "赛人社〔2026〕17号", 5, "clerk-1", NOW)
    return msgspec.structs.replace(one, **changes)


def approve(office: Office, place: int, **changes: Any) -> Proposal:
    words: dict[str, Any] = {"by": "chief-1", "at": later(60), "decision": "同意", "entry": 6} | changes
    return office.proposals.decide(UUID(int=place), words.pop("state", "approved"), **words)


def test_a_proposal_is_found_as_it_was_proposed_also_later(database: Database) -> None:
    with opened(database) as office:
        assert office.proposals.propose(proposed(1)) == proposed(1)
    with opened(database) as office:
        assert office.proposals.find(UUID(int=1)) == proposed(1)
        assert office.proposals.find(UUID(int=2)) is None


def test_proposing_again_changes_nothing_and_something_else_is_refused(database: Database) -> None:
    with opened(database) as office:
        office.proposals.propose(proposed(1))
        assert office.proposals.propose(proposed(1, proposed_at=later(3600))) == proposed(1)
        others = {"career": career(9), "amendment": "{}", "act": "", "expected": 6, "proposed_by": "clerk-2"}
        for field, value in others.items():
            with pytest.raises(OtherProposalError, match="an id of its own"):
                office.proposals.propose(proposed(1, **{field: value}))
        decided = approve(office, 1)
        assert office.proposals.propose(proposed(1)) == decided
        assert office.proposals.pending() == []


def test_a_decision_is_stored_once(database: Database) -> None:
    decided = proposed(1, state="approved", decided_by="chief-1", decided_at=later(60), decision="同意", entry=6)
    with opened(database) as office:
        office.proposals.propose(proposed(1))
        assert approve(office, 1) == decided
        assert approve(office, 1, at=later(9999)) == decided
        others: list[dict[str, Any]] = [
            {"state": "rejected", "entry": None},
            {"by": "chief-2"},
            {"decision": ""},
            {"entry": 7},
        ]
        for other in others:
            with pytest.raises(AlreadyDecidedError, match=r"already been decided \(approved\)"):
                approve(office, 1, **other)
        assert office.proposals.find(UUID(int=1)) == decided


def test_a_rejection_says_why_and_records_nothing(database: Database) -> None:
    with opened(database) as office:
        office.proposals.propose(proposed(1))
        told = approve(office, 1, state="rejected", decision="证据不足", entry=None)
        assert (told.state, told.decision, told.entry, told.decided_at) == ("rejected", "证据不足", None, later(60))
        with pytest.raises(AlreadyDecidedError, match=r"\(rejected\)"):
            approve(office, 1)
        assert office.proposals.find(UUID(int=1)) == told


def test_an_approval_can_be_stored_before_its_entry_is_known(database: Database) -> None:
    """So nobody can reject meanwhile what the ledger is just recording; and what stopped in between goes on."""
    with opened(database) as office:
        office.proposals.propose(proposed(1))
        assert approve(office, 1, entry=None).entry is None
        with pytest.raises(AlreadyDecidedError):
            approve(office, 1, state="rejected", entry=None)
        with pytest.raises(AlreadyDecidedError):
            approve(office, 1, by="chief-2", entry=8)
        assert approve(office, 1, entry=6).entry == 6
        assert approve(office, 1, entry=None).entry == 6
        with pytest.raises(AlreadyDecidedError):
            approve(office, 1, entry=7)


def test_nothing_is_decided_on_what_nobody_proposed(database: Database) -> None:
    with opened(database) as office:
        with pytest.raises(ProposalNotFoundError):
            approve(office, 1)
        office.proposals.propose(proposed(1))
        assert office.proposals.find(UUID(int=1)) == proposed(1)


def test_text_that_cannot_be_stored_is_refused(database: Database) -> None:
    with opened(database) as office:
        with pytest.raises(UnkeepableError, match="act: has a character"):
            office.proposals.propose(proposed(1, act="\0"))
        office.proposals.propose(proposed(1))
        with pytest.raises(UnkeepableError, match="decision: has a character"):
            approve(office, 1, decision="\ud800")
        assert office.proposals.pending() == [proposed(1)]


def test_of_those_who_decide_at_once_one_has_decided(database: Database) -> None:
    people, rounds = 6, 8
    with opened(database) as office, opened(database) as other, ThreadPoolExecutor(people) as threads:
        offices = [office, other] if isinstance(database, str) else [office, office]
        together = Barrier(people)

        def decide(person: int, place: int) -> Proposal | None:
            together.wait(PATIENCE)
            state = "approved" if person % 2 else "rejected"
            try:
                return approve(offices[person % 2], place, state=state, by=f"chief-{person}", entry=None)
            except AlreadyDecidedError:
                return None

        for place in range(rounds):
            office.proposals.propose(proposed(place))
            decided = [one for one in threads.map(decide, range(people), [place] * people) if one is not None]
            assert decided == [office.proposals.find(UUID(int=place))]


def test_proposing_at_once_stores_once_and_leaves_no_gap(database: Database) -> None:
    with opened(database) as office, ThreadPoolExecutor(6) as threads:
        for future in [threads.submit(office.proposals.propose, proposed(number % 10)) for number in range(60)]:
            future.result(PATIENCE)
        office.log.submit(answered(1)).result(PATIENCE)
    assert told(database, "SELECT number FROM proposals ORDER BY number") == [(number,) for number in range(1, 11)]


def test_the_waiting_are_paged_in_the_order_in_which_they_came(database: Database) -> None:
    order = [5, 3, 9, 1, 7, 2, 8]
    with opened(database) as office:
        for place in order:
            office.proposals.propose(proposed(place))
        approve(office, 9)
        approve(office, 8, state="rejected", entry=None)

        def places(found: list[Proposal]) -> list[int]:
            return [one.id.int for one in found]

        assert places(office.proposals.pending()) == [5, 3, 1, 7, 2]
        assert places(office.proposals.pending(limit=2)) == [5, 3]
        assert places(office.proposals.pending(UUID(int=3), 2)) == [1, 7]
        assert places(office.proposals.pending(UUID(int=9))) == [1, 7, 2]  # Decided since it was on a page.
        assert places(office.proposals.pending(UUID(int=2))) == []
        assert places(office.proposals.of_career(career(2))) == [5, 2, 8]


acts = st.lists(
    st.tuples(
        st.sampled_from(["propose", "approve", "reject", "enter"]),
        st.integers(1, 3),
        st.sampled_from(["one", "other"]),
    ),
    max_size=30,
)


def model_of(known: dict[int, Proposal], act: str, place: int, who: str) -> Proposal | type[LedgerError]:
    """What should come of an act; the plainest way to say it."""
    before = known.get(place)
    if act == "propose":
        if before is not None and before.proposed_by != who:
            return OtherProposalError
        return before or proposed(place, proposed_by=who)
    if before is None:
        return ProposalNotFoundError
    state: Any = "rejected" if act == "reject" else "approved"
    if before.state == "pending":
        decided = msgspec.structs.replace(before, state=state, decided_by=who, decided_at=later(1), decision="")
        return msgspec.structs.replace(decided, entry=6) if act == "enter" else decided
    if (before.state, before.decided_by) != (state, who):
        return AlreadyDecidedError
    return msgspec.structs.replace(before, entry=6) if act == "enter" else before


def done(office: Office, act: str, place: int, who: str) -> Proposal | type[LedgerError]:
    try:
        if act == "propose":
            return office.proposals.propose(proposed(place, proposed_by=who))
        state: Any = "rejected" if act == "reject" else "approved"
        return office.proposals.decide(UUID(int=place), state, who, later(1), "", 6 if act == "enter" else None)
    except LedgerError as error:
        return type(error)


@pytest.mark.stores("sqlite")
@settings(max_examples=150)
@given(acts)
def test_whatever_is_done_in_whatever_order_it_is_as_the_plain_model_says(steps: list[tuple[str, int, str]]) -> None:
    office = office_of("sqlite:///:memory:")
    known: dict[int, Proposal] = {}
    for act, place, who in steps:
        expected = model_of(known, act, place, who)
        assert done(office, act, place, who) == expected
        if isinstance(expected, Proposal):
            known[place] = expected
        assert office.proposals.pending() == [one for one in known.values() if one.state == "pending"]
        assert [office.proposals.find(UUID(int=place)) for place in known] == list(known.values())
    office.close()
