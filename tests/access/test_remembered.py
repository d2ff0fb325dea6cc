"""Tokens that were verified before: their signature is not checked again, and everything that can change is."""

from threading import Thread

import pytest

from api.access.errors import BadTokenError, EarlyTokenError, ExpiredTokenError
from api.access.jwks import KeySet, key_set
from api.access.keys import Keys
from api.access.tokens import Verifier
from tests.access.minting import NOW, STREET, career_of, claims, jwk, keys, refused, token, verifier


class Changing(Keys):
    """Keys that a test changes."""

    def __init__(self, held: KeySet) -> None:
        self.held = held
        self.sought = 0

    def current(self, now: float) -> KeySet:
        return self.held

    def find(self, kid: str | None, algorithm: str, now: float) -> object:
        self.sought += 1
        return super().find(kid, algorithm, now)


@pytest.fixture
def changing() -> Changing:
    return Changing(keys())


def test_a_token_is_looked_at_once(changing: Changing) -> None:
    one = verifier(keys=changing)
    assert one.verify(token(), NOW) is one.verify(token(), NOW + 1)
    assert changing.sought == 1


def test_a_remembered_token_expires_at_its_second(changing: Changing) -> None:
    one, made = verifier(keys=changing), token()
    assert one.verify(made, NOW + 3599.9)
    assert type(refused(made, by=one, now=NOW + 3600)) is ExpiredTokenError
    assert changing.sought == 1


def test_a_remembered_token_is_not_good_yet_if_the_clock_is_set_back() -> None:
    one, made = verifier(), token(claims(nbf=int(NOW)))
    assert one.verify(made, NOW)
    assert one.verify(made, NOW - 30)
    assert type(refused(made, by=one, now=NOW - 31)) is EarlyTokenError


def test_a_token_that_is_refused_is_not_remembered(changing: Changing) -> None:
    one = verifier(keys=changing)
    for _ in range(2):
        assert type(refused(token(claims(exp=int(NOW))), by=one)) is ExpiredTokenError
        assert type(refused(token(number=1), by=one)) is BadTokenError
    assert changing.sought == 4


def test_a_remembered_token_goes_with_the_key_that_verified_it(changing: Changing) -> None:
    one, made = verifier(keys=changing), token(kid=None)
    assert one.verify(made, NOW)
    changing.held = key_set([jwk("RS256")])
    assert type(refused(made, by=one)) is BadTokenError
    changing.held = keys()
    assert one.verify(made, NOW)
    assert changing.sought == 3


def test_a_key_replaced_by_another_of_its_name_is_gone(changing: Changing) -> None:
    one, made = verifier(keys=changing), token()
    assert one.verify(made, NOW)
    changing.held = key_set([jwk("EdDSA", "EdDSA", 1)])
    assert type(refused(made, by=one)) is BadTokenError
    assert one.verify(token(number=1), NOW)


def test_the_keys_may_be_read_anew_as_long_as_the_key_is_among_them(changing: Changing) -> None:
    one, made = verifier(keys=changing), token()
    assert one.verify(made, NOW)
    changing.held = keys("EdDSA")
    assert one.verify(made, NOW)
    assert changing.sought == 1


def test_a_bounded_number_of_tokens_is_remembered_and_the_least_used_forgotten(changing: Changing) -> None:
    one = verifier(keys=changing, remembered=8)
    made = [token(claims(jti=f"t{number}")) for number in range(100)]
    for each in made:
        one.verify(each, NOW)
        one.verify(made[0], NOW)
    assert len(one._verified) == 8
    assert changing.sought == 100
    one.verify(made[0], NOW)
    assert changing.sought == 100
    one.verify(made[1], NOW)
    assert changing.sought == 101


def test_nothing_of_a_token_is_kept_but_whom_it_speaks_for() -> None:
    one, made = verifier(), token()
    one.verify(made, NOW)
    kept = repr([*one._verified.items()])
    assert not any(part in kept for part in made.split("."))


def test_what_cannot_be_told_of_a_career_is_not_the_tokens_fault() -> None:
    def no_key(_: str) -> object:
        raise LookupError("no digest key")

    made = token(claims(roles=["worker"], worker="A-0417"))
    with pytest.raises(LookupError):
        verifier(career_of=no_key).verify(made, NOW)
    assert verifier().verify(made, NOW).career == career_of("A-0417")


def test_many_threads_get_the_same_answers() -> None:
    one = verifier(remembered=16)
    made = [token(claims(sub=f"clerk-{number}", jti=None)) for number in range(32)]
    wrong: list[object] = []

    def ask(one: Verifier, first: int) -> None:
        for turn in range(400):
            number = (first * 7 + turn) % len(made)
            told = one.verify(made[number], NOW)
            if told.name != f"clerk-{number}" or told.jurisdiction != STREET:
                wrong.append(told)

    threads = [Thread(target=ask, args=(one, first)) for first in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert len(one._verified) <= 16
