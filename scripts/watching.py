"""Watching an import: a progress bar on a terminal, every refused line, and what it came to."""

import os
from collections.abc import Sequence
from types import TracebackType
from typing import BinaryIO, Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.text import Text

from domain.importing.drafts import Refusal
from domain.importing.run import Summary, Watcher
from domain.words import Language, Phrase

READING = Phrase("读取", "Reading")
JUDGING = Phrase("核对", "Judging")
RECORDING = Phrase("记录", "Recording")
REFUSED = Phrase("{file}:{line}:{why}", "{file}:{line}: {why}")
SUMMARY = Phrase(
    "读取 {read} 行:新记录 {recorded} 条(涉及 {workers} 人),此前已记录 {known_already} 行",
    "{read} lines read: {recorded} recorded (of {workers} workers), {known_already} known already",
)
NOT_ALL = Phrase(
    "拒绝 {refused} 行;同一人的其他 {kept_out} 行也未记录。改正后重新导入同一文件即可",
    "{refused} lines refused; {kept_out} other lines of the same workers were not recorded either. Mend them and"
    " import the same file again",
)


class Watching:
    """Tells a person how an import goes."""

    def __init__(self, files: Sequence[BinaryIO], language: Language) -> None:
        self._names = [file.name for file in files]
        self._language = language
        self._console = Console(stderr=True, soft_wrap=True, highlight=False)
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TimeRemainingColumn(),
            console=self._console,
            disable=not self._console.is_terminal,
            transient=True,
        )
        self._reading = self._progress.add_task(READING().say(language), total=_bytes_in(files))
        self._judging = self._progress.add_task(JUDGING().say(language), total=None, visible=False)
        self._recording = self._progress.add_task(RECORDING().say(language), total=None, visible=False)
        self.watcher = Watcher(
            refused=self._refused,
            read=lambda count: self._progress.advance(self._reading, count),
            judged=lambda count: self._progress.update(self._judging, advance=count, visible=True),
            recorded=lambda count: self._progress.update(self._recording, advance=count, visible=True),
            counted=self._count,
        )

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def _count(self, lines: int) -> None:
        """Every line is to be judged, and at most every line recorded."""
        self._progress.update(self._judging, total=lines)
        self._progress.update(self._recording, total=lines)

    def _refused(self, refusal: Refusal) -> None:
        place = refusal.place
        words = REFUSED(file=self._names[place.file], line=place.line, why=refusal.reason)
        self._console.print(Text(words.say(self._language)))

    def summarise(self, summary: Summary) -> None:
        """What the import came to."""
        counts = {field: getattr(summary, field) for field in summary.__struct_fields__}
        self._console.print(SUMMARY(**counts).say(self._language))
        if summary.refused:
            self._console.print(Text(NOT_ALL(**counts).say(self._language), style="yellow"))


def _bytes_in(files: Sequence[BinaryIO]) -> int | None:
    """How much there is to read; None if that cannot be told, as of a pipe."""
    try:
        sizes = [os.fstat(file.fileno()).st_size for file in files]
    except OSError:
        return None
    return sum(sizes) if all(sizes) else None
