"""Refusals as problem details (RFC 9457): what was wrong, where, which rule, what to do."""

from typing import Any, NamedTuple

import msgspec
from litestar.response.base import ASGIResponse

from api.access.errors import ExpiredTokenError, KeysUnavailableError, MissingTokenError, TokenError
from api.office.errors import AlreadyDecidedError, OtherProposalError, ProposalNotFoundError, UnkeepableError
from api.web import errors as web
from domain import errors
from domain.errors import LedgerError
from domain.words import Language, Phrase

MEDIA = "application/problem+json"
AUTHENTICATE = 'Bearer realm="career-ledger"'
RETRY_SECONDS = 2
"""When to try again if nothing better is known."""


class Kind(NamedTuple):
    """What a kind of refusal is called, for programs and for people. `type` is `/problems/` and its name."""

    name: str
    status: int
    title: Phrase


_ = Phrase
KINDS: dict[type[Exception], Kind] = {
    errors.MalformedError: Kind("malformed", 422, _("不符合格式", "Not of the form that is fixed")),
    errors.ImpossibleFactError: Kind("impossible-fact", 422, _("与履历矛盾", "Contradicts the career")),
    errors.UnknownDivisionError: Kind("unknown-division", 422, _("没有该区划", "No such division")),
    errors.RecordedAtError: Kind("recorded-at", 422, _("记录时刻不对", "The moment of recording cannot be")),
    errors.ReusedKeyError: Kind("reused-key", 422, _("幂等键已用于别的内容", "The key was used for something else")),
    errors.RefusedError: Kind("refused", 422, _("不予记录", "Refused")),
    errors.StaleCareerError: Kind("stale-career", 412, _("履历已有新记录", "Someone else wrote first")),
    errors.CareerNotFoundError: Kind("career-not-found", 404, _("没有这份履历", "No such career")),
    errors.NotWrittenYetError: Kind("not-written-yet", 404, _("账本尚无该位置", "Nothing is written there yet")),
    errors.QuestionError: Kind("question", 400, _("问题不成立", "This cannot be asked")),
    errors.KeyMismatchError: Kind("digest-key", 503, _("摘要密钥不可用", "The digest key is not at hand")),
    errors.LedgerBusyError: Kind("busy", 503, _("账本正忙", "The ledger is busy")),
    errors.StoreFullError: Kind("store-full", 503, _("磁盘已满", "The disk is full")),
    errors.UnreachableStoreError: Kind("store-unreachable", 503, _("连不上账本", "The store cannot be reached")),
    errors.OutcomeUnknownError: Kind("outcome-unknown", 503, _("结果未知", "Whether it was stored is not known")),
    UnkeepableError: Kind("unkeepable", 422, _("含有无法存储的字符", "Text that cannot be stored")),
    errors.StoreError: Kind("store", 503, _("账本不可用", "The store cannot be used")),
    web.UnknownParameterError: Kind("parameter", 400, _("参数不对", "A parameter is not right")),
    web.UnreadableBodyError: Kind("body", 400, _("正文无法读取", "The body cannot be read")),
    web.BodyTooLargeError: Kind("body-too-large", 413, _("正文过大", "The body is too large")),
    web.BodyTooSlowError: Kind("body-too-slow", 408, _("正文超时", "The body did not arrive in time")),
    web.MediaTypeError: Kind("media-type", 415, _("正文类型不对", "The body is of another kind")),
    web.NotAcceptableError: Kind("not-acceptable", 406, _("没有这种答案格式", "There is no answer of that kind")),
    web.VersionError: Kind("version", 400, _("没有该接口版本", "No such version of the API")),
    web.MissingKeyError: Kind("idempotency-key", 400, _("缺少幂等键", "An Idempotency-Key is needed")),
    web.PreconditionError: Kind("if-match", 400, _("If-Match 不对", "If-Match is not right")),
    web.DeniedError: Kind("denied", 403, _("无权查询", "Not permitted")),
    web.TooManyRequestsError: Kind("too-many-requests", 429, _("请求过于频繁", "Too many requests")),
    web.BusyError: Kind("server-busy", 503, _("服务繁忙", "The server is busy")),
    web.NotHereYetError: Kind("not-here-yet", 503, _("尚未写到该位置", "The position has not come yet")),
    KeysUnavailableError: Kind("keys-unavailable", 503, _("身份提供方不可用", "The identity provider is away")),
    ExpiredTokenError: Kind("token-expired", 401, _("令牌已过期", "The token has expired")),
    TokenError: Kind("token", 401, _("令牌无效", "The token is not good")),
    ProposalNotFoundError: Kind("proposal-not-found", 404, _("没有这项更正申请", "No such proposal")),
    AlreadyDecidedError: Kind("already-decided", 409, _("已经决定", "Decided already")),
    OtherProposalError: Kind("other-proposal", 422, _("幂等键已用于别的更正", "The key was used for another proposal")),
}
"""The first kind of an error's own line of descent is its kind."""

NO_ROUTE = Kind("no-route", 404, _("没有这个地址", "There is nothing at this address"))
NO_METHOD = Kind("no-method", 405, _("该地址不支持此方法", "This address does not take that method"))
UNREADABLE = Kind("request", 400, _("请求无法读取", "The request cannot be read"))
FAILED = Kind("failed", 500, _("程序出错,已记入日志", "Something failed here; it has been logged"))


class Problem(msgspec.Struct, omit_defaults=True, frozen=True):
    """A refusal. `type` is an address at which its kind is explained; `request` finds it in the log.

    `entry` is the number of the entry that does not fit, `contradicts` the one that it contradicts.
    """

    type: str
    title: str
    status: int
    detail: str
    request: str = ""
    entry: int = 0
    contradicts: int = 0


_encode = msgspec.json.Encoder().encode


def kind_of(error: LedgerError) -> Kind:
    """The kind of a refusal."""
    for one in type(error).__mro__:
        if one in KINDS:
            return KINDS[one]
    return FAILED


def respond(error: LedgerError, language: Language, request: str, headers: dict[str, str]) -> ASGIResponse:
    """A refusal as a response."""
    kind = kind_of(error)
    entry = contradicts = 0
    if isinstance(error, errors.ImpossibleFactError):
        entry, contradicts = error.number, error.contradicts or 0
    if kind.status == 401:
        headers["WWW-Authenticate"] = _challenge(error)
    if isinstance(error, web.LaterError):
        headers["Retry-After"] = str(max(1, round(error.after + 0.499)))
    elif isinstance(error, KeysUnavailableError):
        headers["Retry-After"] = str(max(1, error.retry_after))
    elif kind.status == 503:
        headers["Retry-After"] = str(RETRY_SECONDS)
    return problem(kind, error.say(language), language, request, headers, entry=entry, contradicts=contradicts)


def problem(
    kind: Kind,
    detail: str,
    language: Language,
    request: str,
    headers: dict[str, str],
    *,
    entry: int = 0,
    contradicts: int = 0,
) -> ASGIResponse:
    """Problem details as a response."""
    body, headers = details(kind, detail, language, request, headers, entry=entry, contradicts=contradicts)
    return ASGIResponse(body=body, status_code=kind.status, headers=headers, media_type=MEDIA)


def details(
    kind: Kind,
    detail: str,
    language: Language,
    request: str,
    headers: dict[str, str],
    *,
    entry: int = 0,
    contradicts: int = 0,
) -> tuple[bytes, dict[str, str]]:
    """Problem details, and the headers that they go with."""
    title = kind.title().say(language)
    told = Problem(f"/problems/{kind.name}", title, kind.status, detail or title, request, entry, contradicts)
    return _encode(told), {**headers, "Content-Language": language, "Cache-Control": "no-store"}


def _challenge(error: LedgerError) -> str:
    """RFC 6750, 3: no error code if no token came at all."""
    if isinstance(error, MissingTokenError):
        return AUTHENTICATE
    return f'{AUTHENTICATE}, error="invalid_token"'


def all_kinds() -> list[Kind]:
    """Every kind of refusal, once."""
    return [*dict.fromkeys([*KINDS.values(), NO_ROUTE, NO_METHOD, UNREADABLE, FAILED])]


def schema() -> dict[str, Any]:
    """The JSON Schema of a problem."""
    return msgspec.json.schema(Problem)
