"""A bearer token 令牌 to a subject: JSON Web Tokens (RFC 7519) as RFC 8725 would have them looked at."""

import re
from collections import OrderedDict
from collections.abc import Callable
from hashlib import sha256
from threading import Lock
from typing import Any, NamedTuple
from uuid import UUID

from jwt import PyJWS
from jwt.exceptions import PyJWTError

from api.access.claims import Expected, Told, read_claims
from api.access.errors import BadTokenError, EarlyTokenError, ExpiredTokenError, MissingTokenError
from api.access.jwks import ALGORITHMS, VerifyingKey
from api.access.keys import Keys
from api.access.strict_json import read_object
from api.access.subject import Subject
from domain.words import Phrase

LONGEST = 8 * 1024
"""Characters of a token."""

LEEWAY = 30
"""Seconds by which the clock of who issues tokens may be ahead of ours. An expiry has no leeway."""

REMEMBERED = 4_096
"""Tokens that are remembered as verified."""

MISSING = Phrase(
    "缺少令牌:请在 Authorization 标头中写 Bearer 和令牌",
    "there is no token: write Bearer and the token in the Authorization header",
)
TOO_LONG = Phrase("令牌超过 {most} 个字符,不予验证", "the token has more than {most} characters and is not looked at")
NOT_A_TOKEN = Phrase(
    "不是令牌:应为三段 base64url,以点分隔(JWT);请完整复制",
    "not a token: three parts of base64url with dots between them (a JWT); copy the whole of it",
)
OTHER_ALGORITHM = Phrase(
    "令牌的签名算法不被接受;可用 {known}", "the token is signed in a way that is not taken; it can be {known}"
)
CRITICAL = Phrase(
    "令牌标头要求本账本不支持的扩展(crit、b64),或 typ 不是 JWT;请联系签发者",
    "the token's header asks for an extension (crit, b64), or its typ is not JWT; ask who issues the tokens",
)
UNKNOWN_KEY = Phrase(
    "令牌不是用已知密钥签发的;请重新登录或重新领取令牌",
    "the token was not signed with a key that is known; log in again, or have a new one issued",
)
WRONG_SIGNATURE = Phrase(
    "令牌的签名不符:已被改动,或由他人签发;请重新登录或重新领取令牌",
    "the token's signature is wrong: it was altered, or is somebody else's; log in again, or have a new one issued",
)
NOT_CLAIMS = Phrase(
    "令牌的内容不是 JSON 对象,或有重复的名称;请联系签发者",
    "the token's content is no JSON object, or names something twice; ask who issues the tokens",
)
TOO_EARLY = Phrase(
    "令牌尚未生效;请稍后再试,并核对签发者的时钟", "the token is not good yet; try later, and check the issuer's clock"
)
TOO_LATE = Phrase(
    "令牌已过期;请重新登录或重新领取令牌", "the token has expired; log in again, or have a new one issued"
)

_FORM = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_TYPES = ("jwt", "at+jwt", "application/jwt", "application/at+jwt")
"""Kinds of token that speak for somebody; a logout token (logout+jwt), say, does not (RFC 8725, 3.11)."""

_JWS = PyJWS(algorithms=ALGORITHMS)


class Verified(NamedTuple):
    """What is remembered of a token: never the token itself."""

    told: Told
    key: VerifyingKey


class Verifier:
    """Whom tokens speak for. Those that were verified are remembered, so that a signature is checked once.

    May be asked from several threads. It never waits for the network (`fetched.py`).
    """

    def __init__(
        self,
        keys: Keys,
        *,
        issuer: str,
        audience: str,
        career_of: Callable[[str], UUID],
        remembered: int = REMEMBERED,
    ) -> None:
        """`career_of` leads from an office's key, or a career's UUID, to the career."""
        self.keys = keys
        self._expected = Expected(issuer, audience)
        self._career_of = career_of
        self._most = remembered
        self._lock = Lock()
        self._verified: OrderedDict[bytes, Verified] = OrderedDict()

    def verify(self, token: str, now: float) -> Subject:
        """Whom a token speaks for at a moment, in seconds since 1970.

        Raises a `TokenError`, `KeysUnavailableError`, or what `career_of` does.
        """
        if not token:
            raise MissingTokenError(MISSING())
        if len(token) > LONGEST:
            raise BadTokenError(TOO_LONG(most=LONGEST))
        if not token.isascii():
            raise BadTokenError(NOT_A_TOKEN())
        digest = sha256(token.encode()).digest()
        remembered = self._recall(digest, now)
        verified = remembered or self._look_at(token, digest, now)
        _check_time(verified.told, now)
        if remembered is None:
            self._remember(digest, verified)
        return verified.told.subject

    def _recall(self, digest: bytes, now: float) -> Verified | None:
        """What is remembered of a token, as long as the key that verified it is among the keys."""
        keys = self.keys.current(now)
        with self._lock:
            verified = self._verified.get(digest)
            if verified is None:
                return None
            if not keys.holds(verified.key):
                del self._verified[digest]
                return None
            self._verified.move_to_end(digest)
            return verified

    def _remember(self, digest: bytes, verified: Verified) -> None:
        with self._lock:
            self._verified[digest] = verified
            if len(self._verified) > self._most:
                self._verified.popitem(last=False)

    def _look_at(self, token: str, digest: bytes, now: float) -> Verified:
        if not _FORM.fullmatch(token):
            raise BadTokenError(NOT_A_TOKEN())
        key = self._key_of(token, now)
        try:
            payload = _JWS.decode(token, key.public, algorithms=[key.algorithm])
        except (PyJWTError, ValueError) as error:
            raise BadTokenError(WRONG_SIGNATURE()) from error
        try:
            claims = read_object(payload)
        except ValueError as error:
            raise BadTokenError(NOT_CLAIMS()) from error
        told = read_claims(claims, digest.hex()[:16], expected=self._expected, career_of=self._career_of)
        return Verified(told, key)

    def _key_of(self, token: str, now: float) -> VerifyingKey:
        """The key that a token names. Its header says no more than that: jku, jwk, x5u and x5c are not looked at."""
        header = _header(token)
        algorithm, kind = header.get("alg"), header.get("typ", "JWT")
        if algorithm not in ALGORITHMS:
            raise BadTokenError(OTHER_ALGORITHM(known=", ".join(ALGORITHMS)))
        if "crit" in header or "b64" in header or not isinstance(kind, str) or kind.lower() not in _TYPES:
            raise BadTokenError(CRITICAL())
        key = self.keys.find(header.get("kid"), algorithm, now)
        if key is None:
            raise BadTokenError(UNKNOWN_KEY())
        return key


def _header(token: str) -> dict[str, Any]:
    try:
        return _JWS.get_unverified_header(token)
    except (PyJWTError, ValueError) as error:
        raise BadTokenError(NOT_A_TOKEN()) from error


def _check_time(told: Told, now: float) -> None:
    if now >= told.subject.expires:
        raise ExpiredTokenError(TOO_LATE())
    if now + LEEWAY < told.not_before:
        raise EarlyTokenError(TOO_EARLY())
