"""A second telling of the money rules, day by day in fractions, to hold the first one against.

It shares nothing with the product but the words of the specification: no module of the domain is used for
days, dues, interest or allocation, only the product's data is read.
"""

from calendar import isleap, monthrange
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor

import jpholiday

from madoguchi.domain.product import Cycle, DaysBefore, Product

ONE = timedelta(days=1)


def shifted(day: date) -> date:
    """Next business day."""
    while (
        day.weekday() > 4 or jpholiday.is_holiday(day) or (day.month, day.day) in {(12, 31), (1, 2), (1, 3)}
    ):
        day += ONE
    return day


def falls(day: date, due_day: int) -> bool:
    """Whether a nominal due date of this due day falls on the day."""
    return day.day == due_day or (due_day == 31 and (day + ONE).day == 1)


def first_nominal(due_day: int, drawn: date) -> date:
    """The shipped first-due table, told as sentences."""
    months = {
        5: 1 if drawn.day <= 19 else 2,
        15: 1,
        25: 0 if drawn.day <= 9 else 1,
        31: 0 if drawn.day <= 14 else 1,
    }[due_day]
    month = drawn.month - 1 + months
    year, month = drawn.year + month // 12, month % 12 + 1
    return date(year, month, min(due_day, monthrange(year, month)[1]))


def next_falling(earliest: date, due_day: int) -> date:
    """First nominal day from a day on."""
    while not falls(earliest, due_day):
        earliest += ONE
    return earliest


@dataclass
class Arrear:
    """An unmet due date and what is left of it."""

    day: date
    left: int


@dataclass
class Life:
    """One contract, told one day after the other."""

    product: Product
    due_day: int
    rate: Fraction
    today: date
    limit: int = 500_000
    principal: int = 0
    fees: int = 0
    carried_damages: int = 0
    carried_interest: int = 0
    deposit: int = 0
    interest: Fraction = Fraction(0)
    damages: Fraction = Fraction(0)
    minimum: int = 0
    nominal: date | None = None
    due: date | None = None
    opens: date | None = None
    filled: int = 0
    met: bool = False
    arrears: list[Arrear] = field(default_factory=list)
    late: bool = False
    free: set[date] = field(default_factory=set)
    drawn_before: bool = False
    wished_due_day: int | None = None
    tomorrow_rate: Fraction | None = None
    on_its_way: list[tuple[date, int]] = field(default_factory=list)
    frozen: int = 0
    at_the_bank: bool = False
    awaited: list[tuple[date, int]] = field(default_factory=list)

    def sleep(self) -> None:
        """Judge the day that ends, begin the next one with its interest or damages."""
        if self.due == self.today:
            self.judge()
        self.today += ONE
        if self.tomorrow_rate is not None:
            self.rate, self.tomorrow_rate = self.tomorrow_rate, None
        self.bear()
        for day, amount in sorted(self.on_its_way):
            if day == self.today:
                self.draw(amount)
        self.on_its_way = [(day, amount) for day, amount in self.on_its_way if day > self.today]

    def bear(self) -> None:
        """The day's interest or damages, on what was owed at the end of the day before."""
        if self.principal < 1000:
            return
        length = 366 if isleap(self.today.year) else 365
        if self.late:
            self.damages += Fraction(self.principal * self.product.damages_rate, 10_000 * length)
        elif self.today not in self.free:
            self.interest += self.principal * self.rate / length

    def owed(self) -> tuple[int, int]:
        """Whole yen of damages and interest."""
        return self.carried_damages + floor(self.damages), self.carried_interest + floor(self.interest)

    def judge(self) -> None:
        """A due date passes."""
        passed, nominal = self.due, self.nominal
        if not self.met:
            if self.at_the_bank:
                self.awaited.append((passed, self.filled))
            else:
                self.arrears.append(Arrear(passed, self.asked() - self.filled))
                self.late, self.free = True, set()
            if isinstance(self.product.due, Cycle):
                self.nominal = self.due = self.opens = None
                self.frozen, self.at_the_bank = 0, False
                return
        if self.wished_due_day is None:
            self.run(next_falling(nominal + ONE, self.due_day), passed)
        else:
            self.due_day, self.wished_due_day = self.wished_due_day, None
            self.run(next_falling(nominal + 15 * ONE, self.due_day), passed)

    def run(self, nominal: date, previous: date | None) -> None:
        """Let a due date run from after the previous one, or from today where there was none."""
        self.nominal, self.due, self.filled, self.met = nominal, shifted(nominal), 0, False
        self.frozen, self.at_the_bank = 0, False
        if isinstance(self.product.window, DaysBefore):
            self.opens = self.due - self.product.window.days * ONE
        else:
            self.opens = previous + ONE if previous else self.today

    def asked(self) -> int:
        """What the running due date asks in all."""
        return self.frozen or min(self.minimum, self.filled + self.principal + self.owed()[1])

    def file(self) -> None:
        """The debit goes to the bank: what would be asked on the day, if nothing else came, is frozen."""
        if self.due is None or self.met:
            return
        then = deepcopy(self)
        while then.today < self.due:
            then.sleep()
        self.frozen, self.at_the_bank = then.asked(), True

    def spare(self, until: date) -> None:
        """An outage took this due date's last hours: it runs on to a later day."""
        if self.due == self.today and not self.met and not self.at_the_bank and until > self.today:
            self.due = until

    def draw(self, amount: int) -> None:
        """Borrow."""
        self.principal += amount
        percent = 361 if self.principal <= 300_000 else 253 if self.principal <= 1_000_000 else 199
        self.minimum = ceil(Fraction(self.principal * percent, 10_000_000)) * 1000
        if not self.drawn_before:
            self.drawn_before = True
            self.free |= {self.today + n * ONE for n in range(1, self.product.free_days_first + 1)}
        if self.due is None and not self.arrears:
            cycle = isinstance(self.product.due, Cycle)
            self.run(self.today + 35 * ONE if cycle else first_nominal(self.due_day, self.today), None)
        elif self.due and not self.met and not self.frozen and self.filled >= self.minimum:
            if isinstance(self.product.due, Cycle):
                self.run(self.today + 35 * ONE, self.today)
            else:
                self.met = True

    def pay(self, amount: int) -> dict[str, int]:
        """Pay, and tell the split."""
        damages, interest = self.owed()
        whole_debt = self.principal + interest
        left, split = amount, {}
        for name, owed in (
            ("fees", self.fees),
            ("damages", damages),
            ("interest", interest),
            ("principal", self.principal),
        ):
            split[name] = min(left, owed)
            left -= split[name]
        split["deposit"] = left
        self.deposit += left
        self.fees -= split["fees"]
        self.carried_damages, self.damages = damages - split["damages"], Fraction(0)
        self.carried_interest, self.interest = interest - split["interest"], Fraction(0)
        self.principal -= split["principal"]
        self.fill(amount - split["fees"] - split["damages"], whole_debt)
        return split

    def fill(self, money: int, whole_debt: int) -> None:
        """Fill due dates, and see what that ends."""
        had_arrears = bool(self.arrears)
        for arrear in self.arrears:
            part = min(arrear.left, money)
            arrear.left -= part
            money -= part
        self.arrears = [arrear for arrear in self.arrears if arrear.left]
        met_now = had_arrears
        if self.due and not self.met and money and self.opens <= self.today <= self.due:
            asked = self.frozen - self.filled if self.frozen else min(self.minimum - self.filled, whole_debt)
            self.filled += min(money, asked)
            self.met = met_now = money >= asked
            met_now = met_now or had_arrears
        if self.principal < 1000:
            self.end_of_dues()
        elif not self.arrears and not self.carried_damages:
            self.late = False
        if self.principal >= 1000 and isinstance(self.product.due, Cycle) and met_now and not self.arrears:
            self.run(self.today + 35 * ONE, self.today)

    def end_of_dues(self) -> None:
        """Paid in full, or a remainder."""
        self.arrears, self.late, self.nominal, self.due, self.opens = [], False, None, None, None
        self.awaited, self.frozen, self.at_the_bank = [], 0, False
        self.filled, self.met = 0, False
        if self.wished_due_day is not None:
            self.due_day, self.wished_due_day = self.wished_due_day, None

    def use_deposit(self) -> dict[str, int] | None:
        """Post the deposit on a due date."""
        amount = min(self.deposit, self.principal + self.fees + sum(self.owed()))
        if self.due != self.today or not amount:
            return None
        self.deposit -= amount
        return self.pay(amount)

    def grant(self, days: int) -> None:
        """Free days from tomorrow, or after those that run."""
        last = max(self.free | {self.today})
        self.free |= {last + n * ONE for n in range(1, days + 1)}
