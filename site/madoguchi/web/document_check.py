"""/documents/check: whether a paper is genuine, for anybody who holds it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, request
from wtforms.validators import StopValidation

from madoguchi.domain.documents import grouped_number, id_of, read_code
from madoguchi.services import documents
from madoguchi.services.documents import Genuine
from madoguchi.web import limits
from madoguchi.web.document_words import name_of
from madoguchi.web.forms import Form, NarrowField
from madoguchi.web.guard import public
from madoguchi.web.later_words import later_words
from madoguchi.web.office import office
from madoguchi.web.render import page

blueprint = Blueprint("document_check", __name__)


class NumberField(NarrowField):
    """A document's number; its check digit finds slips before anybody is asked."""

    def pre_validate(self, form: Any) -> None:
        """Eleven digits of which the last fits the others."""
        super().pre_validate(form)
        if self.data and id_of(self.data) is None:
            raise StopValidation(
                "確認番号に打ち間違いがあるようです。書面に「確認番号」とある11桁の数字を、もう一度お確かめください"
            )


class CodeField(NarrowField):
    """A document's code."""

    def pre_validate(self, form: Any) -> None:
        """Sixteen letters and digits."""
        super().pre_validate(form)
        if self.data and read_code(self.data) is None:
            raise StopValidation("確認コードは、書面にある16文字の英数字を入れてください")


class CheckForm(Form):
    """What stands on the paper."""

    number = NumberField("確認番号")
    code = CodeField("確認コード")


@blueprint.get("/documents/check")
@public
def show() -> Response:
    """The form; the QR code of a paper fills it in, and asks nothing by itself."""
    given = {name: request.args.get(name, "")[:40] for name in ("number", "code")}
    return page("documents/check.html", form=CheckForm(formdata=None, data=given), found=None)


@blueprint.post("/documents/check")
@public
def check() -> Response:
    """Tell what was issued under number and code; of what was not, one answer for all."""
    form = CheckForm()
    if not form.validate():
        return page("documents/check.html", form=form, found=None)
    gate = limits.gate("documents")
    if seconds := gate.take():
        return _wait(seconds)
    found = documents.check(office(), form.number.data, form.code.data)
    if not isinstance(found, Genuine):
        return page("documents/not_genuine.html")
    gate.give_back()
    named = name_of(found.kind, found.on)
    later = later_words(found.later, own=False)
    return page(
        "documents/genuine.html",
        found=found,
        named=named,
        number=grouped_number(found.number),
        later=later,
        heading=later.called if later else "当社が発行した書面です",
    )


def _wait(seconds: int) -> Response:
    until = office().now() + timedelta(seconds=seconds + 59)  # shown by the minute, and never too early
    response = page("documents/wait.html", status=429, until=until)
    response.headers["Retry-After"] = str(seconds)
    return response
