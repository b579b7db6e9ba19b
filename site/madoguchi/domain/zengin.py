"""Records of 120 bytes as Japanese banks exchange them: their columns, written and read to the byte.

JIS X 0201 in its Shift_JIS form, so that a cell is a byte. Digits stand right in their column and are filled
up with zeros, text stands left and is filled up with spaces. Lines end with CR LF or with nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from madoguchi.domain.kana import CELLS, cut
from madoguchi.domain.widths import is_digits

RECORD_BYTES: Final = 120
LINE_END: Final = b"\r\n"
_CODEC: Final = "shift_jis"


class Malformed(ValueError):
    """A file that is not what the banks agreed on; line and column count from 1."""

    def __init__(self, line: int, column: int, sentence: str) -> None:
        super().__init__(f"line {line}, column {column}: {sentence}")
        self.line, self.column, self.sentence = line, column, sentence


@dataclass(frozen=True, slots=True)
class Field:
    """A column of so many bytes: digits or text, or where `always` says so one text only."""

    name: str
    width: int
    digits: bool
    always: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """A record: its fields one after the other, and the place (from 1) where each begins."""

    fields: tuple[Field, ...]

    def place(self, name: str) -> int:
        """Return the position, from 1, of a field's first byte."""
        at = 1
        for field in self.fields:
            if field.name == name:
                return at
            at += field.width
        raise KeyError(name)


def record(*fields: Field) -> Record:
    """Return a record of fields that fill it; ValueError when they do not."""
    if sum(field.width for field in fields) != RECORD_BYTES:
        raise ValueError(f"a record has {RECORD_BYTES} bytes")
    return Record(fields)


def number(name: str, width: int) -> Field:
    """A column of digits."""
    return Field(name, width, digits=True)


def text(name: str, width: int) -> Field:
    """A column of half-width letters."""
    return Field(name, width, digits=False)


def fixed(name: str, always: str) -> Field:
    """A column that always holds the same."""
    return Field(name, len(always), digits=is_digits(always), always=always)


def spaces(width: int) -> Field:
    """A column that is left empty."""
    return Field("", width, digits=False, always=" " * width)


def write(layout: Record, values: Mapping[str, str | int]) -> bytes:
    """Return a record; text is cut at the cell, ValueError for anything else that a column cannot hold."""
    return "".join(_written(field, values) for field in layout.fields).encode(_CODEC)


def read(layout: Record, raw: bytes, line: int) -> dict[str, str]:
    """Return the values of a record by name, digits with their zeros and text without its spaces.

    Raises Malformed at the first byte that its column cannot hold.
    """
    _require_length(raw, line)
    values, at = {}, 0
    for field in layout.fields:
        cells = _decoded(raw[at : at + field.width], line, at + 1)
        _require(field, cells, line, at + 1)
        if field.name:
            values[field.name] = cells if field.digits else cells.rstrip(" ")
        at += field.width
    return values


def join(records: Iterable[bytes], line_end: bytes = LINE_END) -> bytes:
    """Return records as one file; every line ends with `line_end`, CR LF or nothing."""
    return b"".join(one + line_end for one in records)


def split(data: bytes) -> list[bytes]:
    """Return the lines of a file, each still to be read; raises Malformed where it breaks off."""
    if not data:
        raise Malformed(1, 1, "the file is empty")
    if LINE_END in data:
        return data.removesuffix(LINE_END).split(LINE_END)
    if b"\n" in data or b"\r" in data:
        at = min(at for at in (data.find(b"\n"), data.find(b"\r")) if at >= 0)
        raise Malformed(1, at + 1, "a line ends with CR LF or with nothing")
    return [data[at : at + RECORD_BYTES] for at in range(0, len(data), RECORD_BYTES)]


def kind_of(raw: bytes, line: int) -> str:
    """Return the first byte of a line, which says what kind of record it is; Malformed where it is cut."""
    _require_length(raw, line)
    return _decoded(raw[:1], line, 1)


def _require_length(raw: bytes, line: int) -> None:
    if len(raw) != RECORD_BYTES:
        column = min(len(raw), RECORD_BYTES) + 1
        raise Malformed(line, column, f"the line has {len(raw)} bytes and not {RECORD_BYTES}")


def _written(field: Field, values: Mapping[str, str | int]) -> str:
    if field.always is not None:
        return field.always
    cells = str(values[field.name])
    if not field.digits:
        if not CELLS.issuperset(cells):
            raise ValueError(f"{field.name} cannot hold {cells!r}")
        return cut(cells, field.width).ljust(field.width)
    if not is_digits(cells) or len(cells) > field.width:
        raise ValueError(f"{field.name} holds up to {field.width} digits, not {cells!r}")
    return cells.zfill(field.width)


def _decoded(raw: bytes, line: int, column: int) -> str:
    """Byte by byte: two bytes that make one full-width letter would move every column after them."""
    cells = []
    for at, byte in enumerate(raw):
        try:
            cells.append(bytes([byte]).decode(_CODEC))
        except UnicodeDecodeError:
            raise Malformed(line, column + at, f"byte {byte:02X} is no half-width letter") from None
    return "".join(cells)


def _require(field: Field, cells: str, line: int, column: int) -> None:
    if field.always is not None:
        if cells != field.always:
            wanted = f"{field.always!r}" if field.always.strip() else "spaces"
            raise Malformed(line, column + _first_other(cells, field.always), f"{wanted} must stand here")
        return
    for at, cell in enumerate(cells):
        if field.digits and not is_digits(cell):
            raise Malformed(line, column + at, f"{field.name} holds digits only, not {cell!r}")
        if not field.digits and cell not in CELLS:
            raise Malformed(line, column + at, f"{field.name} cannot hold {cell!r}")


def _first_other(cells: str, wanted: str) -> int:
    return next(at for at, (one, other) in enumerate(zip(cells, wanted, strict=True)) if one != other)
