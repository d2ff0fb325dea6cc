"""Sheets: what a spreadsheet must not take for a formula or a number, and what it must read as Chinese."""

import csv
import io
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.words import Phrase
from scripts.sheets import Code, Sheet, guarded, write

HEADINGS = (Phrase("姓名", "Name"), Phrase("代码", "Code"))


def written(*rows: Any, language: Any = "zh") -> bytes:
    file = io.BytesIO()
    write(Sheet(HEADINGS, rows), language, file)
    return file.getvalue()


def test_a_sheet_begins_with_the_mark_by_which_excel_reads_chinese_and_with_its_headings():
    assert written(("巴图", 1)) == b"\xef\xbb\xbf" + "姓名,代码\r\n巴图,1\r\n".encode()
    assert written(language="en") == b"\xef\xbb\xbfName,Code\r\n"


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_text_is_no_formula(first):
    assert guarded(f"{first}1+1") == f"'{first}1+1"


def test_numbers_days_and_careers_are_written_as_they_are():
    career = UUID(int=1)
    assert [guarded(cell) for cell in (-1, 1.5, date(2026, 1, 2), career, None, "a-b")] == [
        *(-1, 1.5, "2026-01-02", str(career), None, "a-b")
    ]


def test_a_code_is_text():
    assert guarded(Code("150102001001")) == "150102001001\t"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")), min_size=2, max_size=2))
def test_whatever_a_cell_holds_it_comes_back_and_is_no_formula(cells):
    text = written(cells).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows[1] == [guarded(cell) for cell in cells]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in rows[1])
