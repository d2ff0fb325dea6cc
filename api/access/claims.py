"""What a token says: its claims 声明 (RFC 7519, 4) into a subject."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from api.access.errors import BadTokenError
from api.access.subject import ROLES, Role, Subject
from domain.divisions import EDITION, names
from domain.words import Phrase

LONGEST_NAME = 200
"""Characters of a name: of the subject, of the token, of a worker."""

LATEST = 253_402_300_799
"""The last second of the year 9999 (UTC), in seconds since 1970."""

NOWHERE = "-"
"""The jurisdiction of a worker whose token names none. No code begins with it, as all do with the empty text."""

OTHER_ISSUER = Phrase(
    "iss:令牌不是本账本认可的签发者签发的;请使用所在单位的身份认证系统",
    "iss: the token is of an issuer that this ledger does not take; use your office's own identity provider",
)
OTHER_AUDIENCE = Phrase(
    "aud:令牌不是签发给本账本使用的;请为本账本申请令牌",
    "aud: the token was issued for something else; ask for one for this ledger",
)
NOT_A_NAME = Phrase(
    "{claim}:缺少,或不是 1 至 {most} 个可打印字符(首尾无空格);请联系签发者",
    "{claim}: missing, or not 1 to {most} printable characters without spaces around; ask who issues the tokens",
)
NOT_A_TIME = Phrase(
    "{claim}:缺少,或不是 1970 年以来的秒数(RFC 7519);请联系签发者",
    "{claim}: missing, or not a number of seconds since 1970 (RFC 7519); ask who issues the tokens",
)
NOT_ROLES = Phrase(
    "roles:应为角色名列表;请联系签发者", "roles: must be a list of names of roles; ask who issues the tokens"
)
NO_ROLE = Phrase(
    "roles:令牌没有本账本的角色({known});请联系签发者授予",
    "roles: the token has none of the ledger's roles ({known}); ask who issues the tokens for one",
)
NO_JURISDICTION = Phrase(
    "jurisdiction:缺少辖区,或 {edition} 版区划表中没有这个代码;除社区工作者本人外,各角色都须写明",
    "jurisdiction: missing, or no division code of edition {edition}; every role but worker needs one",
)
NO_CAREER = Phrase(
    "角色 worker 须以 worker(本单位编号)或 career(履历 UUID)写明本人,两者都有时须一致",
    "the role worker needs the person's own worker (the office's key) or career (a UUID); of both, the same",
)


class Expected(NamedTuple):
    """Whose tokens are taken, and for whom they must have been issued."""

    issuer: str
    audience: str


class Told(NamedTuple):
    """Whom a token speaks for, and the second since 1970 from which on it does."""

    subject: Subject
    not_before: float


def read_claims(claims: Mapping[str, Any], token: str, *, expected: Expected, career_of: Callable[[str], UUID]) -> Told:
    """Whom these claims speak for. `token` is what the token is called if it has no `jti`.

    Raises `BadTokenError`. Whether it is the time for it is not asked here: that changes while the claims do not.
    """
    _check_parties(claims, expected)
    roles = _roles(claims)
    subject = Subject(
        name=_name(claims, "sub"),
        roles=roles,
        jurisdiction=_jurisdiction(claims, needed=roles != {"worker"}),
        token=_name(claims, "jti") if "jti" in claims else token,
        expires=int(_time(claims, "exp")),
        career=_career(claims, career_of) if "worker" in roles else None,
    )
    return Told(subject, max((_time(claims, claim) for claim in ("nbf", "iat") if claim in claims), default=0))


def _check_parties(claims: Mapping[str, Any], expected: Expected) -> None:
    if claims.get("iss") != expected.issuer:
        raise BadTokenError(OTHER_ISSUER())
    audience = claims.get("aud")
    if expected.audience not in (audience if isinstance(audience, list) else [audience]):
        raise BadTokenError(OTHER_AUDIENCE())


def _roles(claims: Mapping[str, Any]) -> frozenset[Role]:
    told, one = claims.get("roles", []), claims.get("role", "")
    if not isinstance(told, list) or not all(isinstance(name, str) for name in [*told, one]):
        raise BadTokenError(NOT_ROLES())
    roles = frozenset(role for role in ROLES if role in told or role == one)
    if not roles:
        raise BadTokenError(NO_ROLE(known=", ".join(ROLES)))
    return roles


def _jurisdiction(claims: Mapping[str, Any], *, needed: bool) -> str:
    code = claims.get("jurisdiction")
    if code is None and not needed:
        return NOWHERE
    if not isinstance(code, str) or code not in names():
        raise BadTokenError(NO_JURISDICTION(edition=EDITION))
    return code


def _career(claims: Mapping[str, Any], career_of: Callable[[str], UUID]) -> UUID:
    careers = set()
    if "worker" in claims:
        careers.add(career_of(_name(claims, "worker")))
    if "career" in claims:
        try:
            careers.add(UUID(_name(claims, "career")))
        except ValueError as error:
            raise BadTokenError(NO_CAREER()) from error
    if len(careers) != 1:
        raise BadTokenError(NO_CAREER())
    return careers.pop()


def _name(claims: Mapping[str, Any], claim: str) -> str:
    """A name that can be shown and stored as it is: nothing invisible in it, and no half of a character."""
    name = claims.get(claim)
    if not isinstance(name, str) or not 0 < len(name) <= LONGEST_NAME or not name.isprintable() or name != name.strip():
        raise BadTokenError(NOT_A_NAME(claim=claim, most=LONGEST_NAME))
    return name


def _time(claims: Mapping[str, Any], claim: str) -> float:
    time = claims.get(claim)
    # NaN and Infinity lie in no range.
    if isinstance(time, bool) or not isinstance(time, int | float) or not 0 <= time <= LATEST:
        raise BadTokenError(NOT_A_TIME(claim=claim))
    return time
