"""The section of lender.toml about letters: the night's quiet, and how discreet ones are signed."""

from __future__ import annotations

from madoguchi.domain.quiet import LetterRules, Quiet
from madoguchi.sections import Section


def letters(s: Section, brand: tuple[str, ...]) -> LetterRules:
    """[letters]; a neutral sender or subject that names the lender would tell what discretion hides."""
    begins, ends = s.clock("quiet_from"), s.clock("quiet_until")
    try:
        quiet = Quiet(begins, ends)
    except ValueError as fault:
        raise s.fault("quiet_from", f"and quiet_until do not fit: {fault}") from None
    rules = LetterRules(quiet, _neutral(s, "neutral_sender", brand), _neutral(s, "neutral_subject", brand))
    s.done()
    return rules


def _neutral(s: Section, key: str, brand: tuple[str, ...]) -> str:
    text = s.text(key).strip()
    if not text.isprintable():
        raise s.fault(key, "must be one line")
    if any(name in text for name in brand):
        raise s.fault(key, f"must not name the lender: {text!r}")
    return text
