"""Cases for tests of the desk: each kind opened by the act that causes it, and looked at on a page."""

from madoguchi.domain.identity import Claim
from madoguchi.domain.ladder import Check, DeskAct, Document, Identity
from madoguchi.domain.staff import Role
from madoguchi.domain.topics import Topic
from madoguchi.services import casework, deeds, four_eyes, messages, reports
from madoguchi.services.casework import Glance
from madoguchi.services.deed import Order
from madoguchi.services.desk_acts import ACTS, DEEDS
from madoguchi.services.links import Browser
from madoguchi.store import cases
from tests.support import desk

NEW_CARD = "9990110200000990"
PAPERS = Identity(Check.DOCUMENTS, document=Document.LICENCE, place="本店の窓口")


def write(office, who, text="カードが折れました", key="key-of-a-form"):
    """A member asks the desk something; returns the number of the thread."""
    author = messages.Author(who.member_id, who.contract_id)
    return messages.begin(office, author, Topic.CARD, text, key).thread_id


def lose_by_form(office, who):
    """Somebody reports the member's card lost without signing in."""
    told = who.persona.member
    claim = Claim(told.name_kana, told.birth_date, told.number)
    return reports.lost_card(office, claim, Browser("Chrome", "203.0.113.0/24"))


def open_cases(office):
    """The cases that are open, as rows."""
    return cases.still_open(office.store, 50)


def glance(office, case_id, who):
    """A case as it stands now on the screen of a colleague."""
    return Glance(case_id, cases.notes_and_last(office.store, case_id)[1], who)


def take(office, case_id, who):
    """Somebody takes a case."""
    return casework.take(office, glance(office, case_id, who))


def hand_card_over(office, who, number=NEW_CARD, case_id=None):
    """The desk hands a new card over: one asks for it, another approves."""
    one = desk.colleague(office, "handing")
    other = desk.colleague(office, "approving", Role.APPROVER)
    order = Order(one, "カードの渡し", PAPERS, case_id, {"card_number": number})
    asked = deeds.begin(office, DEEDS[DeskAct.REISSUE], who.number, order)
    return four_eyes.approve(office, ACTS, asked.request_id, other)
