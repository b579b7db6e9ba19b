"""/misuse: what somebody else did is told, with or without signing in, and all is stopped."""

from __future__ import annotations

from flask import Blueprint, Response, abort, g, request

from madoguchi.domain.channels import entry_label
from madoguchi.domain.rights import Action
from madoguchi.services import misuse, reports
from madoguchi.services.misuse import NothingNamed, Who
from madoguchi.web import thanks
from madoguchi.web.guard import needs, public
from madoguchi.web.new_password import browser
from madoguchi.web.office import office
from madoguchi.web.police import PoliceForm
from madoguchi.web.render import page, redirect
from madoguchi.web.report_forms import ReportForm, answer

blueprint = Blueprint("misuse", __name__)

LARGEST = 2**63 - 1  # what a number in the books can be
PREFIX = "entry-"  # a box of an entry is called by its number
CHOOSE = "覚えのない取引に、印を付けてください"


@blueprint.get("/misuse")
@public
def show() -> Response:
    """Two ways: by name without signing in, or signed in by naming the entries."""
    return page("misuse/ask.html", form=ReportForm(formdata=None))


@blueprint.post("/misuse")
@public
def report() -> Response:
    """Stop everything of the one who is meant."""
    return answer(ReportForm(), "misuse/ask.html", reports.misuse, "/misuse/done")


@blueprint.get("/misuse/done")
@public
def done() -> Response:
    """What happened if all was right, and what to do now; the same for everybody."""
    return page("misuse/done.html", taken=thanks.are_due())


@blueprint.get("/misuse/transactions")
@needs(Action.PROTECT)
def choose() -> Response:
    """The newest entries by which money left; `entry` is ticked already."""
    return _choosing({request.args.get("entry", "")})


@blueprint.post("/misuse/transactions")
@needs(Action.PROTECT)
def stop() -> Response:
    """Stop everything, and go to the paper."""
    ticked = {name.removeprefix(PREFIX) for name in request.form if name.startswith(PREFIX)}
    numbers = {int(one) for one in ticked if one.isascii() and one.isdigit() and int(one) <= LARGEST}
    who = Who(g.visitor.member_id, g.visitor.contract_id, g.session_token)
    outcome = misuse.report(office(), who, numbers, browser())
    if isinstance(outcome, NothingNamed):
        return _choosing(ticked, CHOOSE)
    return redirect(f"/misuse/{outcome.case_id}")


@blueprint.get("/misuse/<int:case_id>")
@needs(Action.PROTECT)
def paper(case_id: int) -> Response:
    """What was reported, to print for the police."""
    return _paper(case_id, PoliceForm(formdata=None))


@blueprint.post("/misuse/<int:case_id>")
@needs(Action.PROTECT)
def police(case_id: int) -> Response:
    """Keep the number that the police gave."""
    form = PoliceForm()
    if case_id > LARGEST or not form.validate():
        return _paper(case_id, form)
    misuse.keep_police_number(office(), g.visitor.member_id, case_id, form.police_number.data) or abort(404)
    return redirect(f"/misuse/{case_id}?done=kept")


def _paper(case_id: int, form: PoliceForm) -> Response:
    found = misuse.paper(office(), g.visitor.member_id, case_id) if case_id <= LARGEST else None
    if found is None:
        abort(404)
    kept = request.args.get("done") == "kept" and found.police
    return page("misuse/paper.html", form=form, paper=found, label=entry_label, done=kept)


def _choosing(ticked: set[str], error: str = "") -> Response:
    rows = misuse.choices(office(), g.visitor.contract_id)
    return page(
        "misuse/choose.html",
        status=422 if error else 200,
        rows=rows,
        papers=misuse.papers_by_entry(office(), g.visitor.member_id, g.visitor.contract_id),
        ticked=ticked,
        error=error,
        label=entry_label,
        **({"wrong": True} if error else {}),
    )
