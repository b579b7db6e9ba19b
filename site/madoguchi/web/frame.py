"""What stands around every page: menus of the pages that exist, the phone and its hours, the law's footer.

Menus are made once per app from one list, so that a page joins them by existing; nothing links to a 404.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property
from typing import Any

from flask import Flask, current_app
from markupsafe import Markup

from madoguchi.domain.hours import Hours
from madoguchi.services import account_check, demo
from madoguchi.web import escape, phone

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
    ("/messages", "メッセージ"), ("/settings", "登録内容の変更"), ("/settings/security", "安全の設定"),
    ("/settings/security/second-step", "2段階認証"),
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


def has_page(path: str) -> bool:
    """Whether this site answers GET at this very path; texts ask before they link."""
    return path in current_app.jinja_env.globals["frame"].pages  # type: ignore[attr-defined]


class Frame:
    """The pieces around a page, rendered once per app where they do not change."""

    def __init__(self, app: Flask) -> None:
        self._app, self._office = app, app.config["OFFICE"]
        self._navs: dict[str, Markup] = {}
        self._pieces: dict[str, Markup] = {}
        self._patterns: dict[str, str] = {}
        self._demo_note: tuple[date | None, Markup] = (None, Markup(""))
        self._phone = phone.Sign(self._office.rules.phone)
        self.rules = self._office.rules
        self.brand = self.rules.brand.name
        self.warn_seconds = self.rules.session.warn_minutes * 60

    @cached_property
    def pages(self) -> frozenset[str]:
        """Every address without parameters; read at the first page, when all blueprints are in."""
        rules = self._app.url_map.iter_rules()
        return frozenset(r.rule for r in rules if not r.arguments and "GET" in (r.methods or ()))

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

    def nav(self, path: str) -> Markup:
        """The member's menu with the page one is on marked."""
        marked = next((p for addresses, _ in NAV for p in addresses if path == p), "")
        if marked not in self._navs:
            self._navs[marked] = self._nav(marked)
        return self._navs[marked]

    def once(self, name: str, **facts: Any) -> Markup:
        """A piece that is the same at every look, rendered at the first."""
        if name not in self._pieces:
            self._pieces[name] = self._rendered(name, **facts)
        return self._pieces[name]

    def rows(self, name: str, columns: str, rows: Iterable[tuple[str, ...]]) -> Markup:
        """Rows of a long table: the template is rendered once into a pattern, which each row fills.

        `columns` are the names in the template, in its order, as the values stand in a row. A table of 30
        rows by eight columns costs a fifth of a loop in the template.
        """
        pattern = self._patterns.get(name)
        if pattern is None:
            marks = {column: f"\0{column}\0" for column in columns.split()}
            pattern = str(self._rendered(name, **marks)).replace("%", "%%")
            for mark in marks.values():
                pattern = pattern.replace(mark, "%s")
            self._patterns[name] = pattern
        return Markup("".join([pattern % tuple(map(escape.fast, row)) for row in rows]))  # noqa: S704

    @staticmethod
    def current(is_here: bool) -> Markup:
        """What a link to the page one is on carries."""
        return Markup(' aria-current="page"') if is_here else Markup("")

    def demo_note(self) -> Markup:
        """That this is a demo, on every page of one, and once it is old how to start over."""
        if self._office.demo is None:
            return Markup("")
        today = self._office.business_day()
        if self._demo_note[0] != today:  # its age is asked once a day
            note = self._rendered("layouts/demo.html", age=demo.age(self._office))
            self._demo_note = (today, note)
        return self._demo_note[1]

    def footer(self, public: bool) -> Markup:
        """The full menu and what the law asks."""
        return self._public_footer if public else self._member_footer

    def help(self) -> Markup:
        """The help block: the phone and whether it is answered now."""
        return self._phone.block(self._office.now())

    def phone_now(self) -> str:
        """Whether the phone is answered now, as a sentence."""
        return self._phone.sentence(self._office.now())

    def places(self, bank: str, branch: str) -> tuple[str, str]:
        """The names of a bank and its branch, by their codes."""
        return account_check.names_of(self._office, bank, branch)

    @staticmethod
    def hours(hours: Hours) -> str:
        """Opening hours as 9:00〜18:00."""
        return phone.span(hours)

    def seconds_to(self, moment: datetime) -> int:
        """Seconds from now to a moment, never below 0."""
        return max(0, int((moment - self._office.now()).total_seconds()))

    @cached_property
    def _public_footer(self) -> Markup:
        return self._footer(PUBLIC_MENU, "すべてのページ")

    @cached_property
    def _member_footer(self) -> Markup:
        return self._footer(MENU, "すべてのメニュー")

    def _footer(self, menu: tuple[tuple[str, str], ...], label: str) -> Markup:
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
