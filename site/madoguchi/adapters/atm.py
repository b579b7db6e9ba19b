"""The seal of the ATM network: HMAC-SHA256 under a key that both sides hold."""

from __future__ import annotations

import hmac

from madoguchi.domain.atm_message import Signed


class HmacSeal:
    """Signs with the first key and believes every one, so that a key can be changed without a pause."""

    def __init__(self, *keys: bytes) -> None:
        if not keys or not all(keys):
            raise ValueError("a seal needs a key")
        self._keys = keys

    def sign(self, request: Signed) -> str:
        """The signature in lower-case hex."""
        return _signature(self._keys[0], request)

    def holds(self, request: Signed) -> bool:
        """Whether one of the keys made the signature."""
        made = [_signature(key, request).encode() for key in self._keys]
        return any(hmac.compare_digest(one, request.signature.encode()) for one in made)


def _signature(key: bytes, request: Signed) -> str:
    return hmac.digest(key, request.text, "sha256").hex()
