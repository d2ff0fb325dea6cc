"""Keys and tokens: right ones, and forged ones that no library would make."""

import base64
import hmac
import json
import time
import traceback
from functools import cache
from typing import Any
from uuid import UUID, uuid5

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from jwt.algorithms import Algorithm, get_default_algorithms

from api.access.errors import TokenError
from api.access.jwks import KeySet, key_set
from api.access.keys import FixedKeys
from api.access.tokens import Verifier

NOW = 1_795_507_200.0
ISSUER = "https://login.example.org/realms/office"
AUDIENCE = "career-ledger"
STREET = "150102001"
WORKER = "15010219880412009X"
CAREER = UUID("0192f0c1-2b1a-8c3d-9e4f-5a6b7c8d9e0f")

Claims = dict[str, Any]


@cache
def key(kind: str, number: int = 0) -> Any:
    """A private key, the same one for the same words; `number` is for more of a kind."""
    match kind:
        case "EdDSA":
            return ed25519.Ed25519PrivateKey.from_private_bytes(bytes([number + 1]) * 32)
        case "ES256":
            return ec.derive_private_key(number + 7, ec.SECP256R1())
        case "ES384":
            return ec.derive_private_key(number + 7, ec.SECP384R1())
        case "RS256":
            return rsa.generate_private_key(65537, 2048)
        case _:
            return rsa.generate_private_key(65537, 1024)


def algorithm(name: str) -> Algorithm:
    return get_default_algorithms()[name]


def jwk(kind: str, kid: str | None = None, number: int = 0, **more: Any) -> dict[str, Any]:
    """The public half of a key, as a provider publishes it."""
    name = "RS256" if kind == "weak" else kind
    made = {**algorithm(name).to_jwk(key(kind, number).public_key(), as_dict=True), "kid": kid or kind, **more}
    return {name: value for name, value in made.items() if value is not None}


def claims(**more: Any) -> Claims:
    """What a clerk's token says; None leaves a claim out."""
    made = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": "clerk-150102001",
        "roles": ["clerk"],
        "jurisdiction": STREET,
        "iat": int(NOW) - 60,
        "exp": int(NOW) + 3600,
        "jti": "token-0417",
        **more,
    }
    return {name: value for name, value in made.items() if value is not None}


def encoded(part: Any) -> str:
    """One part of a token; bytes as they are, anything else as JSON."""
    data = part if isinstance(part, bytes) else json.dumps(part).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def token(says: Any = None, kind: str = "EdDSA", number: int = 0, **header: Any) -> str:
    """A token signed with a key; its header can say otherwise, and None leaves something out."""
    told = {"alg": kind, "kid": kind, "typ": "JWT", **header}
    head = encoded({name: value for name, value in told.items() if value is not None})
    body = f"{head}.{encoded(claims() if says is None else says)}"
    return f"{body}.{encoded(algorithm(kind).sign(body.encode(), key(kind, number)))}"


def with_hmac(secret: bytes, **header: Any) -> str:
    """A token whose signature anybody can make who knows the public key."""
    body = f"{encoded({'alg': 'HS256', 'kid': 'EdDSA', **header})}.{encoded(claims())}"
    return f"{body}.{encoded(hmac.digest(secret, body.encode(), 'sha256'))}"


def keys(*kinds: str) -> KeySet:
    return key_set([jwk(kind) for kind in kinds or ("EdDSA", "ES256", "RS256")])


def career_of(worker: str) -> UUID:
    """Stands for the ledger's digest."""
    return uuid5(CAREER, worker)


def verifier(known: KeySet | None = None, **more: Any) -> Verifier:
    """One that knows a key of each kind."""
    given = {"issuer": ISSUER, "audience": AUDIENCE, "career_of": career_of, **more}
    return Verifier(given.pop("keys", None) or FixedKeys(known or keys()), **given)


def refused(made: str, *, by: Verifier | None = None, now: float = NOW) -> TokenError:
    """How a token is refused, after looking that nothing of it is repeated, not even where the error came from."""
    with pytest.raises(TokenError) as caught:
        (by or verifier()).verify(made, now)
    told = "".join(traceback.format_exception(caught.value, limit=0)) + caught.value.say("zh") + caught.value.say("en")
    secrets = [part for part in made.split(".") if len(part) > 3]
    for secret in (*secrets, "clerk-150102001", "token-0417", WORKER, str(CAREER), "a-strange-role"):
        assert secret not in told
    return caught.value


def cost(work: Any, times: int = 10_000) -> float:
    """Seconds that one call takes."""
    started = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - started) / times
