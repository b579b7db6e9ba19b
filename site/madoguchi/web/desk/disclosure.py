"""/desk/members/<number>/disclosure and /desk/retention: a copy of all that is held, and what goes when."""

from __future__ import annotations

import csv
import io
import json
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile

from flask import Blueprint, Response, abort

from madoguchi.domain.staff import Right
from madoguchi.services import disclosure, forgetting, papers, person_acts
from madoguchi.services.disclosure import Copy, Table
from madoguchi.services.person_acts import Person
from madoguchi.web.desk.door import colleague, needs_right
from madoguchi.web.desk.identity import IdentityForm
from madoguchi.web.exports import safe
from madoguchi.web.filters import moment
from madoguchi.web.office import office
from madoguchi.web.paper_words import sheet_of
from madoguchi.web.render import page, redirect

blueprint = Blueprint("desk_disclosure", __name__)

HOME: Final = "/desk/members/<number>/disclosure"
MOST = 10**15


@blueprint.get(HOME)
@needs_right(Right.CHECK_IDENTITY)
def show(number: str) -> Response:
    """The form, or the copy that waits."""
    return _page(_found(number), IdentityForm(formdata=None))


@blueprint.post(HOME)
@needs_right(Right.CHECK_IDENTITY)
def make(number: str) -> Response:
    """Let a copy be made."""
    who, form = _found(number), IdentityForm()
    if not form.validate():
        return _page(who, form)
    typed = form.document.data, form.place.words, form.reason.words
    disclosure.make(office(), who, *typed, colleague())
    return redirect(f"/desk/members/{who.number}/disclosure")


@blueprint.post(f"{HOME}/<int(max={MOST}):copy>")
@needs_right(Right.CHECK_IDENTITY)
def take(number: str, copy: int) -> Response:
    """The file, once."""
    who = _found(number)
    found = disclosure.take(office(), who, copy, colleague())
    if found is None:
        return redirect(f"/desk/members/{who.number}/disclosure")
    response = Response(zipped(found), mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="disclosure-{found.number}.zip"'
    return response


@blueprint.get("/desk/retention")
@needs_right(Right.SEE_MEMBERS)
def retention() -> Response:
    """Whose data goes soon, and what would go now."""
    plan, soon = forgetting.plan(office()), forgetting.soon(office())
    return page("desk/retention.html", plan=plan, soon=soon, rules=office().rules.retention)


def zipped(copy: Copy) -> bytes:
    """The copy as one file: a page to begin with, everything as JSON and as tables, and the papers."""
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        archive.writestr("はじめに.txt", _preface(copy))
        archive.writestr("all.json", json.dumps(_tree(copy), ensure_ascii=False, indent=1))
        for table in copy.tables:
            if table.rows:
                archive.writestr(f"tables/{table.words}.csv", _csv(table))
        for paper in copy.papers:
            archive.writestr(f"papers/{paper.number}.pdf", papers.printed(office(), sheet_of(paper)))
    return made.getvalue()


def _tree(copy: Copy) -> dict[str, Any]:
    return {
        table.table: [dict(zip(table.columns, row, strict=True)) for row in table.rows]
        for table in copy.tables
    }


def _csv(table: Table) -> str:
    text = io.StringIO()
    text.write("\ufeff")  # without the mark Excel reads UTF-8 as Shift JIS
    writer = csv.writer(text)
    writer.writerow(table.columns)
    writer.writerows([["" if cell is None else safe(cell) for cell in row] for row in table.rows])
    return text.getvalue()


def _preface(copy: Copy) -> str:
    lines = [
        f"{copy.name} 様（会員番号 {copy.number}）について、当社が持っている個人情報の写しです。",
        f"作った日時：{moment(copy.made_at)}",
        "",
        "all.json はすべての内容です。tables には同じ内容を表で、papers には取引の書面を入れました。",
        *(f"・{table.words}：{len(table.rows)}件（{table.table}）" for table in copy.tables),
        "",
        "次のものは、本人だけが知る番号や鍵のため、件数だけをお知らせします。",
        *(f"・{words}：{count}件" for words, count in copy.secrets if count),
    ]
    if copy.more:
        lines += [
            "",
            f"書面は新しい順に{len(copy.papers)}件です。ほかの{copy.more}件は、お申し出があればお渡しします。",
        ]
    return "\n".join(lines) + "\n"


def _found(number: str) -> Person:
    return person_acts.person(office(), number) or abort(404)


def _page(who: Person, form: IdentityForm) -> Response:
    return page("desk/disclosure.html", form=form, who=who, copy=disclosure.waiting(office(), who))
