"""Acts at the desk for tests: checks that are enough, and acts by one or by two people."""

from madoguchi.domain.ladder import Check, Document, Fact, Identity
from madoguchi.domain.staff import Role
from madoguchi.services import deeds, four_eyes
from madoguchi.services.deed import Order
from madoguchi.services.deeds import Asked
from madoguchi.services.desk_acts import ACTS, DEEDS
from tests.support import desk

NONE = Identity()
PHONE = Identity(Check.PHONE, frozenset({Fact.NAME, Fact.BIRTH_DATE, Fact.ADDRESS}))
PAPERS = Identity(Check.DOCUMENTS, document=Document.LICENCE, place="本店の窓口")
ENOUGH = {Check.NOTHING: NONE, Check.PHONE: PHONE, Check.DOCUMENTS: PAPERS}


class People:
    """An operator and an approver who act on members."""

    def __init__(self, office):
        self.office = office
        self.operator = desk.colleague(office, "desk1")
        self.approver = desk.colleague(office, "desk2", Role.APPROVER)

    def begin(self, act, who, identity=None, reason="お申し出", case_id=None, by=None, **facts):
        """Do an act, or ask for it."""
        deed = DEEDS[act]
        checked = ENOUGH[deed.rung.check] if identity is None else identity
        order = Order(by or self.operator, reason, checked, case_id, facts)
        return deeds.begin(self.office, deed, who.number, order)

    def both(self, act, who, **facts):
        """Ask for an act and approve it; returns what came of the approval."""
        asked = self.begin(act, who, **facts)
        assert isinstance(asked, Asked), asked
        return four_eyes.approve(self.office, ACTS, asked.request_id, self.approver)
