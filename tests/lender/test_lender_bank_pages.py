"""[[bank_pages]] of lender.toml: five banks as shipped, each once, by four digits."""

import pytest

from madoguchi.lender import load
from madoguchi.sections import RulesError
from tests import people

SHIPPED = (people.ROOT / "lender.toml").read_text(encoding="utf-8")


def with_code(tmp_path, code):
    """The shipped file with another code for the first bank."""
    file = tmp_path / "lender.toml"
    old = '[[bank_pages]]\ncode = "0001"'
    assert old in SHIPPED
    file.write_text(SHIPPED.replace(old, f'[[bank_pages]]\ncode = "{code}"'), encoding="utf-8")
    return file


def test_five_banks_are_shipped():
    assert people.rules().bank_pages == ("0001", "0005", "0009", "0036", "9900")


@pytest.mark.parametrize(
    ("code", "words"), [("1", "four digits"), ("０００１", "four digits"), ("0005", "twice")]
)
def test_a_wrong_code_is_named(tmp_path, code, words):
    with pytest.raises(RulesError, match=words):
        load(with_code(tmp_path, code))
