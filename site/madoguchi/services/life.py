"""One demo member's acts, each posted by the real service at its moment in the past."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from madoguchi.domain.channels import Channel
from madoguchi.domain.days import end_of_month
from madoguchi.domain.kana import bank_kana
from madoguchi.domain.ledger import HouseKind
from madoguchi.domain.product import Product
from madoguchi.domain.secrets import pin_material
from madoguchi.domain.standing import Standing, next_due
from madoguchi.ports import JAPAN, MovableClock
from madoguchi.services import contracts, house, mandates, points, posting
from madoguchi.services.books import Posted
from madoguchi.services.cast import Persona
from madoguchi.services.contracts import Card, Opened
from madoguchi.services.office import Office
from madoguchi.store.mandates import Account

BANK = ("0001", "001", 1)  # code, branch and kind of the demo's accounts; the numbers are made up


class Life:
    """A persona, the clock of her past, and what she owes; days are told as days before today."""

    def __init__(self, office: Office, clock: MovableClock, persona: Persona) -> None:
        self.today = office.business_day()
        self.office = replace(office, clock=clock)
        self.persona = persona
        self.member_id = self.contract_id = 0
        self.standing = Standing.opened(0, 0, persona.due_day, self.today)
        self._clock, self._acts = clock, 0
        self._debited = False
        self._in_points_since: date | None = None  # the month from which points are still to be given

    @property
    def product(self) -> Product:
        """The lender's product."""
        return self.office.rules.product

    def day(self, back: int) -> date:
        """The day so many days before today."""
        return self.today - timedelta(days=back)

    def moment(self, back: int, hour: int) -> datetime:
        """An hour, in Japan, of the day so many days before today."""
        return datetime.combine(self.day(back), time(hour), JAPAN)

    def at(self, moment: datetime) -> None:
        """Go forward to a moment; one that has passed already is now."""
        self._clock.move(max(timedelta(0), moment - self._clock.now()))

    def go(self, on: date, hour: int) -> None:
        """Go forward to an hour of a day in Japan."""
        self.at(datetime.combine(on, time(hour), JAPAN))

    def open(self, back: int) -> None:
        """Open the contract with its card and account, and register the Web-ID if she has one."""
        who = self.persona
        self.at(self.moment(back, 11))
        card = Card(who.card, self.office.hasher.hash_aside(pin_material(who.card, who.pin), keyed=True))
        opened = contracts.open_contract(
            self.office, who.member, who.limit, who.due_day, card, rate=who.rate, account=self._account()
        )
        if not isinstance(opened, Opened):
            raise RuntimeError(f"the demo cannot open {who.key}'s contract: {opened}")
        self.member_id, self.contract_id = opened.member_id, opened.contract_id
        if who.web_id:
            secret = self.office.hasher.hash_aside(who.password, keyed=False)
            contracts.give_web_id(self.office, self.member_id, who.web_id, secret)

    def draw(self, back: int, amount: int, channel: Channel = Channel.TRANSFER) -> None:
        """Borrow on a day, after meeting the due dates before it."""
        self.meet_dues(self.day(back))
        self.go(self.day(back), 14)
        self.draw_on(self.day(back), amount, channel)

    def pay(self, back: int, amount: int, channel: Channel) -> None:
        """Repay on a day, after meeting the due dates before it."""
        self.meet_dues(self.day(back))
        self.go(self.day(back), 19)
        self.pay_on(self.day(back), amount, channel)

    def meet_dues(self, until: date) -> None:
        """Pay what is due on each due date before a day; months' ends on the way earn their points."""
        while (due := next_due(self.standing, self.product)) and due[0] < until:
            self.earn_month_ends(due[0])
            self.meet(*due)
        self.earn_month_ends(until)

    def meet(self, on: date, amount: int) -> None:
        """Pay on a due date: by direct debit with a mandate, at a bank's page without one."""
        self.go(on, 10)
        self.pay_on(on, amount, Channel.DIRECT_DEBIT if self._debited else Channel.INTERNET)

    def draw_on(self, on: date, amount: int, channel: Channel) -> None:
        """Borrow now, valued on a day; the money leaves the house at once, as at a bank around the clock."""
        key = self._key()
        with self.office.store.transaction():
            done = posting.draw_within(self.office, self.contract_id, amount, channel, on, key)
            sent = f"{self.contract_id}:{key}"
            house.post_within(self.office, HouseKind.TRANSFER_SENT, amount, on, sent, sent)
        self._took(done)

    def pay_on(self, on: date, amount: int, channel: Channel) -> None:
        """Repay now, valued on a day; who pays at a bank's page has signed in for it."""
        if channel is Channel.INTERNET:
            with self.office.store.transaction():
                points.earn_sign_in_within(self.office, self.member_id)
        self._took(posting.receive_payment(self.office, self.contract_id, amount, channel, on, self._key()))

    def drawn_to_account(self, back: int) -> None:
        """Note that her account has been drawn to, so that another drawdown there is nothing new."""
        contracts.note_drawn_to(self.office, self.member_id, self.moment(back, 14))

    def mandate(self, back: int) -> None:
        """Let her account be debited from a day on, as signed at the counter."""
        self.go(self.day(back), 15)
        bank, branch, kind, number, kana = self._account()
        mandates.enter(self.office, self.contract_id, Account(bank, branch, kind, number, bank_kana(kana)))
        self._debited = True

    def join_points(self, back: int) -> None:
        """Take part in the programme of points from a day on."""
        self.go(self.day(back), 12)
        points.join(self.office, self.member_id, self.contract_id, told=False)
        self._in_points_since = self.day(back)

    def send_income_document(self, back: int) -> None:
        """Send the income document of the year, which is taken in at once."""
        self.go(self.day(back), 13)
        with self.office.store.transaction():
            points.earn_income_document_within(self.office, self.member_id, self.day(back).year)

    def earn_month_ends(self, until: date) -> None:
        """Give out what the months' ends before a day have earned since the last time."""
        if (since := self._in_points_since) is None:
            return
        while (end := end_of_month(since)) < until:
            self.go(end + timedelta(days=1), 0)
            with self.office.store.transaction():
                points.earn_at_month_end(self.office, end, self.member_id - 1, 1)
            since = end + timedelta(days=1)
        self._in_points_since = since

    def _account(self) -> tuple[str, str, int, str, str]:
        kana = self.persona.member.name_kana
        return (*BANK, self.persona.member.number[-7:], kana)

    def _key(self) -> str:
        self._acts += 1
        return f"demo-{self._acts}"

    def _took(self, outcome: object) -> None:
        if not isinstance(outcome, Posted):
            raise RuntimeError(f"the demo's {self.persona.key} was refused: {outcome}")
        self.standing = outcome.standing
