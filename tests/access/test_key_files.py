"""A key set in a file: changed keys count soon, and a file that is being replaced does no harm."""

import json
import os
from pathlib import Path

import pytest

from api.access.errors import BadKeysError, BadTokenError, KeysUnavailableError
from api.access.jwks import KeySet
from api.access.keys import GLANCE, HALF_WRITTEN, FileKeys, read_key_set_file
from tests.access.minting import NOW, jwk, refused, token, verifier


class File:
    """A key set file, and how often it was read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.reads = 0
        self._changes = 0
        self.write(jwk("EdDSA", "old"))

    def write(self, *jwks: dict[str, object]) -> None:
        self.put(json.dumps({"keys": jwks}).encode())

    def put(self, content: bytes) -> None:
        """Write it, at a time of change that no other has: a test is faster than the clock of some file systems."""
        self.path.write_bytes(content)
        self._changes += 1
        os.utime(self.path, ns=(0, self._changes * 1_000_000))

    def read(self, path: Path) -> KeySet:
        self.reads += 1
        return read_key_set_file(path)

    def keys(self) -> FileKeys:
        return FileKeys(self.path, NOW, self.read)


@pytest.fixture
def file(tmp_path: Path) -> File:
    return File(tmp_path / "keys.json")


def test_a_changed_file_counts_within_a_second_and_is_read_once(file: File) -> None:
    keys = file.keys()
    file.write(jwk("EdDSA", "new", 1))
    assert keys.find("old", "EdDSA", NOW + GLANCE / 2) is not None
    for later in (GLANCE, GLANCE * 1.5, GLANCE * 3):
        assert keys.find("old", "EdDSA", NOW + later) is None
        assert keys.find("new", "EdDSA", NOW + later) is not None
    assert file.reads == 2


def test_a_file_of_the_same_size_and_time_that_took_the_place_of_another_is_noticed(file: File) -> None:
    keys, status = file.keys(), file.path.stat()
    other = file.path.with_suffix(".new")
    other.write_bytes(file.path.read_bytes().replace(b'"old"', b'"new"'))
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))
    other.rename(file.path)
    assert keys.find("new", "EdDSA", NOW + GLANCE) is not None


def test_a_token_is_refused_once_its_key_has_left_the_file(file: File) -> None:
    one, made = verifier(keys=file.keys()), token(kid="old")
    assert one.verify(made, NOW)
    file.write(jwk("EdDSA", "new", 1))
    assert type(refused(made, by=one, now=NOW + GLANCE)) is BadTokenError
    assert one.verify(token(kid="new", number=1), NOW + GLANCE)


@pytest.mark.parametrize("content", [b"", b'{"keys": [', None])
def test_a_half_written_file_keeps_the_old_keys_for_a_while(file: File, content: bytes | None) -> None:
    keys = file.keys()
    if content is None:
        file.path.unlink()
    else:
        file.put(content)
    assert keys.find("old", "EdDSA", NOW + GLANCE) is not None
    assert keys.find("old", "EdDSA", NOW + HALF_WRITTEN) is not None
    with pytest.raises(KeysUnavailableError) as caught:
        keys.find("old", "EdDSA", NOW + HALF_WRITTEN + GLANCE)
    assert str(file.path) not in caught.value.say("en") + caught.value.say("zh")
    assert caught.value.cause is not None
    file.write(jwk("EdDSA", "new", 1))
    assert keys.find("new", "EdDSA", NOW + HALF_WRITTEN + 3 * GLANCE) is not None


def test_a_file_that_lay_unasked_for_a_day_is_as_good_as_before(file: File) -> None:
    assert file.keys().find("old", "EdDSA", NOW + 86_400) is not None


def test_a_clock_that_is_set_back_does_not_keep_a_change_from_being_seen(file: File) -> None:
    keys = file.keys()
    file.write(jwk("EdDSA", "new", 1))
    assert keys.find("new", "EdDSA", NOW - 3600) is not None


def test_a_program_does_not_begin_with_a_file_that_is_no_key_set(file: File, tmp_path: Path) -> None:
    file.put(b"{}")
    with pytest.raises(BadKeysError):
        file.keys()
    with pytest.raises(BadKeysError, match=r"missing\.json"):
        FileKeys(tmp_path / "missing.json", NOW, read_key_set_file)
    with pytest.raises(BadKeysError):
        FileKeys(tmp_path, NOW, read_key_set_file)
