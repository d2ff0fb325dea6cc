"""Where tokens come from and the keys to verify them: an identity provider, or the ledger's own signing key."""

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from uuid import UUID

from api.access.claims import Expected
from api.access.errors import KeysUnavailableError, SigningKeyError
from api.access.fetched import FetchedKeys
from api.access.fetching import fetch, read_address
from api.access.issuing import OWN, SigningKey, own_keys
from api.access.jwks import KeySet
from api.access.keys import FileKeys, FixedKeys, Keys, read_key_set_file
from api.access.tokens import Verifier
from domain.errors import QuestionError
from domain.stores.location import Location, PostgresLocation
from domain.words import Phrase
from scripts.secret_files import make_secret, read_secret

JWKS_VARIABLE = "CAREER_LEDGER_JWKS"
ISSUER_VARIABLE = "CAREER_LEDGER_ISSUER"
AUDIENCE_VARIABLE = "CAREER_LEDGER_AUDIENCE"
SIGNING_KEY_VARIABLE = "CAREER_LEDGER_SIGNING_KEY"

ALL_OR_NONE = Phrase(
    "CAREER_LEDGER_JWKS、CAREER_LEDGER_ISSUER、CAREER_LEDGER_AUDIENCE 须一并设置(由身份认证系统签发令牌),或都不设置",
    "set CAREER_LEDGER_JWKS, CAREER_LEDGER_ISSUER and CAREER_LEDGER_AUDIENCE together (an identity provider issues the"
    " tokens), or none of them",
)
ISSUED_ELSEWHERE = Phrase(
    "令牌由身份认证系统签发(已设置 CAREER_LEDGER_JWKS),本程序不签发",
    "an identity provider issues the tokens (CAREER_LEDGER_JWKS is set), and not this program",
)
NO_PLACE = Phrase(
    "服务器上的账本旁没有文件可存签名密钥;请将 CAREER_LEDGER_SIGNING_KEY 设为密钥文件的路径",
    "a ledger on a server has no file beside it for the signing key; set CAREER_LEDGER_SIGNING_KEY to the path of one",
)
UNREADABLE = Phrase(
    "签名密钥文件 {path} 无法读取;请核对路径和权限",
    "cannot read the signing key {path}; check its path and permissions",
)


def verifier(location: Location, career_of: Callable[[str], UUID], now: float) -> Verifier:
    """Who verifies tokens, as the environment says. `now` is in seconds since 1970.

    An identity provider that does not answer yet is asked again as tokens come. Raises a `LedgerError`.
    """
    source = os.environ.get(JWKS_VARIABLE)
    expected = Expected(os.environ.get(ISSUER_VARIABLE, ""), os.environ.get(AUDIENCE_VARIABLE, ""))
    if len({bool(source), *map(bool, expected)}) > 1:
        raise QuestionError(ALL_OR_NONE())
    keys = _keys_of_provider(source, now) if source else _own_keys(location, now)
    issuer, audience = expected if source else OWN
    return Verifier(keys, issuer=issuer, audience=audience, career_of=career_of)


def signing_key(location: Location) -> SigningKey:
    """The ledger's own key, made if there is none yet. Raises `SigningKeyError`, or a `StoreError`.

    That of a ledger in memory is as long-lived as the process.
    """
    if os.environ.get(JWKS_VARIABLE):
        raise SigningKeyError(ISSUED_ELSEWHERE())
    path = _file(location)
    if path is None:
        return _of_this_process()
    if not path.exists():
        make_secret(path, SigningKey.from_seed(secrets.token_bytes(32)).pem)
    return _read(path)


def _keys_of_provider(source: str, now: float) -> Keys:
    if "://" not in source:
        return FileKeys(Path(source), now, read_key_set_file)
    address = read_address(source)
    keys = FetchedKeys(lambda: fetch(address))
    with suppress(KeysUnavailableError):
        keys.load(now)
    return keys


def _own_keys(location: Location, now: float) -> Keys:
    keys, path = own_keys(signing_key(location)), _file(location)
    return FixedKeys(keys) if path is None else FileKeys(path, now, _read_own)


def _file(location: Location) -> Path | None:
    """Where the signing key is; None if it is kept in memory, as the ledger is."""
    told = os.environ.get(SIGNING_KEY_VARIABLE)
    if told:
        return Path(told)
    if isinstance(location, PostgresLocation):
        raise SigningKeyError(NO_PLACE())
    return location.signing_key_file


def _read(path: Path) -> SigningKey:
    try:
        return SigningKey.from_pem(read_secret(path, SigningKeyError))
    except OSError as error:
        raise SigningKeyError(UNREADABLE(path=path)) from error


def _read_own(path: Path) -> KeySet:
    return own_keys(_read(path))


@cache
def _of_this_process() -> SigningKey:
    return SigningKey.from_seed(secrets.token_bytes(32))
