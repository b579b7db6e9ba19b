"""Members who apply for something, as tests of services send it, and what stands afterwards."""

from madoguchi.domain.applications import Kind
from madoguchi.services import applications, sessions, uploads
from madoguchi.services.applications import Wish
from madoguchi.services.uploads import Sent
from madoguchi.store import applications as rows
from madoguchi.store import cases, contracts
from tests.support import files

RAISE = Wish(Kind.LIMIT_UP, limit=600_000, income=4_200_000, other_debts=300_000)
LOWER = Wish(Kind.LIMIT_DOWN, limit=200_000)
CARD = Wish(Kind.REISSUE, reason="worn")
CLOSING = Wish(Kind.CLOSING)


def visitor(office, who):
    """The member as a page would see them, without a session."""
    row = contracts.read(office.store, who.contract_id)
    standing = sessions.counted_to(row.standing, office.business_day(), office.rules.product)
    rights = sessions.rights_of(row.states, standing.debt > 0)
    end = office.now()
    return sessions.Visitor(
        who.member_id, who.contract_id, who.number, "", rights, standing, "web_id", end, False, None
    )


def proof(office, who):
    """A photograph of a payslip that was looked into."""
    return uploads.check(office, [Sent("payslip.jpg", files.jpeg())], who.member_id)


def send(office, who, wish, proven=False):
    """Send an application; with a paper about the income if asked."""
    ready = proof(office, who) if proven else ()
    return applications.send(office, visitor(office, who), wish, ready)


def stage(office, number):
    """How far an application is, in the word that is stored."""
    return rows.read(office.store, number).stage.value


def path(office, number):
    """Each stage it went through, and by whom."""
    return [(one.stage.value, one.by_whom) for one in rows.events(office.store, number)]


def open_cases(office):
    """The kinds of the cases that are open."""
    return [case.kind for case in cases.still_open(office.store, 10)]
