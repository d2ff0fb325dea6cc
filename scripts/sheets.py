"""Answers as CSV for spreadsheets: UTF-8 with a mark at its start, so that Excel reads Chinese; one row an item.

A cell of text that a spreadsheet would take for a formula is led by an apostrophe (OWASP, CSV injection). A code of
digits is followed by a tab, without which Excel would make a rounded number of it and save that.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import BinaryIO, NamedTuple
from uuid import UUID

from domain.words import Language, Phrase

FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""What a formula begins with, or hides behind; the wide forms are what Chinese input methods write."""

Cell = str | int | float | date | UUID | None
"""An empty cell is None; whatever is no text and no number is written as text."""


class Code(str):
    """A code made of digits, which is no number."""

    __slots__ = ()


class Sheet(NamedTuple):
    """One table: what stands above its columns, and its rows."""

    headings: Sequence[Phrase]
    rows: Iterable[Sequence[Cell]]


def write(sheet: Sheet, language: Language, file: BinaryIO) -> None:
    """Write a sheet, its headings in the asked language."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    try:
        lines = csv.writer(text)
        lines.writerow([heading().say(language) for heading in sheet.headings])
        lines.writerows([guarded(cell) for cell in row] for row in sheet.rows)
        text.flush()
    finally:
        text.detach()


def guarded(cell: Cell) -> str | int | float | None:
    """A cell as it is written."""
    if isinstance(cell, Code):
        return f"{cell}\t"
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(FORMULA) else cell
    return cell if cell is None or isinstance(cell, int | float) else str(cell)


def yes_or_no(value: bool, language: Language) -> str:
    """A truth in a cell."""
    words = ("是", "否") if language == "zh" else ("yes", "no")
    return words[not value]
