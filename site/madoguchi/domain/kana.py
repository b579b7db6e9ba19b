"""Names in kana as bank files carry them: half-width capitals, each voicing mark a cell of its own."""

import unicodedata
from typing import Final

import jaconv

from madoguchi.domain.widths import narrow

_KANA: Final = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝﾞﾟ"
CELLS: Final = frozenset(_KANA + "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ ()-./")

# What the library leaves alone, or what banks write in another way: every stroke is the long mark.
_BY_THE_BANKS: Final = str.maketrans(
    {"ヲ": "オ", "ヰ": "イ", "ヱ": "エ", "ヮ": "ワ"} | dict.fromkeys("ー‐‑‒–—―−ｰ", "-")
)
# A company's form is cut short: before the name it closes a bracket, after the name it opens one.
_FORMS: Final = (("ｶﾌﾞｼｷｶﾞｲｼﾔ", "ｶ"), ("ﾕｳｹﾞﾝｶﾞｲｼﾔ", "ﾕ"), ("ｺﾞｳﾄﾞｳｶﾞｲｼﾔ", "ﾄﾞ"))


class KanaError(ValueError):
    """A letter that no bank file can carry, or nothing at all; `letter` is it, as it was typed, or empty."""

    def __init__(self, letter: str) -> None:
        super().__init__(f"{letter!r} cannot stand in a bank file" if letter else "a name is empty")
        self.letter = letter


def bank_kana(text: str) -> str:
    """Return a name as bank files carry it, such as ｻﾄｳ ﾊﾅｺ for サトウ　ハナコ or さとう はなこ.

    Small kana become full-size, ヲ becomes オ and the long mark a hyphen; KanaError for anything else.
    """
    wide = jaconv.h2z(unicodedata.normalize("NFC", narrow(text)))
    capital = jaconv.enlarge_smallkana(jaconv.hira2kata(wide)).translate(_BY_THE_BANKS).upper()
    cells = " ".join(jaconv.z2h(capital).split())
    if not cells:
        raise KanaError("")
    for cell in cells:
        if cell not in CELLS:
            raise KanaError(jaconv.h2z(cell))
    return _shortened(cells)


def wide_kana(cells: str) -> str:
    """Return a name from a bank file as pages show it, such as サトウ ハナコ."""
    return jaconv.h2z(cells)


def same_name(one: str, other: str) -> bool:
    """Tell whether two names in kana are the same to a bank, however their spaces stand; KanaError."""
    return _unspaced(bank_kana(one)) == _unspaced(bank_kana(other))


def cut(cells: str, width: int) -> str:
    """Return what of a name stands in a field of so many cells."""
    return cells[:width]


def _unspaced(cells: str) -> str:
    return cells.replace(" ", "")


def _shortened(cells: str) -> str:
    for form, short in _FORMS:
        if cells.startswith(form) and cells != form:
            return f"{short}){cells.removeprefix(form).lstrip()}"
        if cells.endswith(form) and cells != form:
            return f"{cells.removesuffix(form).rstrip()}({short}"
    return cells


def member_kana(text: str) -> str:
    """Return a name as members have it on file, such as サトウ ハナコ for さとう　はなこ or ｻﾄｳ ﾊﾅｺ.

    KanaError for a letter that is no katakana or that no bank file carries, and for a name without a space.
    """
    wide = jaconv.hira2kata(jaconv.h2z(unicodedata.normalize("NFKC", text), kana=True))
    name = " ".join(wide.split())
    for letter in name:
        if not ("ァ" <= letter <= "ヶ" or letter in "ー・ "):
            raise KanaError(letter)
    if " " not in name:
        raise KanaError("")
    bank_kana(name.replace("・", " "))
    return name
