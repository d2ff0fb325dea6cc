"""Keys of an identity provider: how long they are good, when they are fetched again, and that nobody waits for it."""

import json
import time
from collections.abc import Callable
from threading import Event

import pytest

from api.access.errors import BadKeysError, BadTokenError, KeysUnavailableError
from api.access.fetched import GOOD, KEPT, PAUSE, PAUSE_WITHOUT, FetchedKeys
from domain.words import Phrase
from tests.access.minting import NOW, jwk, refused, token, verifier

AWAY = Phrase("没有应答", "no answer from login.example.org")


class Source:
    """What a fetch brings, and how often it was asked; work that was begun waits until it is let go."""

    def __init__(self) -> None:
        self.asked = 0
        self.away = False
        self.waiting: list[Callable[[], None]] = []
        self.patient = False
        self.publish("old")

    def publish(self, *names: str) -> None:
        """Each name is of another key."""
        self.document = json.dumps({"keys": [jwk("EdDSA", name, len(name)) for name in names]}).encode()

    def fetch(self) -> bytes:
        self.asked += 1
        if self.away:
            raise KeysUnavailableError(AWAY(), retry_after=1)
        return self.document

    def start(self, work: Callable[[], None]) -> None:
        if self.patient:
            self.waiting.append(work)
        else:
            work()

    def let_go(self) -> None:
        while self.waiting:
            self.waiting.pop()()

    def keys(self) -> FetchedKeys:
        keys = FetchedKeys(self.fetch, self.start)
        keys.load(NOW)
        return keys


@pytest.fixture
def source() -> Source:
    return Source()


def has(keys: FetchedKeys, name: str, later: float = 0) -> bool:
    return keys.find(name, "EdDSA", NOW + later) is not None


def test_keys_are_fetched_again_after_ten_minutes_and_not_before(source: Source) -> None:
    keys = source.keys()
    source.publish("newer")
    for later in (1, 100, KEPT - 1):
        assert has(keys, "old", later)
    assert source.asked == 1
    assert has(keys, "newer", KEPT)
    assert not has(keys, "old", KEPT)
    assert source.asked == 2


def test_an_unknown_key_is_asked_for_but_once_a_minute(source: Source) -> None:
    keys = source.keys()
    source.publish("old", "newer")
    assert not has(keys, "newer", PAUSE - 1)
    assert has(keys, "newer", PAUSE)
    for strange in range(100):
        assert not has(keys, f"strange-{strange}", PAUSE + strange / 2)
    assert source.asked == 2
    assert not has(keys, "strange", 2 * PAUSE)
    assert source.asked == 3


def test_a_token_without_a_kid_makes_nobody_ask(source: Source) -> None:
    keys = source.keys()
    assert keys.find(None, "RS256", NOW + PAUSE) is None
    assert source.asked == 1


def test_while_the_provider_is_away_old_keys_are_good_for_a_day(source: Source) -> None:
    keys = source.keys()
    source.away = True
    for later in (KEPT, GOOD / 2, GOOD):
        assert has(keys, "old", later)
    with pytest.raises(KeysUnavailableError) as caught:
        has(keys, "old", GOOD + 1)
    assert "example.org" not in caught.value.say("en")
    assert caught.value.cause == AWAY()
    source.away = False
    assert has(keys, "old", GOOD + 1 + PAUSE_WITHOUT)


def test_a_provider_that_is_away_is_asked_once_a_minute_and_more_often_once_no_key_is_good(source: Source) -> None:
    keys = source.keys()
    source.away = True
    for second in range(600):
        has(keys, "old", KEPT + second)
    assert source.asked == 1 + 10
    for second in range(60):
        with pytest.raises(KeysUnavailableError):
            has(keys, "old", 2 * GOOD + second)
    assert source.asked == 1 + 10 + 60 / PAUSE_WITHOUT


def test_a_key_set_that_must_not_be_used_leaves_the_old_one(source: Source) -> None:
    keys = source.keys()
    for bad in (b"<html>", b'{"keys": []}', json.dumps({"keys": [{"kty": "oct", "k": "AA"}]}).encode()):
        source.document = bad
        assert has(keys, "old", KEPT)


def test_nobody_waits_for_a_fetch_while_old_keys_are_good(source: Source) -> None:
    keys = source.keys()
    source.patient = True
    source.publish("newer")
    for later in range(100):
        assert has(keys, "old", KEPT + later)
    assert len(source.waiting) == 1
    source.let_go()
    assert has(keys, "newer", KEPT + 100)


def test_who_brings_an_unknown_key_is_told_to_come_again_while_it_is_asked_for(source: Source) -> None:
    one = verifier(keys=source.keys())
    source.patient = True
    source.publish("newer")
    made = token(kid="newer", number=5)
    with pytest.raises(KeysUnavailableError) as caught:
        one.verify(made, NOW + PAUSE)
    assert caught.value.retry_after == 1
    source.let_go()
    assert one.verify(made, NOW + PAUSE + 1)
    assert isinstance(refused(token(kid="older", number=6), by=one, now=NOW + PAUSE + 1), BadTokenError)


def test_a_program_may_begin_while_the_provider_is_away(source: Source) -> None:
    keys = FetchedKeys(source.fetch, source.start)
    source.away = True
    with pytest.raises(KeysUnavailableError, match=r"example\.org"):
        keys.load(NOW)
    with pytest.raises(KeysUnavailableError) as caught:
        has(keys, "old", 1)
    assert caught.value.cause == AWAY()
    source.away = False
    assert has(keys, "old", PAUSE_WITHOUT)


def test_a_program_does_not_begin_with_a_key_set_that_must_not_be_used(source: Source) -> None:
    source.document = b"{}"
    with pytest.raises(BadKeysError):
        source.keys()


def test_a_clock_that_jumps_makes_keys_be_fetched_again(source: Source) -> None:
    keys = source.keys()
    assert has(keys, "old", -3600)
    assert source.asked == 2
    assert has(keys, "old", 10 * GOOD)
    assert source.asked == 3


def test_where_no_thread_can_be_started_the_old_keys_stay(source: Source) -> None:
    def exhausted(_: Callable[[], None]) -> None:
        raise RuntimeError("can't start new thread")

    keys = FetchedKeys(source.fetch, exhausted)
    keys.load(NOW)
    assert has(keys, "old", KEPT)
    assert not has(keys, "newer", KEPT + 1)


def test_a_fetch_that_hangs_hangs_in_the_background(source: Source) -> None:
    asked, go_on = Event(), Event()

    def fetch() -> bytes:
        if source.asked:
            asked.set()
            go_on.wait(10)
        return source.fetch()

    keys = FetchedKeys(fetch)
    keys.load(NOW)
    source.publish("newer")
    assert has(keys, "old", KEPT)
    assert asked.wait(10)
    assert has(keys, "old", KEPT + 1)
    go_on.set()
    until = time.monotonic() + 10
    while keys._busy and time.monotonic() < until:
        time.sleep(0.001)
    assert has(keys, "newer", KEPT + 2)
