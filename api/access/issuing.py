"""The ledger's own key, and the tokens that it signs: for one office without an identity provider."""

import base64
import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Any
from uuid import UUID

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from jwt import PyJWS
from msgspec import Struct

from api.access.claims import Expected, read_claims
from api.access.errors import SigningKeyError
from api.access.jwks import KeySet, key_set
from api.access.subject import Role, Subject
from domain.words import Phrase

OWN = Expected(issuer="career-ledger", audience="career-ledger")
"""Whose the ledger's own tokens are, and for whom."""

ALGORITHM = "EdDSA"

NOT_A_KEY = Phrase(
    "签名密钥不是未加密的 Ed25519 私钥(PEM);请从备份恢复,或移走该文件以生成新密钥(已签发的令牌随之失效)",
    "the signing key is not an unencrypted Ed25519 private key (PEM); restore it from a backup, or move the file away"
    " and a new key is made (tokens that were issued are then no longer good)",
)

_JWS = PyJWS(algorithms=[ALGORITHM])


class SigningKey:
    """An Ed25519 key (RFC 8037). Nothing shows its private half but `pem`."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self._public = {"crv": "Ed25519", "kty": "OKP", "x": _base64url(public)}

    @classmethod
    def from_seed(cls, seed: bytes) -> "SigningKey":
        """The key of 32 random bytes."""
        return cls(Ed25519PrivateKey.from_private_bytes(seed))

    @classmethod
    def from_pem(cls, pem: bytes) -> "SigningKey":
        """The key of a PEM file. Raises `SigningKeyError`."""
        try:
            private = load_pem_private_key(pem, password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise SigningKeyError(NOT_A_KEY()) from error
        if not isinstance(private, Ed25519PrivateKey):
            raise SigningKeyError(NOT_A_KEY())
        return cls(private)

    @property
    def pem(self) -> bytes:
        """The private key, as PKCS #8 in PEM (RFC 5958)."""
        return self._private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    @property
    def kid(self) -> str:
        """What tokens call it: the thumbprint of its public half (RFC 7638)."""
        canonical = json.dumps(self._public, separators=(",", ":"), sort_keys=True)
        return _base64url(sha256(canonical.encode()).digest())

    def public_jwk(self) -> dict[str, Any]:
        return {**self._public, "kid": self.kid, "alg": ALGORITHM, "use": "sig"}

    def sign(self, claims: dict[str, Any]) -> str:
        payload = json.dumps(claims, ensure_ascii=False, separators=(",", ":")).encode()
        return _JWS.encode(payload, self._private, ALGORITHM, headers={"kid": self.kid})


class Grant(Struct, frozen=True, kw_only=True):
    """What a token is to say. Moments are whole seconds since 1970; `token` tells it apart in the access log."""

    name: str
    roles: tuple[Role, ...]
    jurisdiction: str | None = None
    career: UUID | None = None
    token: str
    issued: int
    expires: int


def issue(key: SigningKey, grant: Grant) -> tuple[str, Subject]:
    """A token, and whom a `Verifier` with `OWN` will take it for.

    A worker's token names the career, never the office's key. Raises `BadTokenError` for what would not be taken.
    """
    claims = dict(_claims(grant))
    told = read_claims(claims, grant.token, expected=OWN, career_of=UUID)
    return key.sign(claims), told.subject


def public_jwks(key: SigningKey) -> dict[str, Any]:
    """The public half of a key as a JWKS, with which other systems can verify the ledger's tokens."""
    return {"keys": [key.public_jwk()]}


def own_keys(key: SigningKey) -> KeySet:
    """The keys of a ledger that signs its own tokens: just the one."""
    return key_set(public_jwks(key)["keys"])


def _claims(grant: Grant) -> Iterable[tuple[str, Any]]:
    yield from (("iss", OWN.issuer), ("aud", OWN.audience), ("sub", grant.name), ("roles", list(grant.roles)))
    if grant.jurisdiction is not None:
        yield "jurisdiction", grant.jurisdiction
    if grant.career is not None:
        yield "career", str(grant.career)
    yield from (("iat", grant.issued), ("nbf", grant.issued), ("exp", grant.expires), ("jti", grant.token))


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
