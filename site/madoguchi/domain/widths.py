"""Folding of full-width typing to half width, narrow enough never to change what a number means."""

from typing import Final

# Only ASCII's full-width twins and the ideographic space: NFKC would also turn superscript and
# circled digits into plain ones, so that a typed "²000" became 2000.
_NARROW: Final = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}

# Every stroke that a keyboard or an IME offers between groups of digits, and plain spaces.
_DASHES: Final = (
    "-\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2043"
    "\u207b\u208b\u2212\u2500\u2501\u30fc\uff0d\uff70\ufe58\ufe63"
)
_SPACES: Final = " \t\u00a0\u2002\u2003\u2009\u200b\u202f\u3000"
_DROPPED: Final = dict.fromkeys(map(ord, _DASHES + _SPACES))


def narrow(text: str) -> str:
    """Return the text with full-width ASCII (U+FF01-U+FF5E) and U+3000 as half width, all else as typed."""
    return text.translate(_NARROW)


def was_widened(text: str) -> bool:
    """Tell whether narrow() changes anything, so that the page can say what it understood."""
    return narrow(text) != text


def digits_only(text: str) -> str:
    """Return the text narrowed and without spaces and dashes, as card and phone numbers are compared."""
    return narrow(text).translate(_DROPPED)


def is_digits(text: str) -> bool:
    """Tell whether the text is one or more of 0-9; Arabic, circled and superscript digits are none."""
    return text.isascii() and text.isdigit()
