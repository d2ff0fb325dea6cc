"""The keys of an identity provider, fetched from its URL in the background while those at hand are good."""

from collections.abc import Callable
from threading import Lock, Thread
from typing import NamedTuple

from api.access.errors import KeysUnavailableError
from api.access.jwks import KeySet, VerifyingKey, read_key_set
from api.access.keys import UNAVAILABLE, Keys
from domain.errors import LedgerError
from domain.words import Phrase, Reason

KEPT = 600.0
"""Seconds after which keys are fetched again."""

GOOD = 24 * 3600.0
"""Seconds for which keys stay good whose provider does not answer."""

PAUSE = 60.0
"""Seconds between the beginnings of two fetches, whoever asks for them, and with whatever unknown key."""

PAUSE_WITHOUT = 5.0
"""The same while there are no good keys."""

UNDER_WAY = Phrase(
    "令牌的密钥尚未取得,正在向身份认证系统查询;请稍后再试",
    "the token's key is not known yet and the identity provider is being asked for it; try again in a moment",
)


class Held(NamedTuple):
    """Keys, and the moment at which they were asked for."""

    keys: KeySet
    asked: float


def in_background(work: Callable[[], None]) -> None:
    """Do it in a thread that does not keep the program from ending."""
    Thread(target=work, name="keys of the identity provider", daemon=True).start()


class FetchedKeys(Keys):
    """Keys that `fetch` brings as a JWKS, raising a `LedgerError` if it cannot.

    Nobody waits for a fetch: it goes on in the background (`start`), and until it has ended the old keys are good, or
    `KeysUnavailableError` says when to come again. The lock is held for a few assignments only.
    """

    def __init__(self, fetch: Callable[[], bytes], start: Callable[[Callable[[], None]], None] = in_background) -> None:
        self._fetch = fetch
        self._start = start
        self._lock = Lock()
        self._held: Held | None = None
        self._begun: float | None = None
        self._busy = False
        self._problem: Reason | None = None

    def load(self, now: float) -> None:
        """Fetch them at once, and wait for it: how a program begins. Raises what `fetch` and `read_key_set` do."""
        self._begun = now
        try:
            self._held = Held(read_key_set(self._fetch()), now)
        except LedgerError as error:
            self._problem = error.reason
            raise

    def current(self, now: float) -> KeySet:
        held = self._held
        if held is None or not 0 <= now - held.asked < KEPT:
            self._refresh(now)
            held = self._held
        if held is None or now - held.asked > GOOD:
            raise KeysUnavailableError(
                UNAVAILABLE(), retry_after=1 if self._busy else int(PAUSE_WITHOUT), cause=self._problem
            )
        return held.keys

    def find(self, kid: str | None, algorithm: str, now: float) -> VerifyingKey | None:
        """As above; for a name that is not known the keys are fetched again, which is refused until that has ended."""
        found = self.current(now).find(kid, algorithm)
        if found is not None or kid is None:
            return found
        self._refresh(now)
        if self._busy:
            raise KeysUnavailableError(UNDER_WAY(), retry_after=1, cause=self._problem)
        return self.current(now).find(kid, algorithm)

    def _refresh(self, now: float) -> None:
        """Begin to fetch, unless somebody does or has done so a moment ago."""
        with self._lock:
            held = self._held
            pause = PAUSE if held is not None and now - held.asked <= GOOD else PAUSE_WITHOUT
            if self._busy or (self._begun is not None and 0 <= now - self._begun < pause):
                return
            self._busy, self._begun = True, now
        try:
            self._start(lambda: self._bring(now))
        except RuntimeError:  # no thread can be started
            self._busy = False

    def _bring(self, now: float) -> None:
        try:
            self._held, self._problem = Held(read_key_set(self._fetch()), now), None
        except LedgerError as error:
            self._problem = error.reason
        finally:
            self._busy = False
