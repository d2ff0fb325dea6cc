"""Key sets: what is read of a JWKS, what is passed over, and what makes all of it unusable."""

import json

import pytest

from api.access.errors import BadKeysError
from api.access.jwks import LARGEST, MOST_KEYS, key_set, read_key_set
from tests.access.minting import algorithm, jwk, key


def document(*jwks: object, **more: object) -> bytes:
    return json.dumps({"keys": jwks, **more}).encode()


def refusal(made: bytes) -> str:
    with pytest.raises(BadKeysError) as caught:
        read_key_set(made)
    return caught.value.say("en")


def only_beside(odd: object) -> bool:
    """Whether a key is passed over beside a good one, and alone makes no set."""
    assert "no public key" in refusal(document(odd))
    found = read_key_set(document(odd, jwk("EdDSA")))
    assert found.find("EdDSA", "EdDSA") is not None
    return all(found.find("odd", name) is None for name in ("EdDSA", "ES256", "RS256"))


def test_each_type_of_key_verifies_its_one_algorithm() -> None:
    found = read_key_set(document(jwk("EdDSA"), jwk("ES256"), jwk("RS256"), more="passed over"))
    for kind in ("EdDSA", "ES256", "RS256"):
        for name in ("EdDSA", "ES256", "RS256", "HS256", "none"):
            assert (found.find(kind, name) is not None) == (kind == name)


@pytest.mark.parametrize(
    "odd",
    [
        jwk("ES384", "odd"),
        jwk("weak", "odd"),
        jwk("EdDSA", "odd", use="enc"),
        jwk("EdDSA", "odd", use=["sig"]),
        jwk("EdDSA", "odd", key_ops=["sign"]),
        jwk("EdDSA", "odd", key_ops=[]),
        jwk("EdDSA", "odd", key_ops="verify"),
        jwk("EdDSA", "odd", crv="Ed448"),
        jwk("EdDSA", "odd", crv="X25519"),
        jwk("EdDSA", "odd", kty="EC"),
        jwk("EdDSA", "odd", x="AAAA"),
        jwk("EdDSA", "odd", x=None),
        jwk("EdDSA", "odd", x=7),
        jwk("EdDSA", "odd", alg="HS256"),
        jwk("EdDSA", "odd", alg="ES256"),
        jwk("RS256", "odd", alg="RS512"),
        jwk("RS256", "odd", alg="PS256"),
        jwk("RS256", "odd", alg="RSA-OAEP"),
        jwk("RS256", "odd", n=None),
        jwk("RS256", "odd", e="AA"),
        jwk("RS256", "odd", n=[1]),
        jwk("ES256", "odd", y=None),
        jwk("ES256", "odd", y="A" * 43),
        jwk("ES256", "odd", crv="secp256k1"),
        {**jwk("EdDSA"), "kid": 7},
        {"kty": "AKP", "kid": "odd", "pub": "AAAA"},
        {"kty": ["OKP"], "kid": "odd"},
        {},
        None,
        "odd",
        7,
        [],
    ],
)
def test_a_key_that_is_not_for_this_is_passed_over(odd: object) -> None:
    assert only_beside(odd)


@pytest.mark.parametrize(
    "more", [{"use": "sig"}, {"key_ops": ["verify"]}, {"key_ops": ["sign", "verify"]}, {"x5c": []}]
)
@pytest.mark.parametrize("kind", ["EdDSA", "ES256", "RS256"])
def test_a_key_that_says_that_it_is_for_this_is_used(kind: str, more: dict[str, object]) -> None:
    assert read_key_set(document(jwk(kind, alg=kind, **more))).find(kind, kind) is not None


@pytest.mark.parametrize("kind", ["EdDSA", "ES256", "RS256", "ES384"])
def test_a_private_key_spoils_the_whole_set(kind: str) -> None:
    private = algorithm(kind).to_jwk(key(kind), as_dict=True)
    told = refusal(document(jwk("EdDSA"), private))
    assert "key 2" in told
    assert "private" in told
    assert str(private["d"]) not in told


@pytest.mark.parametrize(
    "secret",
    [
        {"kty": "oct", "k": "c2VjcmV0"},
        {"kty": "oct"},
        {"kty": "strange", "k": "c2VjcmV0"},
        {**jwk("EdDSA"), "d": None},
        {**jwk("RS256"), "p": ""},
        {**jwk("RS256"), "use": "enc", "oth": []},
    ],
)
def test_a_symmetric_key_or_any_part_of_a_private_one_does_too(secret: dict[str, object]) -> None:
    assert "private or symmetric" in refusal(document(jwk("EdDSA"), jwk("ES256"), secret))


def test_two_keys_of_one_name_and_algorithm_cannot_be_told_apart() -> None:
    assert "key 2" in refusal(document(jwk("EdDSA", "k"), jwk("EdDSA", "k", 1)))


def test_one_key_twice_is_one_key() -> None:
    found = read_key_set(document(jwk("EdDSA"), jwk("EdDSA")))
    assert found.find(None, "EdDSA") is not None


def test_a_key_without_a_name_is_found_by_tokens_without_one_only() -> None:
    nameless = {name: value for name, value in jwk("EdDSA").items() if name != "kid"}
    found = read_key_set(document(nameless))
    assert found.find(None, "EdDSA") is not None
    assert found.find("EdDSA", "EdDSA") is None
    assert found.find("", "EdDSA") is None


def test_a_set_holds_the_very_key_under_the_very_name() -> None:
    first = key_set([jwk("EdDSA", "a")])
    one = first.find("a", "EdDSA")
    assert one is not None
    assert first.holds(one)
    assert key_set([jwk("EdDSA", "a"), jwk("RS256")]).holds(one)
    assert not key_set([jwk("EdDSA", "b")]).holds(one)
    assert not key_set([jwk("EdDSA", "a", 1)]).holds(one)


@pytest.mark.parametrize(
    "made",
    [
        b"",
        b"[]",
        b"null",
        b"{",
        b"{}",
        b'{"keys": {}}',
        b'{"keys": null}',
        b'{"keys": [], "keys": []}',
        b"\xff\xfe",
        b'{"keys": [NaN]}',
        b'{"keys":' + b"[" * 100_000,
    ],
)
def test_what_is_no_key_set_is_refused(made: bytes) -> None:
    assert "RFC 7517" in refusal(made)


def test_an_empty_set_has_no_key() -> None:
    assert "no public key" in refusal(document())


def test_a_set_is_bounded_in_keys_and_in_bytes() -> None:
    many = [jwk("EdDSA", f"k{number}") for number in range(MOST_KEYS)]
    assert read_key_set(document(*many)).find("k63", "EdDSA") is not None
    assert f"{MOST_KEYS}" in refusal(document(*many, jwk("EdDSA", "k64")))
    padded = document(jwk("EdDSA")).ljust(LARGEST)
    assert read_key_set(padded).find("EdDSA", "EdDSA") is not None
    assert f"{LARGEST}" in refusal(padded + b" ")
