"""Whom the siege is laid to: 20,000 cards with their PINs, and 30,000 honest visits; always the same."""

import random
from bisect import bisect_left
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise

CARDS, VISITS, DAYS = 20_000, 30_000, 30
KNOWN = 0.85  # of the visits come from known browsers
START = datetime(2026, 11, 1, tzinfo=UTC)
END = START + timedelta(days=DAYS)
PINS, BLOCKED = 10_000, 200
# How many of all freely chosen PINs the most frequent so many hold, as leaked lists show; even in between.
HABIT = ((0, 0.0), (1, 0.107), (3, 0.186), (20, 0.268), (61, 0.333), (426, 0.5), (PINS, 1.0))
EVEN, FILTERED, FREE = HABITS = ("even", "filtered", "free")


@cache
def visits():
    """The honest visits: moment, card, and whether from a known browser."""
    chance = random.Random(11)
    span = (END - START).total_seconds()
    moments = sorted(START + timedelta(seconds=chance.random() * span) for _ in range(VISITS))
    return [(now, chance.randrange(CARDS), chance.random() < KNOWN) for now in moments]


@cache
def pins():
    """Each card's PIN by habit, as its place in the order in which a guesser would try them."""
    chance = random.Random(13)
    blocked = held_by(BLOCKED)
    return {
        EVEN: [chance.randrange(PINS) for _ in range(CARDS)],
        FILTERED: [rank_at(blocked + chance.random() * (1 - blocked)) - BLOCKED for _ in range(CARDS)],
        FREE: [rank_at(chance.random()) for _ in range(CARDS)],
    }


def held_by(ranks):
    """The share of all PINs that the most frequent so many hold."""
    (low, below), (high, above) = next(pair for pair in pairwise(HABIT) if ranks <= pair[1][0])
    return below + (above - below) * (ranks - low) / (high - low)


def rank_at(share):
    """The place of the PIN at a share of all; the inverse of held_by."""
    step = bisect_left([held for _, held in HABIT], share) or 1
    (low, below), (high, above) = HABIT[step - 1], HABIT[step]
    return min(high - 1, int(low + (high - low) * (share - below) / (above - below)))
