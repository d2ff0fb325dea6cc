"""The one decision, as a matrix: every action, role, place, purpose and moment, against a table written by hand."""

from itertools import chain, combinations
from typing import Any, get_args
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.access.policy import PERMITTED, Action, Denied, Division, Granted, Person, Purpose, Resource, decide
from api.access.subject import ROLES, Role, Subject
from tests.web.specification import ALL_ACTIONS, ALL_ROLES, MAY, SAYS_WHAT_FOR

NOW, EXPIRES = 1_795_507_200.0, 1_795_510_800
ONE, OTHER = UUID(int=1), UUID(int=2)
STREET = "150102001"

RESOURCES: list[tuple[str, Resource, bool]] = [
    ("a list that is limited by itself", None, True),
    ("somebody of the street", Person(OTHER, ("150102001001",)), True),
    ("somebody who is announced to the street", Person(OTHER, ("150203001015", "150102001")), True),
    ("somebody of the street and of another", Person(OTHER, ("150102002001", "150102001002")), True),
    ("somebody next door", Person(OTHER, ("150102002001",)), False),
    ("somebody of another league", Person(OTHER, ("150203001015",)), False),
    ("somebody who is announced to the banner next to it", Person(OTHER, ("150203001015", "150103001")), False),
    ("somebody of no post yet, in reach of the region alone", Person(OTHER, ("15",)), False),
    ("nobody", Person(OTHER, ()), False),
    ("the street", Division("150102001"), True),
    ("a community of it", Division("150102001001"), True),
    ("the street next door", Division("150102002"), False),
    ("a community next door", Division("150102002001"), False),
    ("the banner above it", Division("150102"), False),
    ("another league", Division("1502"), False),
    ("the region", Division("15"), False),
]
"""Whom or what it is about, and whether the street may be told."""

PURPOSES = [Purpose(), Purpose("接收调动", ""), Purpose("", "NJ-2026-012"), Purpose("接收调动", "NJ-2026-012")]


def subject(*roles: Role, career: UUID | None = None, jurisdiction: str = STREET) -> Subject:
    return Subject("somebody", frozenset(roles), jurisdiction, "a token", EXPIRES, career)


def specified(action: Action, role: Role, resource: Resource, reached: bool, purpose: Purpose) -> Granted | Denied:
    """What the table says of one role; `reached` is whether the street may be told."""
    allowed = MAY[action, role]
    if allowed == ".":
        return Denied("role")
    says = SAYS_WHAT_FOR.get(role)
    if says == "purpose" and not purpose.purpose:
        return Denied("purpose")
    if says == "case_number" and not purpose.case_number:
        return Denied("case_number")
    mine = isinstance(resource, Person) and resource.career == ONE
    return Granted(role) if (mine if allowed == "own" else reached) else Denied("reach")


def test_the_table_has_every_action_and_every_role() -> None:
    assert set(ALL_ACTIONS) == set(get_args(Action)) == set(PERMITTED)
    assert set(ALL_ROLES) == set(ROLES)


@pytest.mark.parametrize("action", ALL_ACTIONS)
@pytest.mark.parametrize("role", ALL_ROLES)
def test_one_role_may_do_what_the_table_says(action: Action, role: Role) -> None:
    asker = subject(role, career=ONE if role == "worker" else None)
    for name, resource, reached in RESOURCES:
        for purpose in PURPOSES:
            wanted = specified(action, role, resource, reached, purpose)
            assert decide(asker, action, resource, purpose, NOW) == wanted, (name, purpose)


@pytest.mark.parametrize("action", ALL_ACTIONS)
def test_a_person_may_see_the_own_career_wherever_it_is_and_no_other(action: Action) -> None:
    asker = subject("worker", career=ONE, jurisdiction="-")
    for places in (("150203001015",), ("15",), ()):
        own = decide(asker, action, Person(ONE, places), Purpose(), NOW)
        assert own == (Granted("worker") if MAY[action, "worker"] == "own" else Denied("role"))
        assert decide(asker, action, Person(OTHER, places), Purpose(), NOW) in (Denied("role"), Denied("reach"))


@pytest.mark.parametrize("action", ALL_ACTIONS)
@pytest.mark.parametrize("role", ALL_ROLES)
def test_from_the_second_of_its_expiry_on_a_token_is_good_for_nothing(action: Action, role: Role) -> None:
    asker = subject(role, career=ONE)
    for _, resource, reached in RESOURCES:
        for late in (EXPIRES, EXPIRES + 0.5, EXPIRES + 10**6):
            assert decide(asker, action, resource, PURPOSES[-1], late) == Denied("expired")
        in_time = decide(asker, action, resource, PURPOSES[-1], EXPIRES - 0.001)
        assert in_time == specified(action, role, resource, reached, PURPOSES[-1])


COMPANIES = [frozenset(some) for some in chain.from_iterable(combinations(ALL_ROLES, n) for n in (2, 3, 7))]


@pytest.mark.parametrize("action", ALL_ACTIONS)
def test_several_roles_may_do_what_one_of_them_may_and_act_in_that_one(action: Action) -> None:
    for roles in COMPANIES:
        asker = subject(*roles, career=ONE)
        for _, resource, _ in [*RESOURCES, ("the person concerned", Person(ONE, ()), False)]:
            for purpose in PURPOSES:
                alone = {role: decide(subject(role, career=ONE), action, resource, purpose, NOW) for role in roles}
                decision = decide(asker, action, resource, purpose, NOW)
                granted = {role for role, one in alone.items() if isinstance(one, Granted)}
                if granted:
                    assert isinstance(decision, Granted)
                    assert decision.role in granted
                else:
                    assert decision in alone.values()
                    assert (decision == Denied("role")) == all(one == Denied("role") for one in alone.values())


@given(
    st.frozensets(st.sampled_from(ALL_ROLES), min_size=1),
    st.sampled_from(ALL_ACTIONS),
    st.sampled_from(PURPOSES),
    st.lists(st.sampled_from(["15", "1502", "150102002", "150102002001", "150203001015"])).map(tuple),
)
def test_who_is_out_of_reach_is_refused_as_who_does_not_exist(
    roles: Any, action: Action, purpose: Purpose, places: tuple[str, ...]
) -> None:
    asker = subject(*roles, career=ONE)
    there = decide(asker, action, Person(OTHER, places), purpose, NOW)
    assert there == decide(asker, action, Person(UUID(int=3), ()), purpose, NOW)
    assert isinstance(there, Denied)


@given(st.sampled_from(ALL_ROLES), st.sampled_from(ALL_ACTIONS), st.sampled_from(PURPOSES))
def test_the_region_has_everybody_in_reach(role: Role, action: Action, purpose: Purpose) -> None:
    asker = subject(role, career=ONE, jurisdiction="15")
    for _, resource, _ in RESOURCES:
        if resource is not None and resource != Person(OTHER, ()):
            assert decide(asker, action, resource, purpose, NOW) == specified(action, role, resource, True, purpose)
