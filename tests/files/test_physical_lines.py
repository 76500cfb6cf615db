"""Where the rows of a CSV file begin: counted as if every cell had been read."""

import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from esfdata.exceptions import PackageError
from esfdata.files import physical_lines
from esfdata.files.physical_lines import Shape

CELLS = st.sampled_from(["", "a", "ä", '"q"', '"x,y"', '"a\nb"', '"a""b"', '""', '"a\r\nb"', 'c"', '"', "\r"])
BLOCKS = st.sampled_from([1, 2, 7, 16, 33, 1000])


@st.composite
def files(draw):
    width = draw(st.integers(1, 4))
    rows = draw(st.lists(st.lists(CELLS, min_size=max(width - 1, 1), max_size=width + 1), max_size=8))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    text = end.join(",".join(cells) for cells in rows) + draw(st.sampled_from(["", end, end + end, "\r"]))
    return (draw(st.sampled_from(["", "\ufeff"])) + text).encode()


def reference(content):
    """The shape, a sign at a time.

    A quotation mark is one where a cell begins, and one that follows the mark which closes a cell opens it again; any
    other is text. A line feed outside quotation marks ends a row.
    """
    text = content.decode("utf-8-sig")
    rows, line, begins, cells, row, state = [], 1, 1, 1, "", "start"
    for sign in text + "\n" * (not text.endswith("\n")) if text else "":
        line += sign == "\n"
        row += sign
        if state == "quoted":
            state = "closed" if sign == '"' else "quoted"
        elif sign == "\n":
            rows.append((begins, 0 if row in ("\n", "\r\n") else cells))
            begins, cells, row, state = line, 1, "", "start"
        elif sign == ",":
            cells, state = cells + 1, "start"
        elif sign == '"' and state in ("start", "closed"):
            state = "quoted"
        else:
            state = "text"
    if row:
        rows.append((begins, cells))
    width = rows[0][1] if rows else 0
    ragged = {n: cells for n, (_, cells) in enumerate(rows[1:]) if cells != width and (cells or width > 1)}
    return [begins for begins, _ in rows[1:]], ragged


def lines_and_ragged(shape):
    return shape.lines, shape.ragged


@given(st.text(',"\n\rxä', max_size=40).map(str.encode) | files(), BLOCKS)
@example(b",\n\r", 7)
@example("\ufeffa,b\n1".encode(), 1)
def test_counting_and_reading_find_what_a_reference_finds(content, block_size):
    expected = reference(content)
    assert expected == lines_and_ragged(physical_lines._read(io.BytesIO(content)))
    if counted := physical_lines._counted(io.BytesIO(content), block_size):
        assert expected == lines_and_ragged(counted)


REGULAR = "a,b\n" + 'ä,"x, y"\n' * 40
BROKEN = 'a,b\n1,"two\nlines"\n3,4,5\n\n6\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [(REGULAR, Shape(40, {}, [], [])), (BROKEN, Shape(4, {1: 3, 2: 0, 3: 1}, [1], [1]))],
    ids=["regular", "broken"],
)
@pytest.mark.parametrize("block_size", [64, 1 << 22])
def test_counting_need_not_read_every_cell(text, expected, block_size):
    assert expected == physical_lines._counted(io.BytesIO(text.encode()), block_size)


def test_a_row_knows_its_line():
    shape = physical_lines.shape(io.BytesIO(BROKEN.encode()), "x.csv")
    assert [2, 4, 5, 6] == shape.lines


@pytest.mark.parametrize("small", [0, 1 << 20])
def test_a_byte_that_is_not_utf8_is_told_with_its_line(small):
    with pytest.raises(PackageError, match=r"x\.csv:3: the byte 0xe4 is not UTF-8"):
        physical_lines.shape(io.BytesIO(b"a,b\n1,2\nH\xe4me,3\n"), "x.csv", small)
