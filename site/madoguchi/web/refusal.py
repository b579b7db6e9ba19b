"""A refusal as a page: the rule, its reason code, the next step, the phone with its hours."""

from __future__ import annotations

from typing import Any

from flask import Response, g

from madoguchi.domain.rights import Action, Rights
from madoguchi.web import render


def page(denial: Any, *first: tuple[str, str]) -> Response:
    """Answer 403 with a domain Refusal (code, rule, next_step) and the ways left, `first` in front."""
    ways = [*first, *_ways(g.visitor.rights)]
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
