"""The public keys that tokens are verified by, as an identity provider 身份认证系统 publishes them (JWKS, RFC 7517)."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any, NamedTuple

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt import PyJWK
from jwt.exceptions import PyJWTError

from api.access.errors import BadKeysError
from api.access.strict_json import read_object
from domain.words import Phrase

ALGORITHMS = ("EdDSA", "ES256", "RS256")
"""How a token may be signed: Ed25519 (RFC 8037), ECDSA on P-256 and RSA with SHA-256 (RFC 7518). Nothing else."""

MOST_KEYS = 64
LARGEST = 256 * 1024
"""Bytes of a key set."""

WEAKEST_RSA = 2048
"""Bits of an RSA key. Source: RFC 7518, 3.3."""

TOO_LARGE = Phrase("密钥集超过 {most} 个字节,不予使用", "the key set has more than {most} bytes and is not used")
NOT_A_SET = Phrase(
    "密钥集应为 JSON 对象,keys 为密钥列表,名称不得重复(RFC 7517)",
    "a key set is a JSON object with a list of keys in `keys`, and no name twice (RFC 7517)",
)
TOO_MANY = Phrase("密钥集超过 {most} 把密钥,不予使用", "the key set has more than {most} keys and is not used")
SECRET = Phrase(
    "密钥集第 {place} 把是私钥或对称密钥:谁读到它就能签发令牌;请只发布公钥,并更换该密钥",
    "key {place} of the key set is private or symmetric: whoever reads it can sign tokens; publish public keys only,"
    " and replace that one",
)
TWINS = Phrase(
    "密钥集第 {place} 把与前面一把的 kid 和算法相同;请给每把密钥不同的 kid",
    "key {place} of the key set has the kid and algorithm of one before it; give every key a kid of its own",
)
NONE_FITS = Phrase(
    "密钥集没有可用于验签的公钥:需要 Ed25519、P-256 或至少 {least} 位的 RSA",
    "the key set has no public key that can verify tokens: Ed25519, P-256, or RSA of at least {least} bits",
)

_SECRET_MEMBERS = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
_PUBLIC_MEMBERS = ("kty", "crv", "x", "y", "n", "e")


class VerifyingKey(NamedTuple):
    """A public key, and the one algorithm that it verifies. Keys are the same if their identities are."""

    kid: str | None
    algorithm: str
    public: PyJWK
    identity: bytes


class KeySet:
    """The keys that tokens are verified by at a moment. Raises `BadKeysError` if it cannot tell two of them apart."""

    def __init__(self, keys: Iterable[tuple[int, VerifyingKey]]) -> None:
        self._keys: dict[bytes, VerifyingKey] = {}
        self._named: dict[tuple[str, str], VerifyingKey] = {}
        for place, key in keys:
            if key.kid is not None:
                before = self._named.setdefault((key.kid, key.algorithm), key)
                if before.identity != key.identity:
                    raise BadKeysError(TWINS(place=place))
            self._keys[key.identity] = key
        if not self._keys:
            raise BadKeysError(NONE_FITS(least=WEAKEST_RSA))

    def find(self, kid: str | None, algorithm: str) -> VerifyingKey | None:
        """The key of this name for this algorithm; without a name, the only one for it."""
        if kid is not None:
            return self._named.get((kid, algorithm))
        fitting = [key for key in self._keys.values() if key.algorithm == algorithm]
        return fitting[0] if len(fitting) == 1 else None

    def holds(self, key: VerifyingKey) -> bool:
        """Whether it has this very key, under this very name."""
        return key.identity in self._keys


def read_key_set(document: bytes) -> KeySet:
    """The keys of a JWKS that can verify tokens; others are passed over, as RFC 7517, 5 has it.

    Raises `BadKeysError`, also if any key of it is secret.
    """
    if len(document) > LARGEST:
        raise BadKeysError(TOO_LARGE(most=LARGEST))
    try:
        keys = read_object(document).get("keys")
    except ValueError as error:
        raise BadKeysError(NOT_A_SET()) from error
    if not isinstance(keys, list):
        raise BadKeysError(NOT_A_SET())
    return key_set(keys)


def key_set(keys: list[Any]) -> KeySet:
    """The same for keys that have been read: a key that is no object is passed over too."""
    if len(keys) > MOST_KEYS:
        raise BadKeysError(TOO_MANY(most=MOST_KEYS))
    read = []
    for place, jwk in enumerate(keys, 1):
        if not isinstance(jwk, dict):
            continue
        if jwk.get("kty") == "oct" or not _SECRET_MEMBERS.isdisjoint(jwk):
            raise BadKeysError(SECRET(place=place))
        key = _read(jwk)
        if key is not None:
            read.append((place, key))
    return KeySet(read)


def _read(jwk: dict[str, Any]) -> VerifyingKey | None:
    algorithm, kid = _algorithm(jwk), jwk.get("kid")
    if algorithm is None or not _meant_for(jwk, algorithm) or not isinstance(kid, str | None):
        return None
    try:
        public = PyJWK({name: jwk[name] for name in _PUBLIC_MEMBERS if name in jwk}, algorithm)
    except (PyJWTError, ValueError, TypeError):
        return None
    if isinstance(public.key, RSAPublicKey) and public.key.key_size < WEAKEST_RSA:
        return None
    der = public.key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return VerifyingKey(kid, algorithm, public, sha256(repr((kid, algorithm)).encode() + der).digest())


def _algorithm(jwk: dict[str, Any]) -> str | None:
    """The one algorithm of ours that a key of this type can verify. Never what the token says."""
    match jwk.get("kty"), jwk.get("crv"):
        case "OKP", "Ed25519":
            return "EdDSA"
        case "EC", "P-256":
            return "ES256"
        case "RSA", _:
            return "RS256"
    return None


def _meant_for(jwk: dict[str, Any], algorithm: str) -> bool:
    """Whether who published the key lets it verify signatures of this algorithm (RFC 7517, 4.2–4.4)."""
    operations = jwk.get("key_ops", ["verify"])
    return (
        jwk.get("alg", algorithm) == algorithm
        and jwk.get("use", "sig") == "sig"
        and isinstance(operations, list)
        and "verify" in operations
    )
