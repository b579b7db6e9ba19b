"""/settings: what is on file and what was chosen, each with a link to where it is changed."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, g

from madoguchi.domain.rights import Action, State
from madoguchi.services import settings
from madoguchi.services.choices import ELECTRONIC, OFF, Choice
from madoguchi.services.settings import Overview
from madoguchi.web.filters import man
from madoguchi.web.guard import needs
from madoguchi.web.office import office
from madoguchi.web.render import page

blueprint = Blueprint("settings", __name__)

NONE = "ご登録がありません"
# The groups of the page: a heading, and the rows with their address; what has no page here is left out.
GROUPS = (
    (
        "ご連絡先",
        (
            ("/settings/address", "ご住所"),
            ("/settings/phone", "電話番号"),
            ("/settings/email", "メールアドレス"),
        ),
    ),
    ("お仕事と口座", (("/settings/employer", "勤務先・年収"), ("/settings/bank-account", "お振込先の口座"))),
    (
        "お知らせと書類",
        (("/settings/reminders", "返済日のお知らせ"), ("/settings/documents", "書類の受け取り方")),
    ),
    (
        "安全",
        (
            ("/settings/security", "安全の設定"),
            ("/settings/security/second-step", "2段階認証"),
            ("/settings/borrow-stop", "借入ストップ"),
        ),
    ),
)


@blueprint.get("/settings")
@needs(Action.PROTECT)
def show() -> Response:
    """All of it."""
    seen = settings.look(office(), g.visitor)
    return page("settings/settings.html", groups=_groups(_values(seen)), new_mail=seen.new_mail)


def _groups(values: dict[str, str]) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Headings with their rows: address, name and value; of pages that this site has."""
    has_page = current_app.jinja_env.globals["has_page"]
    found = [
        (heading, [(path, words, values[path]) for path, words in rows if has_page(path)])
        for heading, rows in GROUPS
    ]
    return [(heading, rows) for heading, rows in found if rows]


def _values(seen: Overview) -> dict[str, str]:
    """What each row says, by its address."""
    return _on_file(seen) | _chosen(seen.chosen)


def _on_file(seen: Overview) -> dict[str, str]:
    on_file, account = seen.on_file, seen.account
    there = f"{account.bank} {account.branch} 末尾{account.account.number[-3:]}" if account.account else ""
    income = f"年収{man(on_file.income)}" if on_file.income else ""
    return {
        "/settings/address": f"〒{on_file.postcode} {on_file.address}" if on_file.address else NONE,
        "/settings/phone": f"末尾{seen.phone}" if seen.phone else NONE,
        "/settings/email": seen.mail or NONE,
        "/settings/employer": " ".join(filter(None, (on_file.employer, income))) or NONE,
        "/settings/bank-account": there or NONE,
    }


def _chosen(chosen: dict[Choice, str]) -> dict[str, str]:
    days, hour = chosen[Choice.REMINDER_DAYS], chosen[Choice.REMINDER_HOUR]
    states = g.visitor.rights.states
    stopped = "止めています" if State.STOPPED in states else "止めていません"
    return {
        "/settings/reminders": "送らない" if days == OFF else f"{days}日前の{hour}時",
        "/settings/documents": "電子交付" if chosen[Choice.DELIVERY] == ELECTRONIC else "郵送",
        "/settings/security": "端末とログインの記録",
        "/settings/security/second-step": "使っています" if g.visitor.guarded else "使っていません",
        "/settings/borrow-stop": "ご契約は終わっています" if State.CLOSED in states else stopped,
    }
