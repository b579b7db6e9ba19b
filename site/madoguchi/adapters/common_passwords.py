"""The list of common passwords and the estimate of strength, by zxcvbn and its offline word lists."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Final

from madoguchi.domain.passwords import Strength

READ: Final = 40  # characters; the estimate grows with their square, and so many are strong or repeat
# By zxcvbn's score: below 10^6 guesses a password is as good as on the list, above 10^10 it is very strong.
_BY_SCORE: Final = (
    Strength.COMMON,
    Strength.COMMON,
    Strength.FAIR,
    Strength.STRONG,
    Strength.VERY_STRONG,
)


class CommonPasswords:
    """The PasswordList of this process, safe to call from any thread; the lists load when first asked for."""

    def __init__(self) -> None:
        self._alone = threading.Lock()  # zxcvbn keeps the words of a call in a table that all calls share

    def strength(self, password: str, words: Sequence[str]) -> Strength:
        """How strong a password is; nothing of the password or the words stays behind."""
        from zxcvbn import matching, zxcvbn

        with self._alone:
            try:
                found = zxcvbn(password[:READ], user_inputs=list(words))  # type: ignore[no-untyped-call]
            finally:
                matching.RANKED_DICTIONARIES.pop("user_inputs", None)
        return _BY_SCORE[found["score"]]
