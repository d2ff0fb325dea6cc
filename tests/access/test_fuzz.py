"""Whatever is brought as a token is refused as one, and in no other way; nothing of it is repeated."""

import json

from hypothesis import given
from hypothesis import strategies as st

from api.access.errors import TokenError
from tests.access.minting import NOW, Claims, claims, encoded, refused, token, verifier

VERIFIER = verifier()
"""One for all: a token that was refused must leave nothing behind that helps the next."""

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
PARTS = st.binary(max_size=60) | JSON


def raw(value: object) -> object:
    """JSON as a careless program writes it, NaN and halves of characters included; bytes as they are."""
    return value if isinstance(value, bytes) else json.dumps(value).encode()


def refuse(made: str) -> None:
    assert isinstance(refused(made, by=VERIFIER), TokenError)


@given(st.text(max_size=300) | st.text("ABCabc012-_.=", max_size=300))
def test_any_text_is_refused(text: str) -> None:
    refuse(text)


@given(st.binary(max_size=300))
def test_any_bytes_of_a_header_are_refused(data: bytes) -> None:
    refuse(data.decode("latin-1"))


@given(PARTS, PARTS, st.binary(max_size=80))
def test_any_three_parts_are_refused(head: object, body: object, signature: bytes) -> None:
    refuse(f"{encoded(raw(head))}.{encoded(raw(body))}.{encoded(signature)}")


@given(st.dictionaries(st.sampled_from(["alg", "kid", "typ", "crit", "b64", "jwk", "zip", "cty"]), JSON), JSON)
def test_any_header_that_its_signature_does_not_cover_is_refused(header: dict[str, object], more: object) -> None:
    _, body, signature = token().split(".")
    told = {"alg": "EdDSA", "kid": "EdDSA", **header, "more": more}
    refuse(f"{encoded(raw(told))}.{body}.{signature}")


@given(st.binary(max_size=200) | JSON.filter(lambda value: not isinstance(value, dict)))
def test_any_signed_content_that_is_no_object_is_refused(content: object) -> None:
    refuse(token(raw(content)))


@given(
    st.sampled_from(
        ["iss", "aud", "sub", "roles", "role", "jurisdiction", "exp", "nbf", "iat", "jti", "worker", "career"]
    ),
    JSON,
    st.booleans(),
)
def test_any_signed_claim_is_taken_as_what_it_is_or_refused(claim: str, value: object, worker: bool) -> None:
    whose: Claims = {"roles": ["worker"], "worker": "A-0417"} if worker else {}
    made = token(raw({**claims(**whose), claim: value}))
    try:
        subject = VERIFIER.verify(made, NOW)
    except TokenError:
        refuse(made)
        return
    assert subject.expires > NOW
    assert subject.name.isprintable()
    assert subject.token.isprintable()
    assert subject.roles
    assert (subject.career is not None) == ("worker" in subject.roles)


@given(st.integers(0, 10_000), st.characters(max_codepoint=127))
def test_a_good_token_with_one_letter_replaced_is_refused(place: int, letter: str) -> None:
    good = token()
    place %= len(good)
    made = good[:place] + letter + good[place + 1 :]
    if made != good:
        refuse(made)
