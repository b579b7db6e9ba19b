"""How typed secrets and browsers' names are read."""

import pytest

from madoguchi.domain import agents
from madoguchi.domain.secrets import pin_material, readings


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Sakura7788", ("Sakura7788",)),
        ("Ｓａｋｕｒａ７７８８", ("Ｓａｋｕｒａ７７８８", "Sakura7788")),
        ("ｶｴﾃﾞ 22", ("ｶｴﾃﾞ 22",)),
        ("a　b", ("a　b", "a b")),
    ],
)
def test_a_secret_is_read_as_typed_and_if_full_width_also_folded(typed, meant):
    assert readings(typed) == meant


def test_equal_pins_of_two_cards_are_different_material():
    assert pin_material("9990110003", "6152") != pin_material("9990110000000014", "6152")


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
            "iPhoneのSafari",
        ),
        ("Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/142.0 Safari/537.36 Edg/142.0", "WindowsのEdge"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/142.0 Mobile Safari/537.36", "AndroidのChrome"),
        ("curl/8.5.0", "種類のわからないブラウザ"),
        ("", "種類のわからないブラウザ"),
    ],
)
def test_a_browser_is_named_in_plain_words(agent, words):
    assert agents.label(agent) == words
