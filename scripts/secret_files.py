"""Files that hold a secret: for their owner alone, whole from the first moment, and never overwritten."""

import os
import stat
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from domain.errors import LedgerError, ReadOnlyStoreError, StoreError
from domain.stores.failures import NO_FOLDER, READ_ONLY
from domain.words import Phrase, Reason

OPEN_TO_OTHERS = Phrase(
    "密钥文件 {path} 可被他人读取;请执行 chmod 600", "others can read the key file {path}; run chmod 600 on it"
)


def read_secret(path: Path, refuse: Callable[[Reason], LedgerError]) -> bytes:
    """What the file holds. Raises what `refuse` makes of the reason if others than its owner may use the file."""
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise refuse(OPEN_TO_OTHERS(path=path))
    return path.read_bytes()


def make_secret(path: Path, content: bytes) -> None:
    """Make the file, unless there is one: then that stays as it is. Raises a `StoreError`."""
    try:
        descriptor, name = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)  # mode 0600
    except FileNotFoundError as error:
        raise StoreError(NO_FOLDER(path=path.with_suffix(""))) from error
    except OSError as error:
        raise ReadOnlyStoreError(READ_ONLY(path=path)) from error
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(name, path)
    finally:
        os.unlink(name)
