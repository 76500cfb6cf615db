"""Where the rows of a CSV file begin: counted as if every cell had been read."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esfdata.exceptions import PackageError
from esfdata.files import physical_lines

CELLS = st.sampled_from(["", "a", "ä", '"q"', '"x,y"', '"a\nb"', '"a""b"', '""', '"a\r\nb"', 'c"', '"', "\r"])


@st.composite
def files(draw):
    width = draw(st.integers(1, 4))
    rows = draw(st.lists(st.lists(CELLS, min_size=max(width - 1, 1), max_size=width + 1), max_size=8))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    text = end.join(",".join(cells) for cells in rows) + draw(st.sampled_from(["", end, end + end]))
    return (draw(st.sampled_from(["", "\ufeff"])) + text).encode()


@given(files(), st.sampled_from([7, 16, 33, 1000]))
def test_counting_finds_what_reading_finds_or_leaves_it_to_reading(content, block):
    whole, physical_lines.BLOCK = physical_lines.BLOCK, block
    try:
        counted = physical_lines._counted(io.BytesIO(content))
    finally:
        physical_lines.BLOCK = whole
    assert counted in (None, physical_lines._read(io.BytesIO(content)))


REGULAR = "a,b\n" + 'ä,"x, y"\n' * 40
BROKEN = 'a,b\n1,"two\nlines"\n3,4,5\n\n6\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [(REGULAR, physical_lines.Shape(40, {}, [], [])), (BROKEN, physical_lines.Shape(4, {1: 3, 2: 0, 3: 1}, [1], [1]))],
    ids=["regular", "broken"],
)
@pytest.mark.parametrize("block", [64, 1 << 22])
def test_counting_need_not_read_every_cell(monkeypatch, text, expected, block):
    monkeypatch.setattr(physical_lines, "BLOCK", block)
    assert expected == physical_lines._counted(io.BytesIO(text.encode()))


def test_a_row_knows_its_line():
    shape = physical_lines.shape(io.BytesIO(BROKEN.encode()), "x.csv")
    assert [2, 4, 5, 6] == shape.lines


@pytest.mark.parametrize("small", [0, 1 << 20])
def test_a_byte_that_is_not_utf8_is_told_with_its_line(monkeypatch, small):
    monkeypatch.setattr(physical_lines, "SMALL", small)
    with pytest.raises(PackageError, match=r"x\.csv:3: the byte 0xe4 is not UTF-8"):
        physical_lines.shape(io.BytesIO(b"a,b\n1,2\nH\xe4me,3\n"), "x.csv")
