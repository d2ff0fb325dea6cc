"""Whom a good token speaks for."""

from hashlib import sha256

import pytest

from api.access.claims import NOWHERE
from api.access.subject import ROLES, Subject
from tests.access.minting import (
    AUDIENCE,
    CAREER,
    NOW,
    STREET,
    WORKER,
    Claims,
    career_of,
    claims,
    keys,
    token,
    verifier,
)


def subject(**more: object) -> Subject:
    return verifier().verify(token(claims(**more)), NOW)


def own(**more: object) -> Claims:
    """Claims of a worker who asks about the own career."""
    return {"roles": ["worker"], "jurisdiction": None, **more}


@pytest.mark.parametrize("kind", ["EdDSA", "ES256", "RS256"])
def test_a_token_of_each_algorithm_speaks_for_its_subject(kind: str) -> None:
    assert verifier().verify(token(kind=kind), NOW) == Subject(
        name="clerk-150102001",
        roles=frozenset({"clerk"}),
        jurisdiction=STREET,
        token="token-0417",
        expires=int(NOW) + 3600,
    )


def test_a_token_without_a_name_of_its_own_is_called_by_its_digest() -> None:
    made = token(claims(jti=None))
    assert verifier().verify(made, NOW).token == sha256(made.encode()).hexdigest()[:16]


def test_a_token_may_be_meant_for_others_too() -> None:
    assert subject(aud=["account", AUDIENCE])


@pytest.mark.parametrize("header", [{"typ": None}, {"typ": "at+jwt"}, {"typ": "application/at+JWT"}])
def test_a_token_may_be_an_access_token_by_type_or_say_nothing_of_it(header: dict[str, str]) -> None:
    assert verifier().verify(token(**header), NOW)


@pytest.mark.parametrize("role", ROLES)
def test_every_role_can_be_told_alone_or_in_a_list(role: str) -> None:
    whose = {"career": str(CAREER)} if role == "worker" else {}
    assert subject(roles=[role], **whose).roles == {role}
    assert subject(roles=None, role=role, **whose).roles == {role}


def test_several_roles_are_held_at_once_and_strange_ones_passed_over() -> None:
    assert subject(roles=["auditor", "a-strange-role", "clerk"], role="approver").roles == {
        "auditor",
        "clerk",
        "approver",
    }


def test_a_worker_is_led_to_the_own_career_by_the_offices_key_or_by_its_uuid() -> None:
    assert subject(**own(worker=WORKER)).career == career_of(WORKER)
    assert subject(**own(career=str(CAREER))).career == CAREER
    assert subject(**own(worker=WORKER, career=str(career_of(WORKER)))).career == career_of(WORKER)


def test_a_worker_without_a_jurisdiction_has_none_that_any_code_begins_with() -> None:
    assert subject(**own(career=str(CAREER))).jurisdiction == NOWHERE
    assert not STREET.startswith(NOWHERE)


def test_a_clerk_has_no_career_of_the_own_even_if_the_token_names_one() -> None:
    assert subject(career=str(CAREER)).career is None


def test_an_inspector_who_is_a_worker_too_has_both() -> None:
    both = subject(roles=["inspector", "worker"], career=str(CAREER))
    assert (both.jurisdiction, both.career) == (STREET, CAREER)


def test_a_token_without_a_kid_is_verified_by_the_only_key_that_fits() -> None:
    assert verifier(keys("EdDSA", "RS256")).verify(token(kid=None), NOW)


def test_the_issuers_clock_may_be_half_a_minute_ahead() -> None:
    assert subject(iat=int(NOW) + 30, nbf=int(NOW) + 30)


def test_a_token_is_good_up_to_its_last_second_and_half_seconds_are_cut_off() -> None:
    made = token(claims(exp=NOW + 10.5))
    assert verifier().verify(made, NOW + 9.999).expires == int(NOW) + 10
