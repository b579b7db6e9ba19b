"""Japan's banks and branches from the package zengin-code, and what lender.toml says besides.

Only its data is read, a bank's branches when they are first asked for: its own loader would take a second and
every branch of the country into memory.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import jaconv

from madoguchi.domain.kana import bank_kana
from madoguchi.domain.widths import narrow
from madoguchi.ports.banks import Place

# Written in the list without the word that everybody says; the others (信金, 信組, 農協 …) carry theirs.
_BANKS_BELOW, _POST = "1000", "9900"
_BRANCH_WORDS = ("部", "店", "所", "センター", "本部")


class ZenginDirectory:
    """A BankDirectory; `others` are names of banks that the list does not know, by their code."""

    def __init__(self, others: Mapping[str, str] | None = None) -> None:
        self._others = dict(others or {})

    def bank(self, code: str) -> Place | None:
        """The bank of this code."""
        if name := self._others.get(code):
            return Place(code, name, "")
        found = _banks().get(code)
        return _bank(found) if found else None

    def branch(self, bank: str, code: str) -> Place | None:
        """The branch of this code; any at a bank of the lender's own, whose branches nobody lists."""
        if bank in self._others:
            return Place(code, f"{code}支店", "") if code.isascii() and code.isdigit() else None
        found = _branches(bank).get(code) if bank in _banks() else None
        return _branch(found) if found else None

    def banks_called(self, words: str, most: int) -> Sequence[Place]:
        """Banks of this name; when none is, those whose name begins with it."""
        return [_bank(row) for row in _called(_banks().values(), words, ("銀行",), most)]

    def branches_called(self, bank: str, words: str, most: int) -> Sequence[Place]:
        """Branches of a bank of this name; when none is, those whose name begins with it."""
        if bank not in _banks():
            return []
        return [_branch(row) for row in _called(_branches(bank).values(), words, ("支店",), most)]


Row = Mapping[str, str]


@cache
def _folder() -> Path:
    spec = find_spec("zengin_code")
    assert spec is not None, "zengin-code is one of the requirements"
    assert spec.origin is not None, "zengin-code is a package with files"
    return Path(spec.origin).parent / "source-data" / "data"


@cache
def _banks() -> Mapping[str, Row]:
    return _read("banks.json")


@cache
def _branches(bank: str) -> Mapping[str, Row]:
    return _read(f"branches/{bank}.json")


def _read(name: str) -> Mapping[str, Row]:
    rows: Mapping[str, Row] = json.loads((_folder() / name).read_text(encoding="utf-8"))
    return rows


def _bank(row: Row) -> Place:
    name, code = narrow(row["name"]), row["code"]
    says_bank = (code < _BANKS_BELOW or code == _POST) and not name.endswith(("銀行", "金庫"))
    return Place(code, f"{name}銀行" if says_bank else name, bank_kana(row["kana"]))


def _branch(row: Row) -> Place:
    name = narrow(row["name"])
    return Place(row["code"], name if name.endswith(_BRANCH_WORDS) else f"{name}支店", bank_kana(row["kana"]))


def _called(rows: Iterable[Row], words: str, suffixes: Sequence[str], most: int) -> list[Row]:
    wished = _key(words)
    for suffix in suffixes:
        wished = wished.removesuffix(suffix) or wished
    if not wished:
        return []
    keyed = [(row, {_key(row["name"]).removesuffix("銀行"), _key(row["kana"])}) for row in rows]
    exact = [row for row, keys in keyed if wished in keys]
    return (exact or [row for row, keys in keyed if any(key.startswith(wished) for key in keys)])[:most]


def _key(words: str) -> str:
    """A name without what people write differently: width, case, spaces, and the kinds and sizes of kana."""
    kana = jaconv.enlarge_smallkana(jaconv.hira2kata(jaconv.h2z(narrow(words))))
    return "".join(kana.split()).upper().replace("ー", "-")
