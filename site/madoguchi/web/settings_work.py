"""/settings/employer: where a member works and what is earned there, as the member says it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, g, request

from madoguchi.domain.rights import Action
from madoguchi.services import details
from madoguchi.services.details import Detail
from madoguchi.web.filters import man
from madoguchi.web.forms import Form
from madoguchi.web.guard import needs
from madoguchi.web.man_fields import ManField
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect
from madoguchi.web.settings_forms import LineField, done, past

blueprint = Blueprint("settings_work", __name__)

HOME = "/settings/employer"
MOST_INCOME = 1_000_000_000  # yen a year


class WorkForm(Form):
    """Employer and income."""

    employer = LineField("勤務先")
    income = ManField("年収（税込み）", 1, MOST_INCOME)


@blueprint.get(HOME)
@needs(Action.PROTECT)
def show() -> Response:
    """What is on file, to be changed."""
    on_file = details.on_file(office(), g.visitor.member_id)
    return _page(WorkForm(formdata=None, employer=on_file.employer, income=on_file.income or None))


@blueprint.post(HOME)
@needs(Action.PROTECT)
def change() -> Response:
    """Put it on file; it opens nothing, so no second step is asked."""
    form = WorkForm()
    if not form.validate():
        return _page(form)
    new = {"employer": form.employer.data, "income_stated": form.income.data}
    return redirect(HOME + done(details.change(office(), g.visitor.member_id, Detail.WORK, new)))


def _page(form: WorkForm) -> Response:
    on_file = details.on_file(office(), g.visitor.member_id)
    lines, came = past(Detail.WORK, _words), request.args.get("done", "")
    return page("settings/employer.html", form=form, on_file=on_file, lines=lines, done=came,
                told=bool(on_file.email))  # fmt: skip


def _words(told: Mapping[str, Any]) -> str:
    income = f"年収{man(told['income_stated'])}" if told["income_stated"] else ""
    return " ".join(filter(None, (told["employer"], income)))
