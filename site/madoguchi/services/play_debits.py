"""The demo's bank for direct debits, as testers play it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from madoguchi.domain.kana import wide_kana
from madoguchi.ports.debit import AtBank, Mood, PlayDebits
from madoguchi.services import debit_files, debit_round, rounds
from madoguchi.services.debit_files import Made, Unfit
from madoguchi.services.office import Office


def mood(office: Office) -> Mood:
    """How the bank behaves."""
    return _bank(office).mood()


def put_into(office: Office, wished: Mood) -> None:
    """Let the bank behave so from now on."""
    _bank(office).put_into(wished)


def files(office: Office, most: int) -> Sequence[AtBank]:
    """The files that the bank has, the newest first, with names as people write them."""
    return [
        replace(file, lines=tuple(replace(line, holder=wide_kana(line.holder)) for line in file.lines))
        for file in _bank(office).files(most)
    ]


def decide(office: Office, name: str, customer: int, code: int) -> bool:
    """Choose the result of one debit; False when it is too late."""
    return _bank(office).decide(name, customer, code)


def make(office: Office, on: date) -> Made | Unfit:
    """Make the file of a due day at once and give it to the bank, whatever day it is."""
    with office.alone:
        for _ in rounds.close_days(office):
            pass
        made = debit_files.make(office, on)
        if isinstance(made, Made):
            debit_files.hand_over(office, made.file)
        return made


def answer_now(office: Office, name: str) -> list[str] | None:
    """Let the bank send a file back and take it in; what came of it, None when there is no such file."""
    if not _bank(office).answer_now(name):
        return None
    return list(debit_round.fetch(office))


def _bank(office: Office) -> PlayDebits:
    if office.demo is None or office.demo.debits is None:
        raise RuntimeError("this is no demo")
    return office.demo.debits
