"""What stands around every page: menus of the pages that exist, the phone and its hours, the law's footer.

Menus are made once per app from one list, so that a page joins them by existing; nothing links to a 404.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from flask import Flask, Request
from markupsafe import Markup

from madoguchi.domain.hours import Hours
from madoguchi.ports import JAPAN
from madoguchi.services import demo_books
from madoguchi.services.sessions import Visitor
from madoguchi.web import csrf, files, filters, pattern, phone

# The first address of each row that exists is taken.
NAV = (
    (("/home",), "ホーム"),
    (("/repay", "/repay/transfer"), "返す"),
    (("/borrow",), "借りる"),
    (("/history",), "履歴"),
)
MENU = (
    ("/interest", "利息照会"), ("/repay/transfer", "振込での返済"), ("/repay/quote", "一括返済の見積もり"),
    ("/autopay", "口座振替"), ("/atm", "スマホATM"), ("/applications", "各種お申し込み"),
    ("/documents", "書類"), ("/points", "ポイント"), ("/coupons", "クーポン"), ("/notices", "お知らせ"),
    ("/messages", "メッセージ"), ("/card", "カードの停止と再開"), ("/settings", "登録内容の変更"),
    ("/settings/reminders", "お知らせメールの設定"), ("/letters", "お知らせの控え"),
    ("/settings/security", "安全の設定"), ("/settings/security/second-step", "2段階認証"),
    ("/simulate/repayment", "返済シミュレーション"), ("/simulate/interest", "利息の計算"),
    ("/lost-card", "カードをなくした"), ("/misuse", "覚えのない取引"), ("/demo", "デモの入口"),
)  # fmt: skip
PUBLIC_MENU = (
    ("/simulate/repayment", "返済シミュレーション"), ("/simulate/interest", "利息の計算"),
    ("/repay/transfer", "振込での返済"), ("/lost-card", "カードをなくした"), ("/misuse", "覚えのない取引"),
    ("/help/login", "ログインできないとき"), ("/help/safety", "安全に使うために"), ("/notices", "お知らせ"),
    ("/contact", "お問い合わせ"), ("/demo", "デモの入口"),
)  # fmt: skip
LAW = (
    ("/lending-terms", "貸付条件"), ("/terms", "利用規約"), ("/privacy", "個人情報の取り扱い"),
    ("/accessibility", "アクセシビリティ"), ("/status", "稼働状況"),
)  # fmt: skip

MARKED = frozenset(path for addresses, _ in NAV for path in addresses)
AFTER_TITLE = "</title>\n"  # a part begins with its title; escaped words cannot end it
HOLES = ("title", "main", "token", "left", "ends", "notes", "help")


def init_app(app: Flask) -> None:
    """Give the frame to every template, and what imported macros need (they see no variables)."""
    frame = Frame(app)
    app.jinja_env.globals.update(
        csrf_token=csrf.token, static_url=files.url, has_page=frame.has_page, frame=frame
    )


class Frame:
    """The pieces around a page, rendered once per app where they do not change."""

    def __init__(self, app: Flask) -> None:
        self._app, self._office = app, app.config["OFFICE"]
        self._frames: dict[tuple[bool, str, bool], str] = {}
        self._pieces: dict[str, Markup] = {}
        self._patterns: dict[str, str] = {}
        never = datetime.min.replace(tzinfo=JAPAN)
        self._noted = (never, never, Markup(""))
        self._phone = phone.Sign(self._office.rules.phone)
        self.rules = self._office.rules
        self.brand = self.rules.brand.name
        self.warn_seconds = self.rules.session.warn_minutes * 60

    @cached_property
    def pages(self) -> frozenset[str]:
        """Every address without parameters; read at the first page, when all blueprints are in."""
        rules = self._app.url_map.iter_rules()
        return frozenset(r.rule for r in rules if not r.arguments and "GET" in (r.methods or ()))

    def has_page(self, path: str) -> bool:
        """Whether this site answers GET at this very path; texts ask before they link."""
        return path in self.pages

    @cached_property
    def css(self) -> str:
        """The address of the one style sheet."""
        return self._static("site.css")

    @cached_property
    def htmx(self) -> str:
        """The address of htmx."""
        return self._static("htmx-4.0.1.min.js")

    @cached_property
    def js(self) -> str:
        """The address of our own script."""
        return self._static("site.js")

    def around(self, part: str, request: Request, visitor: Visitor | None) -> str:
        """The whole page: a part with its title in the head, its main in the middle, and the frame around.

        The frame is rendered once for each of the few shapes that it has and then only filled.
        """
        title, _, main = part.partition(AFTER_TITLE)
        now, path = self._office.now(), request.path
        values = {
            "title": title + AFTER_TITLE,
            "main": main,
            "notes": self._demo_note(now),
            "help": self._phone.block(now),
        }
        if visitor is not None or path in ("/", "/login"):
            values["notes"] += self._app.config["WATCH"].note(now, self._rendered)
        if visitor is None:
            return self._frame(False, "/login" if path == "/login" else "") % values
        values |= _until(now, visitor)
        if visitor.looked_by:
            values["notes"] = self._rendered("layouts/looked.html", visitor=visitor) + values["notes"]
        if visitor.sending:
            values["notes"] += self._rendered("layouts/sending.html", sending=visitor.sending)
        marked = path if path in MARKED else ""
        return self._frame(True, marked, visitor.warn) % values

    def _frame(self, member: bool, marked: str, warn: bool = False) -> str:
        shape = (member, marked, warn)
        found = self._frames.get(shape)
        if found is None:
            facts = {name: pattern.mark(name) for name in HOLES}
            nav, footer = self._nav(marked) if member else "", self._footer(member)
            whole = self._rendered(
                "layouts/whole.html",
                member=member,
                marked=marked,
                warn=warn,
                said="",
                nav=nav,
                footer=footer,
                **facts,
            )
            found = self._frames[shape] = pattern.with_names(whole, HOLES)
        return found

    def session_line(self, visitor: Visitor, said: str) -> Markup:
        """The line that says until when one is signed in, alone; `said` is for those who hear the page."""
        facts = _until(self._office.now(), visitor)
        return self._rendered("layouts/session.html", warn=visitor.warn, said=said, **facts)

    def once(self, name: str, **facts: Any) -> Markup:
        """A piece that is the same at every look, rendered at the first."""
        if name not in self._pieces:
            self._pieces[name] = self._rendered(name, **facts)
        return self._pieces[name]

    def rows(self, name: str, columns: str, rows: Sequence[tuple[object, ...]]) -> Markup:
        """Rows of a long table: the template is rendered once into a pattern, which each row fills.

        `columns` are the names in the template, in its order, as the values stand in a row.
        """
        found = self._patterns.get(name)
        if found is None:
            names = columns.split()
            marks = {column: pattern.mark(column) for column in names}
            found = self._patterns[name] = pattern.in_order(self._rendered(name, **marks), names)
        return Markup(pattern.filled(found, rows))  # noqa: S704 - each cell is escaped

    @staticmethod
    def current(is_here: bool) -> Markup:
        """What a link to the page one is on carries."""
        return Markup(' aria-current="page"') if is_here else Markup("")

    def _demo_note(self, now: datetime) -> Markup:
        """That this is a demo, on every page of one, and once it is old how to start over."""
        if self._office.demo is None:
            return Markup("")
        if not self._noted[0] <= now < self._noted[1]:  # its age is asked once a day
            today = now.astimezone(JAPAN).replace(hour=0, minute=0, second=0, microsecond=0)
            note = self._rendered("layouts/demo.html", age=demo_books.age(self._office))
            self._noted = (now, today + timedelta(days=1), note)
        return self._noted[2]

    def phone_now(self) -> str:
        """Whether the phone is answered now, as a sentence."""
        return self._phone.sentence(self._office.now())

    def places(self, bank: str, branch: str) -> tuple[str, str]:
        """The names of a bank and its branch, by their codes."""
        from madoguchi.services import account_check  # wanted by few pages, and all kana come with it

        return account_check.names_of(self._office, bank, branch)

    @staticmethod
    def hours(hours: Hours) -> str:
        """Opening hours as 9:00〜18:00."""
        return phone.span(hours)

    def seconds_to(self, moment: datetime) -> int:
        """Seconds from now to a moment, never below 0."""
        return _seconds(self._office.now(), moment)

    def _footer(self, member: bool) -> Markup:
        """The full menu and what the law asks."""
        menu, label = (MENU, "すべてのメニュー") if member else (PUBLIC_MENU, "すべてのページ")
        present, law = (tuple(row for row in rows if row[0] in self.pages) for rows in (menu, LAW))
        return self._rendered(
            "layouts/footer.html", menu=present, law=law, label=label, brand=self.rules.brand
        )

    def _nav(self, marked: str) -> Markup:
        entries = []
        for addresses, words in NAV:
            if found := next((p for p in addresses if p in self.pages), None):
                entries.append((found, words))
        return self._rendered("layouts/nav.html", entries=entries, marked=marked)

    def _rendered(self, name: str, **facts: Any) -> Markup:
        return Markup(self._app.jinja_env.get_template(name).render(facts))  # noqa: S704 - our own template

    def _static(self, name: str) -> str:
        return str(self._app.config["STATIC_URLS"][name])


def _until(now: datetime, visitor: Visitor) -> dict[str, str]:
    """What the session line holds of its member."""
    left, ends = _seconds(now, visitor.ends_at), filters.clock(visitor.ends_at)
    return {"token": csrf.token(), "left": str(left), "ends": ends}


def _seconds(now: datetime, moment: datetime) -> int:
    return max(0, int((moment - now).total_seconds()))
