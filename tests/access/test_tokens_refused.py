"""Tokens that were signed by the right key, and still do not speak for anybody."""

import json

import pytest

from api.access.claims import LATEST, LONGEST_NAME
from api.access.errors import BadTokenError, EarlyTokenError, ExpiredTokenError, MissingTokenError, TokenError
from api.access.tokens import LONGEST
from tests.access.minting import AUDIENCE, CAREER, NOW, WORKER, claims, encoded, refused, token

WORKERS = {"roles": ["worker"], "jurisdiction": None}


def kind_of(**more: object) -> type[TokenError]:
    return type(refused(token(claims(**more))))


def test_no_token_is_told_apart_from_a_bad_one() -> None:
    assert type(refused("")) is MissingTokenError


def test_a_token_is_no_longer_good_from_its_last_second_on() -> None:
    assert kind_of(exp=int(NOW)) is ExpiredTokenError
    assert kind_of(exp=int(NOW) - 3600) is ExpiredTokenError


@pytest.mark.parametrize("claim", ["nbf", "iat"])
def test_a_token_from_the_future_is_not_good_yet(claim: str) -> None:
    assert kind_of(**{claim: int(NOW) + 31}) is EarlyTokenError


@pytest.mark.parametrize(
    "more",
    [
        {"iss": "https://login.example.org/realms/other"},
        {"iss": "https://login.example.org/realms/office/"},
        {"iss": ["https://login.example.org/realms/office"]},
        {"iss": None},
        {"aud": "somebody-else"},
        {"aud": ["somebody-else", AUDIENCE.upper()]},
        {"aud": [[AUDIENCE]]},
        {"aud": {AUDIENCE: True}},
        {"aud": []},
        {"aud": None},
    ],
)
def test_another_issuer_or_audience_is_refused(more: dict[str, object]) -> None:
    assert kind_of(**more) is BadTokenError


@pytest.mark.parametrize("time", [None, True, "1795507200", [], {}, -1, LATEST + 1, 10**400])
def test_an_expiry_that_is_no_time_is_refused(time: object) -> None:
    assert kind_of(exp=time) is BadTokenError


@pytest.mark.parametrize("claim", ["nbf", "iat"])
@pytest.mark.parametrize("time", [False, "0", -1, 1e300])
def test_a_beginning_that_is_no_time_is_refused(claim: str, time: object) -> None:
    assert kind_of(**{claim: time}) is BadTokenError


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "9" * 5000])
def test_an_expiry_that_is_no_number_of_json_or_none_that_ends_is_refused(number: str) -> None:
    text = json.dumps(claims(exp=0)).replace('"exp": 0', f'"exp": {number}')
    assert type(refused(token(text.encode()))) is BadTokenError


@pytest.mark.parametrize("claim", ["sub", "jti"])
@pytest.mark.parametrize(
    "name", ["", " ", " clerk", "clerk\n", "a\x00b", "a\u202eb", "\ud800", "名" * (LONGEST_NAME + 1), 7, ["clerk"], {}]
)
def test_a_name_that_cannot_be_shown_as_it_is_is_refused(claim: str, name: object) -> None:
    assert kind_of(**{claim: name}) is BadTokenError


def test_a_token_without_a_subject_is_refused() -> None:
    assert kind_of(sub=None) is BadTokenError


@pytest.mark.parametrize(
    "more",
    [
        {"roles": None},
        {"roles": []},
        {"roles": ["a-strange-role", "Clerk", "clerk "]},
        {"roles": "clerk"},
        {"roles": {"clerk": True}},
        {"roles": ["clerk", 1]},
        {"roles": ["clerk", ["auditor"]]},
        {"role": ["auditor"]},
        {"roles": None, "role": "a-strange-role"},
    ],
)
def test_a_token_without_a_known_role_is_refused(more: dict[str, object]) -> None:
    assert kind_of(**more) is BadTokenError


@pytest.mark.parametrize("code", [None, "", "1", "999999", "15010", 1501, ["1501"], "１５"])
def test_every_role_but_worker_needs_a_jurisdiction_of_the_table(code: object) -> None:
    assert kind_of(jurisdiction=code) is BadTokenError
    assert kind_of(roles=["worker", "inspector"], career=str(CAREER), jurisdiction=code) is BadTokenError


@pytest.mark.parametrize("code", ["", "999999", 15])
def test_a_jurisdiction_that_a_worker_need_not_have_must_still_be_one(code: object) -> None:
    assert kind_of(roles=["worker"], career=str(CAREER), jurisdiction=code) is BadTokenError


@pytest.mark.parametrize(
    "whose",
    [
        {},
        {"worker": ""},
        {"worker": 150102},
        {"worker": None, "career": "not-a-uuid"},
        {"career": 1},
        {"worker": "\ud800"},
        {"worker": WORKER, "career": str(CAREER)},
    ],
)
def test_a_worker_needs_one_own_career(whose: dict[str, object]) -> None:
    assert kind_of(**WORKERS, **whose) is BadTokenError


@pytest.mark.parametrize("content", [b"", b"[]", b"7", b'"text"', b"{", b"\xff\xfe{}", b"[" * 5000, b"{}x"])
def test_content_that_is_no_json_object_is_refused(content: bytes) -> None:
    assert type(refused(token(content or b" "))) is BadTokenError


@pytest.mark.parametrize("again", ['"sub": "chief"', '"roles": ["auditor"]', '"nested": {"a": 1, "a": 2}'])
def test_content_that_says_something_twice_is_refused(again: str) -> None:
    text = json.dumps(claims())[:-1] + f", {again}}}"
    assert type(refused(token(text.encode()))) is BadTokenError


def test_json_in_another_encoding_is_refused() -> None:
    assert type(refused(token(json.dumps(claims()).encode("utf-16")))) is BadTokenError


def test_a_token_past_the_longest_is_not_even_looked_at() -> None:
    long = token(claims(padding="x" * LONGEST))
    assert type(refused(long)) is BadTokenError
    assert f"{LONGEST}" in refused("x" * (LONGEST + 1)).say("en")


def test_a_token_that_was_cut_off_or_altered_is_refused() -> None:
    good = token()
    head, body, signature = good.split(".")
    for bad in (
        good[:-1],
        good[:-4],
        good[1:],
        f"{head}.{body}",
        f"{head}.{body}.",
        f"{head}..{signature}",
        f".{body}.{signature}",
        f"{good}.{signature}",
        f"{good}=",
        f"{good}==",
        f"{good}\n",
        f" {good}",
        f"{head}.{encoded(claims(sub='chief'))}.{signature}",
        f"{encoded({'alg': 'EdDSA', 'kid': 'EdDSA', 'typ': 'at+jwt'})}.{body}.{signature}",
        good.replace(".", "·"),
        "Bearer",
        "令牌",
        "\ud800",
    ):
        assert type(refused(bad)) is BadTokenError


def test_any_change_of_one_letter_is_refused() -> None:
    good = token()
    for place, letter in enumerate(good):
        refused(good[:place] + ("A" if letter != "A" else "B") + good[place + 1 :])
