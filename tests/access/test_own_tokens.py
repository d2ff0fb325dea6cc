"""Tokens that the ledger signs itself: what it issues, it takes."""

import base64
import json

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from hypothesis import given
from hypothesis import strategies as st

from api.access.claims import LONGEST_NAME
from api.access.errors import BadTokenError, SigningKeyError
from api.access.issuing import OWN, Grant, SigningKey, issue, own_keys, public_jwks
from api.access.jwks import read_key_set
from api.access.keys import FixedKeys
from api.access.subject import ROLES
from api.access.tokens import Verifier
from domain.divisions import names
from tests.access.minting import CAREER, NOW, STREET, career_of, key

KEY = SigningKey.from_seed(bytes(range(32)))


def grant(**more: object) -> Grant:
    given = {"name": "clerk", "roles": ("clerk",), "jurisdiction": STREET, "token": "0123456789abcdef", **more}
    return Grant(**{"issued": int(NOW), "expires": int(NOW) + 3600, **given})


def taking(signing: SigningKey = KEY) -> Verifier:
    return Verifier(FixedKeys(own_keys(signing)), issuer=OWN.issuer, audience=OWN.audience, career_of=career_of)


def test_the_name_of_a_key_is_its_thumbprint() -> None:
    # RFC 8037, appendix A: the key of A.1 and its thumbprint of A.3.
    seed = base64.urlsafe_b64decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=")
    assert SigningKey.from_seed(seed).kid == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
    assert SigningKey.from_seed(seed).public_jwk()["x"] == "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"


def test_a_key_is_the_same_after_it_was_written_and_read() -> None:
    assert SigningKey.from_pem(KEY.pem).pem == KEY.pem
    assert SigningKey.from_pem(KEY.pem).kid == KEY.kid


@pytest.mark.parametrize(
    "pem",
    [
        b"",
        b"secret",
        KEY.pem[:60],
        KEY.pem.replace(b"PRIVATE", b"PUBLIC"),
        key("RS256").private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        key("ES256").private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        key("EdDSA").private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"word")),
        key("EdDSA").public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
    ],
)
def test_what_is_no_unencrypted_ed25519_key_is_refused(pem: bytes) -> None:
    with pytest.raises(SigningKeyError, match="Ed25519"):
        SigningKey.from_pem(pem)


def test_the_published_keys_verify_and_tell_no_secret() -> None:
    published = json.dumps(public_jwks(KEY)).encode()
    assert read_key_set(published).find(KEY.kid, "EdDSA") is not None
    assert b'"d"' not in published
    assert KEY.pem.split(b"\n")[1] not in published


def test_another_program_can_verify_a_token_by_the_published_keys() -> None:
    made, _ = issue(KEY, grant())
    published = jwt.PyJWKSet.from_dict(public_jwks(KEY))
    timeless = {"verify_exp": False, "verify_iat": False, "verify_nbf": False}
    told = jwt.decode(made, published[KEY.kid], ["EdDSA"], audience="career-ledger", options=timeless)
    assert told["sub"] == "clerk"
    assert told["iss"] == "career-ledger"


@given(
    name=st.text(min_size=1, max_size=LONGEST_NAME).filter(lambda name: name.isprintable() and name == name.strip()),
    roles=st.lists(st.sampled_from(ROLES), min_size=1),
    jurisdiction=st.sampled_from(sorted(names())),
    career=st.uuids(),
    seconds=st.integers(1, 31 * 86_400),
)
def test_whatever_is_issued_is_taken_for_the_same_subject(name, roles, jurisdiction, career, seconds) -> None:
    wanted = grant(name=name, roles=tuple(roles), jurisdiction=jurisdiction, career=career, expires=int(NOW) + seconds)
    made, subject = issue(KEY, wanted)
    assert taking().verify(made, NOW) == subject
    assert (subject.name, subject.roles, subject.jurisdiction) == (name, frozenset(roles), jurisdiction)
    assert subject.career == (career if "worker" in roles else None)
    assert subject.expires == wanted.expires


@pytest.mark.parametrize(
    "more",
    [
        {"name": ""},
        {"name": "a\nb"},
        {"name": "x" * (LONGEST_NAME + 1)},
        {"roles": ()},
        {"roles": ("chief",)},
        {"jurisdiction": None},
        {"jurisdiction": "999999"},
        {"roles": ("worker",), "jurisdiction": None},
    ],
)
def test_what_would_not_be_taken_is_not_issued(more: dict[str, object]) -> None:
    with pytest.raises(BadTokenError):
        issue(KEY, grant(**more))


def test_a_workers_token_names_the_career_only() -> None:
    made, subject = issue(KEY, grant(roles=("worker",), jurisdiction=None, career=CAREER))
    assert taking().verify(made, NOW) == subject
    assert jwt.decode(made, options={"verify_signature": False}).keys() == {
        "iss", "aud", "sub", "roles", "career", "iat", "nbf", "exp", "jti",
    }  # fmt: skip


def test_a_token_of_another_offices_ledger_is_refused() -> None:
    made, _ = issue(SigningKey.from_seed(b"another office's thirty-two byte"), grant())
    with pytest.raises(BadTokenError):
        taking().verify(made, NOW)
