"""Where an address roughly is, in words that a member can compare with their own and nobody can trace."""

from __future__ import annotations


def nearby(block: str) -> str:
    """Return a block such as 192.0.2.0/24 or 2001:db8:1::/48 as the part that its addresses share.

    What is no block, such as a test's or an unknown one, comes out as not known.
    """
    network, slash, _bits = block.partition("/")
    if not slash:
        return "わかりません"
    shared = network.removesuffix("::") if ":" in network else network.rpartition(".")[0]
    return f"{shared} で始まるアドレス"
