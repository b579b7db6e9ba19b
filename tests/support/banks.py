"""Banks for tests: the demo's own in a folder, one whose answers are written down, and money on its way."""

from dataclasses import replace

from madoguchi.adapters.banks.simulated import SimulatedBank
from madoguchi.ports.bank import Pending
from madoguchi.services import borrowing, sessions
from madoguchi.services.borrowing import Borrowed
from madoguchi.services.login import by_card
from madoguchi.services.offers import Offer
from tests.support.guessing import place


def with_bank(office, folder):
    """The same office with the demo's bank, which keeps its file in `folder`."""
    return replace(office, bank=SimulatedBank(folder / "bank.db", office.clock))


class Scripted:
    """A Bank that gives what is written down, then Pending; it remembers each call."""

    def __init__(self, *answers):
        self.answers, self.calls = list(answers), []

    def send(self, order):
        """The next answer."""
        return self._next(("send", order.key))

    def ask(self, key):
        """The next answer."""
        return self._next(("ask", key))

    def _next(self, call):
        self.calls.append(call)
        answer = self.answers.pop(0) if self.answers else Pending()
        if isinstance(answer, Exception):
            raise answer
        return answer


class Member:
    """A signed-in member at the services: who they are, and what their page would send."""

    def __init__(self, office, who):
        self.office, self.who = office, who
        self.token = by_card(office, who.persona.card, who.persona.pin, place()).session_token

    @property
    def visitor(self):
        """The visitor as a request would find them now."""
        return sessions.current(self.office, self.token)

    def offer(self, amount):
        """What the confirm page shows."""
        return borrowing.offer(self.office, self.visitor, self.token, amount)

    def take(self, amount, key):
        """Press the button of a confirm page."""
        return borrowing.borrow(self.office, self.visitor, self.token, amount, key)

    def borrow(self, amount):
        """See the confirm page and press its button at once."""
        offer = self.offer(amount)
        assert isinstance(offer, Offer), offer
        taken = self.take(amount, offer.key)
        assert isinstance(taken, Borrowed), taken
        return taken.seq


def payout(office, column="state", number=1):
    """One column of a payout."""
    return office.store.one(f"SELECT {column} FROM payout WHERE id = ?", (number,))[0]
