"""By which way money came or went, and how the history names an entry with it."""

from enum import StrEnum

from madoguchi.domain.ledger import KIND_LABELS, EntryKind


class Channel(StrEnum):
    """The way of an entry; the text is what members read."""

    TRANSFER = "振込"
    ATM = "ATM"
    COUNTER = "窓口"
    INTERNET = "インターネット"
    DIRECT_DEBIT = "口座振替"
    BANK_TRANSFER = "銀行振込"
    HOUSE = "社内処理"  # what no way brought: fees, deposits used, opening balances


# Where the way adds nothing to the kind's own name.
_PLAIN = (Channel.HOUSE,)


def cause_of(channel: Channel, reference: str = "") -> str:
    """Return the cause that an entry stores: the channel, and what it refers to if anything."""
    return f"{channel}|{reference}" if reference else str(channel)


def channel_of(cause: str) -> Channel:
    """Return the channel of a stored cause; ValueError for one that was not made here."""
    return Channel(cause.partition("|")[0])


def entry_label(kind: EntryKind, cause: str) -> str:
    """Return how the history calls an entry, such as 返済（口座振替）."""
    channel = channel_of(cause)
    label = KIND_LABELS[EntryKind(kind)]
    return label if channel in _PLAIN else f"{label}（{channel}）"
