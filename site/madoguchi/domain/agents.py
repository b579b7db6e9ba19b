"""A browser's name in plain words, for the list of devices; it proves nothing and decides nothing."""

from __future__ import annotations

from typing import Final

# The first word found wins, so the more telling ones stand first: every browser claims to be some others too.
_SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)
_BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsungブラウザ"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


def label(user_agent: str) -> str:
    """Return words such as 「iPhoneのSafari」, or that the kind is not known."""
    system = next((words for mark, words in _SYSTEMS if mark in user_agent), "")
    browser = next((words for mark, words in _BROWSERS if mark in user_agent), "")
    if system and browser:
        return f"{system}の{browser}"
    return system or browser or "種類のわからないブラウザ"
