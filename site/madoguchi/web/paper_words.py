"""What papers say: their lines in words, for the page and for the printed sheet alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from madoguchi.domain.channels import channel_of
from madoguchi.domain.days import in_month
from madoguchi.domain.ledger import EntryKind
from madoguchi.domain.papers import PaperKind
from madoguchi.ports import JAPAN
from madoguchi.ports.paper import Sheet
from madoguchi.services.papers import Lender, Paper
from madoguchi.services.reasons import Reason
from madoguchi.web.filters import commas, day, full_day, moment, rate, yen

METHODS = {
    "balance": "残高スライドリボルビング方式",
    "limit": "定率リボルビング方式",
    "table": "残高スライド定額リボルビング方式",
}

NUMBER = "この書面の番号"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a yen amount (with a name where machines read it), a day, or words."""

    label: str
    words: str
    yen: int | None = None
    name: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """A paper in words; `figure` names the amount in the headline."""

    title: str
    sentence: str
    label: str
    figure: str
    lines: tuple[Line, ...]
    notes: tuple[str, ...]


def words_of(paper: Paper) -> Words:
    """Put a paper into words."""
    return _receipt(paper) if paper.kind is PaperKind.RECEIPT else _loan(paper)


def sheet_of(paper: Paper) -> Sheet:
    """The same words as a sheet to be printed."""
    words = words_of(paper)
    return Sheet(
        title=words.title,
        number=paper.number,
        to=f"{paper.name} 様（{paper.name_kana}）",
        sentence=words.sentence,
        headline=(words.label, yen(paper.amount)),
        rows=tuple((line.label, line.words) for line in words.lines),
        notes=words.notes,
        sender=sender_of(paper.lender),
        made_at=paper.posted_at,
    )


def sender_of(lender: Lender) -> tuple[str, ...]:
    """Who gives the paper, line by line."""
    return (
        lender.company + ("（架空の会社です）" if lender.fictional else ""),
        f"〒{lender.postcode} {lender.address}",
        f"貸金業登録番号 {lender.registration}",
        lender.association,
        f"電話 {lender.phone}",
    )


def counted_anew(reason: Reason | None) -> str:
    """Why something was counted anew, up to the words that say what came of it."""
    if reason is None:
        return "あとから届いたお支払いなどを取引の日の順に数え直し、"
    moved = f"期日を{day(reason.to)}まで延ばして計算し直し、"
    return f"{day(reason.due)}の期日の終わりが{reason.shut}にかかっていたことがあとからわかったため、{moved}"


def _receipt(paper: Paper) -> Words:
    used = paper.entry_kind == EntryKind.DEPOSIT_USED
    terms = paper.terms
    left = [
        _yen("払いきれていない利息", terms.interest),
        _yen("払いきれていない遅延損害金", terms.damages),
        _yen("払いきれていない手数料", terms.fees),
        _yen("残りの合計", paper.owed, "payoff"),
    ]  # fmt: skip
    parts = [_yen("うち手数料", paper.fees)] if paper.fees else []
    deposit = [_yen("うちお預かりする額（預り金）", paper.deposit)] if paper.deposit else []
    return Words(
        title="受取証書（領収書）",
        sentence="お預かりしていたお金を、次のとおりご返済にあてました。"
        if used
        else "次のとおり受け取りました。",
        label="ご返済にあてた額" if used else "受け取った額",
        figure="payment",
        lines=(
            _day("受け取った日", paper.day),
            Line("方法", str(channel_of(paper.cause))),
            *parts,
            _yen("うち遅延損害金", paper.damages, "damages"),
            _yen("うち利息", paper.interest, "interest"),
            _yen("うち元金", paper.principal, "principal"),
            *deposit,
            _yen("このあとの残高（元金）", paper.balance, "balance"),
            *(left if paper.owed != paper.balance else []),
            *_next_due(paper, "minimum"),
            *_contract(paper),
        ),
        notes=(
            *_corrected(paper),
            "お支払いは、手数料、遅延損害金、利息、元金の順にあてています。",
            _law(paper, "第18条第1項"),
        ),
    )


def _loan(paper: Paper) -> Words:
    terms = paper.terms
    return Words(
        title="お借り入れの内容（貸付けの書面）",
        sentence="次のとおりお貸ししました。",
        label="お貸しした額",
        figure="principal",
        lines=(
            _day("お借り入れの日", paper.day),
            Line("方法", str(channel_of(paper.cause))),
            Line("利率（実質年率）", rate(terms.rate)),
            Line("遅延損害金の率（実質年率）", rate(terms.damages_rate)),
            _yen("利用限度額", terms.limit, "limit"),
            _yen("このあとの残高（元金）", paper.balance, "balance"),
            Line("ご返済の方式", f"期日までに最低返済額以上を返す、{METHODS[paper.lender.method]}"),
            _yen("毎回の最低返済額", paper.minimum, "minimum"),
            *_next_due(paper),
            *_plan(paper),
            *_contract(paper),
        ),
        notes=(
            *_corrected(paper),
            "利息は、残高×利率×日数÷365日（うるう年の日は366日）で計算し、1円未満を切り捨てます。"
            "借りた日は数えず、返す日は数えます。無利息期間のあいだは、利息がつきません。",
            "期日に遅れた日は、利息の代わりに遅延損害金がかかります。いつでも、手数料なしで早く返せます。",
            f"{paper.lender.security}。",
            _law(paper, "第17条第1項"),
        ),
    )


def _plan(paper: Paper) -> tuple[Line, ...]:
    first = paper.terms.due_day
    if (plan := paper.plan) is None or first is None:
        return ()
    last = in_month(first.year, first.month + plan.payments - 1, 1)
    until = f"{last.year}年{last.month}月ごろまで、"
    words = f"{until}{plan.payments}回（最低返済額だけを返し、新しく借りないとき）"
    return (Line("ご返済の期間と回数", words), _yen("そのときのご返済の合計（およそ）", plan.total, "total"))


def _next_due(paper: Paper, name: str = "") -> tuple[Line, ...]:
    """The next due date and what it asks, by the name that the page before the payment gives it."""
    terms = paper.terms
    if terms.due_day is None:
        return ()
    return (_day("次のご返済日", terms.due_day), _yen("その日のご返済額", terms.due_amount, name))


def _contract(paper: Paper) -> tuple[Line, ...]:
    return (
        _day("ご契約の日", paper.contract_on),
        Line("会員番号", paper.member_number),
        Line(NUMBER, paper.number),
        Line("記帳した日時", f"{paper.posted_at.astimezone(JAPAN).year}年{moment(paper.posted_at)}"),
    )


def _corrected(paper: Paper) -> tuple[str, ...]:
    """A paper that stands for another one, or for which another one stands, or whose act never was."""
    told = []
    if paper.replaces:
        told.append(
            f"この書面は、番号{paper.number_of(paper.replaces)}の書面に代わるものです。"
            f"{counted_anew(paper.why_replaces)}内訳が変わりました。"
        )
    if paper.replaced_by:
        newer = f"番号{paper.number_of(paper.replaced_by)}の書面が代わりです。"
        told.append(
            f"この書面は訂正されました。{counted_anew(paper.why_replaced)}内訳が変わりました。{newer}"
        )
    elif paper.undone_by:
        told.append("この取引は取り消されました。この書面は効力がありません。")
    return tuple(told)


def _law(paper: Paper, article: str) -> str:
    return f"この書面は、貸金業法{article}によりお渡しするものです。"


def _yen(label: str, amount: int, name: str = "") -> Line:
    return Line(label, f"{commas(amount)}円", yen=amount, name=name)


def _day(label: str, day: date) -> Line:
    return Line(label, full_day(day), day=day)
