"""A refusal as a page: the rule, its reason code, the next step, the phone with its hours."""

from __future__ import annotations

from typing import Any, Final

from flask import Response, g

from madoguchi.domain.rights import Action, Rights
from madoguchi.web import render

# Where the rule itself can be seen or lifted, by its code.
WHERE: Final = {
    "B-04": ("/settings/borrow-stop", "借入ストップの内容を見る・解除を申し出る"),
    "T-04": ("/settings/borrow-stop", "借入ストップの内容を見る・解除を申し出る"),
    "B-09": ("/settings/bank-account", "お振込先の口座を届け出る"),
    "B-10": ("/settings/bank-account", "お振込先の口座を確かめる"),
}


def page(denial: Any, *first: tuple[str, str]) -> Response:
    """Answer 403 with a domain Refusal (code, rule, next_step) and the ways left, `first` in front."""
    own = [WHERE[denial.code]] if denial.code in WHERE else []
    ways = [*first, *own, *_ways(g.visitor.rights)]
    return render.page("errors/refusal.html", status=403, refusal=denial, ways=ways)


def _ways(rights: Rights) -> list[tuple[str, str]]:
    """Address and words of what may be done; nothing that would be refused as well."""
    home = "ホームで現在のご契約を見る" if rights.may(Action.SEE) else "ホームで書面を見る"
    repay = [("/repay", "返済する"), ("/repay/transfer", "銀行振込の振込先を見る")]
    return [
        ("/home", home),
        *(repay if rights.may(Action.REPAY) else []),
        ("/documents", "書類を見る"),
        ("/contact", "お問い合わせの窓口を見る"),
    ]
