"""/home: the one page that answers how much, until when, and whether anything is wrong."""

from __future__ import annotations

from flask import Blueprint, Response, g

from madoguchi.domain.papers import PaperKind
from madoguchi.domain.rights import TABLE, Action, State
from madoguchi.services import attention, autopay, home, papers, shut
from madoguchi.web.guard import needs
from madoguchi.web.office import office
from madoguchi.web.papers import address
from madoguchi.web.render import page

blueprint = Blueprint("home", __name__)

# What stands between a member and borrowing or the card, told on the home page; overdue has its own place.
TOLD = (State.SUSPENDED, State.LOST, State.HELD, State.STOPPED)
# Beside each state its own reason code, also where a stricter one refuses first.
CODES = {state.value: TABLE[state, Action.BORROW].code for state in (State.SUSPENDED, State.STOPPED)}


@blueprint.get("/home")
@needs(Action.DOCUMENTS)
def show() -> Response:
    """The contract today; of a closed one, what is left to say."""
    visitor = g.visitor
    if not visitor.rights.may(Action.SEE):
        left = home.ended(office(), visitor.contract_id)
        found = papers.newest(office(), visitor.contract_id)
        listed = [(address(one.kind, one.seq), one.kind is PaperKind.RECEIPT, one) for one in found]
        denial = visitor.rights.refusal(Action.SEE)
        return page("home/closed.html", ended=left, refusal=denial, papers=listed)
    seen = home.look(office(), visitor.standing, visitor.rights)
    at_bank = autopay.at_bank(office(), visitor.contract_id) if autopay.marked(visitor.standing) else ()
    told = [state.value for state in TOLD if state in visitor.rights.states]
    why_held = shut.why_held(office(), visitor.contract_id) if State.HELD in visitor.rights.states else ""
    borrowing = visitor.rights.refusal(Action.BORROW)
    facts = {"told": told, "why_held": why_held, "borrowing": borrowing, "at_bank": at_bank}
    waiting = attention.look(office(), visitor, seen.due[0] if seen.due else None)
    debited = waiting.mandate and not waiting.filed
    facts["debit"] = autopay.to_ask(office(), visitor.standing) if debited else None
    return page("home/home.html", seen=seen, waiting=waiting, codes=CODES, **facts)
