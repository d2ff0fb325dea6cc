"""Tokens that somebody made who has none of our keys. What is public must not help."""

import base64
import json

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from api.access.errors import BadTokenError
from api.access.jwks import key_set
from tests.access.minting import NOW, claims, encoded, jwk, key, refused, token, verifier, with_hmac
from tests.access.provider import provider


def public_forms(kind: str) -> list[bytes]:
    """All that a careless verifier might take for a shared secret."""
    public = key(kind).public_key()
    forms = [
        public.public_bytes(encoding, PublicFormat.SubjectPublicKeyInfo) for encoding in (Encoding.PEM, Encoding.DER)
    ]
    forms += [
        forms[0].strip(),
        json.dumps(jwk(kind)).encode(),
        public.public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH),
    ]
    for name in ("x", "n"):
        if name in jwk(kind):
            raw = jwk(kind)[name]
            forms += [raw.encode(), base64.urlsafe_b64decode(raw + "==")]
    return forms


def refusal(made: str) -> type[BadTokenError]:
    error = refused(made)
    assert isinstance(error, BadTokenError)
    return type(error)


@pytest.mark.parametrize("kind", ["EdDSA", "ES256", "RS256"])
def test_a_public_key_is_no_shared_secret(kind: str) -> None:
    for secret in public_forms(kind):
        assert refusal(with_hmac(secret, kid=kind))
        assert refusal(with_hmac(secret, kid=kind, alg="HS512"))
        assert refusal(with_hmac(secret, kid=kind, alg=kind))


@pytest.mark.parametrize("name", ["none", "None", "NONE", "nOnE", "", None, 0, [], ["EdDSA"], {"alg": "EdDSA"}, True])
def test_a_token_without_a_signature_is_refused(name: object) -> None:
    head = encoded({"alg": name, "kid": "EdDSA"})
    for signature in ("", "AA", token().rsplit(".", 1)[1]):
        assert refusal(f"{head}.{encoded(claims())}.{signature}")


@pytest.mark.parametrize("name", ["HS256", "RS384", "RS512", "PS256", "ES384", "ES256K", "Ed25519", "EdDSA ", "eddsa"])
def test_any_other_algorithm_is_refused(name: str) -> None:
    assert refusal(token(alg=name))


@pytest.mark.parametrize("kind", ["EdDSA", "ES256", "RS256"])
@pytest.mark.parametrize("named", ["EdDSA", "ES256", "RS256"])
def test_an_algorithm_goes_with_its_own_type_of_key_only(kind: str, named: str) -> None:
    if kind != named:
        assert refusal(token(kind=kind, kid=named))
        assert refusal(token(kind=kind, alg=named, kid=named))
        assert refusal(token(kind=kind, alg=named, kid=kind))


@pytest.mark.parametrize("kind", ["EdDSA", "ES256", "RS256"])
def test_another_key_of_the_same_name_is_refused(kind: str) -> None:
    assert refusal(token(kind=kind, number=1))


@pytest.mark.parametrize("kid", ["", "eddsa", "EdDSA ", "../EdDSA", "EdDSA\x00", "x" * 1000])
def test_a_key_that_nobody_published_is_refused(kid: str) -> None:
    assert refusal(token(kid=kid))


@pytest.mark.parametrize("kid", [0, ["EdDSA"], {"kid": "EdDSA"}, True])
def test_a_name_of_a_key_that_is_no_text_is_refused(kid: object) -> None:
    assert refusal(token(kid=kid))


def test_without_a_name_two_keys_that_fit_are_one_too_many() -> None:
    two = verifier(key_set([jwk("EdDSA", "a"), jwk("EdDSA", "b", 1), jwk("RS256")]))
    assert isinstance(refused(token(kid=None), by=two), BadTokenError)
    assert two.verify(token(kid="a"), NOW)
    assert two.verify(token(kid="b", number=1), NOW)
    assert two.verify(token(kind="RS256", kid=None), NOW)


@pytest.mark.parametrize(
    "header",
    [
        {"crit": ["exp"]},
        {"crit": ["b64"], "b64": True},
        {"crit": []},
        {"crit": None, "b64": False},
        {"b64": True},
        {"typ": "logout+jwt"},
        {"typ": "dpop+jwt"},
        {"typ": 7},
    ],
)
def test_a_header_that_asks_for_more_than_we_do_is_refused(header: dict[str, object]) -> None:
    assert refusal(token(**header))


def test_a_key_that_a_token_brings_along_is_neither_believed_nor_fetched() -> None:
    with provider(json.dumps({"keys": [jwk("EdDSA", "EdDSA", 1)]}).encode()) as away:
        brought = {
            "jku": away.url,
            "x5u": away.url,
            "jwk": jwk("EdDSA", "EdDSA", 1),
            "x5c": [base64.b64encode(b"a certificate").decode()],
        }
        assert refusal(token(number=1, **brought))
        assert refusal(token(number=1, kid=away.url, **brought))
        assert refusal(token(number=1, kid=None, alg="ES256", **brought))
        assert verifier().verify(token(**brought), NOW)
        assert away.asked == 0


def test_a_header_that_names_its_algorithm_twice_gains_nothing() -> None:
    for first, second in (("none", "EdDSA"), ("EdDSA", "none")):
        head = encoded(f'{{"alg":"{first}","alg":"{second}","kid":"EdDSA"}}'.encode())
        assert refusal(f"{head}.{encoded(claims())}.AA")


@pytest.mark.parametrize("head", [b"[]", b"null", b"{", b"\xff", b"[" * 4000, b'{"alg":1e999}', b"9" * 5000])
def test_a_header_that_is_no_json_object_is_refused(head: bytes) -> None:
    assert refusal(f"{encoded(head)}.{encoded(claims())}.AA")


def test_keys_of_one_name_and_different_types_are_told_apart_by_the_algorithm() -> None:
    same = verifier(key_set([jwk("EdDSA", "k"), jwk("ES256", "k")]))
    assert same.verify(token(kid="k"), NOW)
    assert same.verify(token(kind="ES256", kid="k"), NOW)
    assert isinstance(refused(token(kind="RS256", kid="k"), by=same), BadTokenError)
