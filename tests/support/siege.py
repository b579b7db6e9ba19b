"""A month of guessing at 20,000 cards beside 30,000 honest visits, on the real rules of lockout and attack.

`python -m tests.support.siege` prints the table of docs/security.md; it is the same on every machine. The
guesser has as many addresses as wished, knows every rule and count, and is told no more than any stranger.
"""

import heapq
import random
from dataclasses import dataclass, field, replace
from datetime import timedelta

from madoguchi.domain import attack, lockout
from madoguchi.domain.attack import AttackRules
from madoguchi.domain.lockout import LockRules, Wait
from tests.support.siege_world import CARDS, DAYS, END, FILTERED, HABITS, START, pins, visits

SLIP, TRIES = 0.08, 3  # slips of the finger; tries of one visit
QUIET, WIDE, PATIENT = "none", "200 a minute", "below every bar"
BACK, RETURNS = timedelta(hours=8), 2  # who was sent away comes back twice within the day
LOCKS = LockRules(3, 5, (0, 0, 60, 300, 1800, 7200, 43_200, 86_400), 10, 24, 100, 7, False)
BARS = AttackRules(20, 5, 100, 60, 4, 240, 6, 30)


@dataclass(frozen=True)
class Policy:
    """What the site does against strangers who guess."""

    name: str
    locks: LockRules = LOCKS
    detector: bool = False  # both layers of `attack` are heard …
    code_first: bool = False  # … and then let strangers in by code; else they are sent away
    code_always: bool = False  # a code on every new device, alarm or not

    @property
    def unlock(self):
        """The literal rule knows no way out but a call."""
        return not self.locks.strangers_hold_card


HOLDS = Policy("Strangers' failures hold the card until a call", replace(LOCKS, strangers_hold_card=True))
WAITS = Policy("Waits only")
SHUT = Policy("Waits and detector; strangers sent away while it rings", detector=True)
CODES = Policy("**Waits, detector, code first** (as shipped)", detector=True, code_first=True)
ALWAYS = replace(CODES, name='The same with `second_step = "new_device"`', code_always=True)
POLICIES = (HOLDS, WAITS, SHUT, CODES, ALWAYS)


@dataclass
class Month:
    """What came of it: accounts entered by PIN habit, visits served at once and within the day."""

    guesses: int = 0
    entered: dict = field(default_factory=lambda: dict.fromkeys(HABITS, 0))
    visits: int = 0
    first: int = 0
    served: int = 0

    def percent(self, number):
        """Of all visits."""
        return 100 * number / self.visits


class Siege:
    """One month or its first days; `wide` guesses 200 a minute, else as many an hour as no bar notices."""

    def __init__(self, policy, wide=True, attacked=True, days=DAYS):
        self.policy, self.wide, self.attacked, self.days = policy, wide, attacked, days
        self.month, self.chance, self.pins = Month(), random.Random(7), pins()
        self.tallies, self.held, self.free = [None] * CARDS, bytearray(CARDS), CARDS
        self.failures, self.pin_cards, self.rang_at = {}, {}, None
        self.queue, self.tried, self.clock = [(START, card) for card in range(CARDS)], [0] * CARDS, START
        self.spent, self.rung = (0, 0), set()
        self.wins = list(zip(*self.pins.values(), strict=True))

    def play(self):
        """The visits in their order, and before each whatever the guesser can do until then."""
        last = START + timedelta(days=self.days)
        waiting = [(now, card, known, 0) for now, card, known in visits() if now < last]
        self.month.visits = len(waiting)
        while waiting:
            now, card, known, returns = heapq.heappop(waiting)
            if self.attacked:
                self.guess_until(min(now, END))
            at_once, served = self.visit(now, card, known)
            self.month.first += at_once and not returns
            self.month.served += served
            if not served and returns < RETURNS:
                heapq.heappush(waiting, (now + BACK, card, known, returns + 1))
        return self.month

    def guess_until(self, now):
        """Guess as fast as this attack does, until a moment."""
        while self.clock < now:
            if not self.free:
                self.clock = END
            elif self.ringing(self.clock):
                self.clock = attack.code_first_until(BARS, self.rang_at)
            elif not self.wide and self.would_ring():
                self.clock = next_hour(self.clock)
            elif self.queue[0][0] > self.clock:
                self.clock = min(self.queue[0][0], END)
            else:
                self.guess(heapq.heappop(self.queue)[1])

    def would_ring(self):
        """Whether one failure more might ring, honest ones in the same hour allowed for."""
        hour = attack.hour_of(self.clock)
        return attack.site_is_attacked(BARS, self.failures.get(hour, 0) + 5, self.week_ago(hour))

    def guess(self, card):
        """Try the likeliest PIN left on a card, and come back to it when its wait is over."""
        now = self.clock
        if self.held[card]:
            return
        tally = lockout.take(self.policy.locks, self.tallies[card], now)
        if isinstance(tally, Wait):
            heapq.heappush(self.queue, (tally.until or END, card))
            return
        rank = self.next_pin(card) if self.policy.detector else self.tried[card].bit_length()
        self.tried[card] |= 1 << rank
        self.clock = now + timedelta(seconds=0.3 if self.wide else 1)
        self.month.guesses += 1
        if rank in self.wins[card]:
            self.enter(card, rank)
        if self.policy.detector:
            key = attack.hour_of(now), rank
            self.pin_cards[key] = self.pin_cards.get(key, 0) + 1
        self.fail(card, tally, now)
        heapq.heappush(self.queue, (tally.opens_at or END, card))

    def enter(self, card, rank):
        """Count whom this PIN opens; where a code is asked it opens nobody."""
        for habit in HABITS:
            self.month.entered[habit] += self.pins[habit][card] == rank and not self.policy.code_always

    def next_pin(self, card):
        """The likeliest PIN not yet tried on a card, and that one card more would not betray in this hour."""
        hour = attack.hour_of(self.clock)
        if self.spent[0] != hour:
            self.spent = (hour, 0)  # bit by bit the PINs that have had their cards in this hour
        while True:
            closed = self.tried[card] | self.spent[1]
            rank = (~closed & (closed + 1)).bit_length() - 1  # its lowest zero
            if not self.pin_attacked(rank, self.clock, more=1):
                return rank
            self.spent = (hour, self.spent[1] | 1 << rank)

    def visit(self, now, card, known):
        """Up to three tries and then the way to unlock: (in at the first try, in at all)."""
        for number in range(TRIES):
            if self.held[card]:
                return False, False
            right = self.chance.random() >= SLIP
            found = ("in" if right else "wrong") if known else self.stranger(now, card, right)
            if found == "in":
                return number == 0, True
            if found == "away":
                return False, False
            if found == "wait":
                break
        return False, self.policy.unlock

    def stranger(self, now, card, right):
        """One try of a member on a new device: in, wrong, wait or away."""
        if self.ringing(now) or self.pin_attacked(self.pins[FILTERED][card], now):
            return "away" if not self.policy.code_first else "in" if right else "wrong"
        tally = lockout.take(self.policy.locks, self.tallies[card], now)
        if isinstance(tally, Wait):
            return "wait"
        if right:
            self.tallies[card] = None
            return "in"
        self.fail(card, tally, now)
        return "wrong"

    def fail(self, card, tally, now):
        """A stranger's failure: on the card, in the site's hour; the literal rule then holds the card."""
        self.tallies[card] = tally
        if self.policy.locks.strangers_hold_card and tally.fails >= self.policy.locks.pin_tries:
            self.free -= not self.held[card]
            self.held[card] = True
        if not self.policy.detector:
            return
        hour = attack.hour_of(now)
        failures = self.failures[hour] = self.failures.get(hour, 0) + 1
        if attack.site_is_attacked(BARS, failures, self.week_ago(hour)) and not self.ringing(now):
            self.rang_at = now
            self.rung.add(hour)

    def week_ago(self, hour):
        """The failures of the same hour a week before; one that rang was no usual hour."""
        before = attack.week_before(hour)
        return 0 if before in self.rung else self.failures.get(before, 0)

    def ringing(self, now):
        """Whether the site is in code first."""
        until = attack.code_first_until(BARS, self.rang_at)
        return until is not None and now < until

    def pin_attacked(self, rank, now, more=0):
        """Whether a PIN was tried on too many cards."""
        if not self.policy.detector:
            return False
        hour = attack.hour_of(now)
        usual = [self.pin_cards.get((before, rank), 0) for before in attack.hours_before(hour)]
        return attack.pin_is_attacked(BARS, self.pin_cards.get((hour, rank), 0) + more, usual)


def next_hour(now):
    """The beginning of the next calendar hour."""
    return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def table():
    """The table of docs/security.md, in Markdown."""
    yield "| policy | guessing | compared | entered: even | filtered | free | served at once | in the end |"
    yield "|---|---|---|---|---|---|---|---|"
    for name, attacked, wide, policies in (
        (QUIET, False, True, (HOLDS, CODES)),
        (WIDE, True, True, POLICIES),
        (PATIENT, True, False, (CODES,)),
    ):
        for policy in policies:
            yield row(policy, name, Siege(policy, wide, attacked).play())


def row(policy, guessing, month):
    """One line of the table."""
    entered = " | ".join(f"{month.entered[habit]:,}" for habit in HABITS)
    served = f"{month.percent(month.first):.1f} % | {month.percent(month.served):.1f} %"
    return f"| {policy.name} | {guessing} | {month.guesses:,} | {entered} | {served} |"


if __name__ == "__main__":
    print("\n".join(table()))
