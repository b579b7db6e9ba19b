"""What documents say: their words for the page and for the printed sheet alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from madoguchi.domain.documents import TITLES, DocumentKind, Facts, grouped_code, grouped_number
from madoguchi.domain.papers import PaperKind
from madoguchi.ports import JAPAN
from madoguchi.ports.paper import Proof, Sheet, Table
from madoguchi.services.document_facts import rule_in
from madoguchi.services.documents import Document
from madoguchi.services.papers import Paper
from madoguchi.web import paper_words, statement_words
from madoguchi.web.filters import commas, full_day, full_moment, rate, yen
from madoguchi.web.lending_terms import minimum_rule
from madoguchi.web.paper_words import METHODS, NUMBER, Line, Words, sender_of

OWN_NUMBER = "取引の書面の番号（確認には使いません）"
CHECK = "/documents/check"
OF_A_DAY = frozenset({DocumentKind.BALANCE, DocumentKind.PAYOFF, DocumentKind.ENTRY})


@dataclass(frozen=True, slots=True)
class Told:
    """A document in words, the yen of its headline, its table if it has one, and how it is proved."""

    words: Words
    amount: int
    table: Table | None
    proof: Proof


def told(document: Document, paper: Paper | None, site: str) -> Told:
    """Put a document into words; `paper` is the entry's of a document about one, `site` the address."""
    if paper:
        named = replace(paper, name=document.facts.name, name_kana=document.facts.name_kana)
        return Told(
            _with_two_numbers(paper_words.words_of(named)), paper.amount, None, _proof(document, site)
        )
    words, amount = _WORDS[document.kind](document)
    lines = (*words.lines, *_about(document))
    table = statement_words.table(document.facts) if document.kind is DocumentKind.STATEMENT else None
    return Told(replace(words, lines=lines), amount, table, _proof(document, site))


def sheet_of(document: Document, told: Told) -> Sheet:
    """The same words as a sheet to be printed."""
    words, facts = told.words, document.facts
    return Sheet(
        title=words.title,
        number=grouped_number(document.number),
        to=f"{facts.name} 様（{facts.name_kana}）",
        sentence=words.sentence,
        headline=(words.label, yen(told.amount)),
        rows=tuple((line.label, line.words) for line in words.lines),
        notes=words.notes,
        sender=sender_of(document.lender),
        made_at=document.issued_at,
        table=told.table,
        proof=told.proof,
    )


def name_of(kind: DocumentKind, on: date) -> str:
    """What a list calls a document."""
    if kind is DocumentKind.STATEMENT:
        return f"{on.year}年{on.month}月の{TITLES[kind]}"
    return f"{TITLES[kind]}（{on.year}年{on.month}月{on.day}日）" if kind in OF_A_DAY else TITLES[kind]


def yen_line(label: str, amount: int, name: str = "") -> Line:
    """A line with an amount; the name is for machines."""
    return Line(label, f"{commas(amount)}円", yen=amount, name=name)


def day_line(label: str, day: date) -> Line:
    """A line with a day."""
    return Line(label, full_day(day), day=day)


def _with_two_numbers(words: Words) -> Words:
    """A paper that has a number to be checked by, too: its own is named so that nobody takes it for that."""
    lines = (replace(line, label=OWN_NUMBER) if line.label == NUMBER else line for line in words.lines)
    return replace(words, lines=tuple(lines))


def _proof(document: Document, site: str) -> Proof:
    link = urlencode({"number": document.number, "code": document.code})
    number, code = grouped_number(document.number), grouped_code(document.code)
    return Proof(number, code, site + CHECK, f"{site}{CHECK}?{link}")


def _about(document: Document) -> tuple[Line, ...]:
    facts = document.facts
    return (
        day_line("ご契約の日", facts.contract_on),
        Line("会員番号", facts.member_number),
        Line("発行した日時", full_moment(document.issued_at)),
    )


def _statement(document: Document) -> tuple[Words, int]:
    facts = document.facts
    words = Words(
        title=name_of(document.kind, facts.on),
        sentence=f"{full_day(facts.first or facts.on)}から{full_day(facts.on)}までのお取引をお知らせします。",
        label="月末の残高（元金）",
        figure="balance",
        lines=statement_words.lines(facts, METHODS[document.lender.method]),
        notes=statement_words.notes(facts),
    )
    return words, facts.principal


def _balance(document: Document) -> tuple[Words, int]:
    facts = document.facts
    day = full_day(facts.on)
    today = facts.on == document.issued_at.astimezone(JAPAN).date()
    when = "発行した時点の額です。" if today else "その日の終わりの額です。"
    words = Words(
        title=TITLES[document.kind],
        sentence=f"{day}のお借り入れの残高が、次のとおりであることを証明します。",
        label="残高（元金）",
        figure="balance",
        lines=(day_line("証明する日", facts.on), *_owed(facts), *_line_of_credit(facts)),
        notes=(f"{when}利息と遅延損害金は、その日までの分です。",),
    )
    return words, facts.principal


def _payoff(document: Document) -> tuple[Words, int]:
    facts = document.facts
    words = Words(
        title=TITLES[document.kind],
        sentence=f"{full_day(facts.on)}に、次の額をお支払いいただくと完済になることを証明します。",
        label="一括返済の額",
        figure="payoff",
        lines=(
            day_line("お支払いの日", facts.on),
            yen_line("うち元金", facts.principal, "principal"),
            yen_line("うち利息", facts.interest, "interest"),
            yen_line("うち遅延損害金", facts.damages, "damages"),
            *([yen_line("うち手数料", facts.fees)] if facts.fees else []),
            yen_line("1日遅れると増える額（およそ）", facts.per_day),
        ),
        notes=("この額は、お支払いの日までに、ほかのお支払いやお借り入れがないときのものです。",),
    )
    return words, facts.owed


def _paid(document: Document) -> tuple[Words, int]:
    facts = document.facts
    words = Words(
        title=TITLES[document.kind],
        sentence=f"{full_day(facts.on)}の時点で、次のご契約によるお借り入れが、利息などを含めてすべて返済されていることを証明します。",
        label="残りの額",
        figure="payoff",
        lines=(
            day_line("証明する日", facts.on),
            *([day_line("最後のお支払いの日", facts.last_paid_on)] if facts.last_paid_on else []),
            *([day_line("ご契約が終わった日", facts.closed_on)] if facts.closed_on else []),
            *([yen_line("お預かりしている額（預り金）", facts.deposit)] if facts.deposit else []),
        ),
        notes=()
        if facts.closed_on
        else ("ご契約は続いています。このあとのお借り入れは、この証明には含まれません。",),
    )
    return words, 0


def _contract(document: Document) -> tuple[Words, int]:
    facts = document.facts
    day = {0: "", 31: "毎月末日"}.get(facts.due_day, f"毎月{facts.due_day}日")
    due = [Line("ご返済日", f"{day}（土日祝日などにあたるときは、次の営業日）")] if day else []
    free = f"最初に借りた日の翌日から{facts.free_days}日間"
    words = Words(
        title=TITLES[document.kind],
        sentence="カードローンのご契約の内容は、次のとおりです。",
        label="利用限度額",
        figure="limit",
        lines=(
            day_line("この内容に決まった日", facts.on),
            Line("利率（実質年率）", rate(facts.rate)),
            Line("遅延損害金の率（実質年率）", rate(facts.damages_rate)),
            Line("ご返済の方式", METHODS[document.lender.method]),
            *due,
            *(Line(f"最低のご返済額 {when}", much) for when, much in minimum_rule(rule_in(facts.rule))),
            yen_line("1回のお支払いの最低額", facts.smallest_payment),
            Line("ご返済の期間と回数", facts.term),
            *([Line("無利息期間（はじめてのご契約）", free)] if facts.free_days else []),
            Line("担保・保証人", document.lender.security),
        ),
        notes=_CONTRACT_NOTES,
    )
    return words, facts.limit


_CONTRACT_NOTES = (
    "利息は、残高×利率×日数÷365日（うるう年の日は366日）で計算し、1円未満を切り捨てます。"
    "借りた日は数えず、返す日は数えます。",
    "期日に遅れた日は、利息の代わりに遅延損害金がかかります。お支払いは、手数料、遅延損害金、利息、元金の順にあてます。",
    "いつでも、手数料なしで早く返せます。期日に遅れたときは、残りのすべてを一度にお返しいただくことがあります。",
    "ご返済は、銀行のページ、口座振替、銀行振込、ATMでできます。お取引の情報を、信用情報機関に登録することがあります。",
    "この書面は、貸金業法第17条第2項によりお渡しするものです。",
)


def _owed(facts: Facts) -> tuple[Line, ...]:
    return (
        yen_line("利息", facts.interest, "interest"),
        yen_line("遅延損害金", facts.damages, "damages"),
        *([yen_line("手数料", facts.fees)] if facts.fees else []),
        yen_line("残りの合計", facts.owed, "payoff"),
        *([yen_line("お振込の途中の額", facts.coming)] if facts.coming else []),
        *([yen_line("お預かりしている額（預り金）", facts.deposit)] if facts.deposit else []),
    )


def _line_of_credit(facts: Facts) -> tuple[Line, ...]:
    return yen_line("利用限度額", facts.limit, "limit"), Line("利率（実質年率）", rate(facts.rate))


_WORDS: dict[DocumentKind, Callable[[Document], tuple[Words, int]]] = {
    DocumentKind.STATEMENT: _statement,
    DocumentKind.BALANCE: _balance,
    DocumentKind.PAYOFF: _payoff,
    DocumentKind.PAID: _paid,
    DocumentKind.CONTRACT: _contract,
}


def title_of_paper(kind: PaperKind) -> str:
    """What a list calls the paper of an entry."""
    return "受取証書（領収書）" if kind is PaperKind.RECEIPT else "お借り入れの書面"
