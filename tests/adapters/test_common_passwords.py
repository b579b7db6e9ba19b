"""The list of common passwords: what is on it, what is as good as on it, and that it keeps nothing."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from zxcvbn import matching

from madoguchi.adapters.common_passwords import CommonPasswords
from madoguchi.domain.passwords import Strength
from madoguchi.services.cast import CAST


@pytest.mark.parametrize(
    "password",
    ["password1", "Passw0rd1", "12345678", "qwertyui", "abcd1234", "aaaaaaaa", "abcabcabc", "drowssap",
     "Iloveyou1", "1qaz2wsx", "20262026", "sakura123"],
)  # fmt: skip
def test_what_everybody_tries_first_is_common(password):
    assert CommonPasswords().strength(password, []) is Strength.COMMON


def test_strength_grows_in_steps():
    judge = CommonPasswords()
    found = [judge.strength(p, []) for p in ("Fuji3776", "Kikyou4821", "Kikyou4821x9")]
    assert found == [Strength.FAIR, Strength.STRONG, Strength.VERY_STRONG]


def test_words_about_the_owner_weaken_a_password_and_are_forgotten():
    judge = CommonPasswords()
    assert judge.strength("kikyouya48", []) > judge.strength("kikyouya48", ["kikyouya"])
    assert "user_inputs" not in matching.RANKED_DICTIONARIES
    assert judge.strength("kikyouya48", []) is Strength.STRONG


def test_owners_are_never_mixed_up_by_threads():
    judge, start = CommonPasswords(), threading.Barrier(8)

    def ask(n):
        start.wait()
        return judge.strength("kikyouya48", ["kikyouya"] if n % 2 else [])

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(ask, range(8)))
    assert len(set(found[::2])) == len(set(found[1::2])) == 1
    assert found[0] > found[1]


def test_the_longest_password_is_weighed_as_well():
    assert CommonPasswords().strength("Kikyou4821x" * 12, []) >= Strength.COMMON


def test_the_casts_own_passwords_may_be_chosen():
    judge = CommonPasswords()
    assert all(judge.strength(who.password, []) > Strength.COMMON for who in CAST if who.password)
