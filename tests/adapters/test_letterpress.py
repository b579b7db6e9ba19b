"""Letters in words: every kind is complete, polite to machines, and leads to the configured address alone."""

import re

import pytest
from lxml import html

from madoguchi.adapters.letterpress import Letterpress
from madoguchi.domain.letters import FORMS, Channel, Kind
from madoguchi.services.tries import Reason
from tests import people
from tests.support.post import SITE

PRESS = Letterpress(people.rules(), SITE)
SAMPLES = {
    "at": "2026年11月20日 10:00", "until": "2026年11月20日 11:00", "label": "iPhoneのSafari",
    "token": "T0ken_-x", "code": "908172", "purpose": "ログイン", "change": "認証アプリを登録しました",
    "reason": "held", "route": "card", "opens": "2026年11月20日 14:05", "left": "9",
    "card": "held",
    "held_why": "guessing",
    "web_id": "active",
    "bank": "三井住友銀行",
    "fees": "110", "damages": "220", "interest": "1,463", "principal": "7,207", "deposit": "330",
    "corrected": "11月27日の5,000円", "told": "残高が足りませんでした。",
    "then": "インターネット返済をご利用ください。",
    "what": "お借り入れ", "account": "･･･0019", "on": "2026年11月20日",
    "reference": "F00000001", "why": "口座が見つかりませんでした",
    "day": "11月25日（水）", "today": "12月3日（木）", "reached": "12月1日（火）", "days": "6",
    "amount": "9,643", "per_day": "127",
    "balance": "231,844", "rate": "17.8", "address": "h…@example.jp",
    "fee": "220", "machine": "0001-2", "debit": "planned", "late": "yes", "owes": "yes", "over": "yes",
    "due": "11月25日（水）", "to": "11月27日（金）",
    "shut": "障害（11月25日 20:00から11月26日 3:00まで）",
    "borrow": "yes",
    "means": "カードは、もう使えません。", "detail": "遅延損害金 220円",
    "words": "給与明細をお送りください。", "reply_by": "12月4日（金）",
    "outcome": "返済日が毎月5日になりました。",
    "how": "お申し出により、取り消しました。", "closes": "2027年1月20日", "lifts": "2026年11月23日 10:00",
    "number": "7F3A21BC", "reads": "2026年11月24日 9:00",
    "month": "2026年10月", "title": "残高証明書", "way": "electronic", "often": "yes", "count": "1,250",
}  # fmt: skip
WORDED = {
    "reason",
    "route",
    "card",
    "held_why",
    "web_id",
    "way",
    "often",
    "debit",
    "late",
    "owes",
    "over",
    "borrow",
}  # told in other words
SIX_DIGITS = re.compile(r"\d{6,}")
WHYS = ("guessing", "not_me", "member", "", "own", "lost_report", "misuse")
KINDS = pytest.mark.parametrize("kind", list(Kind), ids=lambda kind: kind.value)


def printed(kind, **facts):
    """The letter with sample facts."""
    return PRESS.compose(kind, {n: SAMPLES[n] for n in FORMS[kind].facts} | {"name": "佐藤 花子"} | facts)


@KINDS
def test_every_kind_has_a_short_subject_and_addresses_the_member(kind):
    letter = printed(kind)
    assert 4 <= len(letter.subject) <= 40
    if FORMS[kind].channel is Channel.MAIL:
        assert letter.text.startswith("佐藤 花子 様\n\n")
    for name in FORMS[kind].facts - WORDED:
        assert SAMPLES[name] in letter.text, f"{kind.value} does not tell {name}"


@KINDS
def test_no_letter_leads_to_the_sign_in_page_or_away_from_the_site(kind):
    letter = printed(kind)
    addresses = re.findall(r"https?://[^\s<]*", letter.text)
    assert all(address.startswith(f"{SITE}/") and "/login" not in address for address in addresses)
    assert {a.get("href") for a in html.document_fromstring(letter.html).iter("a")} == set(addresses)


@KINDS
def test_the_twin_says_the_same_words(kind):
    letter = printed(kind)
    (body,) = html.document_fromstring(letter.html).xpath("//body")
    said = "".join(body.text_content().split())
    assert said == "".join((letter.subject + letter.text).split())


@KINDS
def test_a_fact_left_out_is_a_fault(kind):
    with pytest.raises(ValueError, match="cannot be printed"):
        PRESS.compose(kind, {"name": "佐藤 花子"})


@pytest.mark.parametrize("kind", [Kind.CODE, Kind.CODE_TEXT])
def test_a_code_stands_alone_on_its_line_and_no_other_six_digits_stand_in_the_letter(kind):
    letter = printed(kind)
    assert "908172" in letter.text.split("\n")
    assert SIX_DIGITS.findall(letter.subject + letter.text) == ["908172"]
    assert SIX_DIGITS.findall(letter.html) == ["908172"]


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_of_a_refusal_is_told_apart(reason):
    others = {printed(Kind.HOLD_REASON, reason=other.value).text for other in Reason if other is not reason}
    assert printed(Kind.HOLD_REASON, reason=reason.value).text not in others


@pytest.mark.parametrize("why", WHYS)
def test_every_reason_of_a_hold_is_told_apart_and_its_way_out_with_it(why):
    def told(one):
        return printed(Kind.HOLD_REASON, reason="held", card="held", held_why=one, web_id="active").text

    assert told(why) not in {told(one) for one in WHYS if one != why}
    assert ("メールで届く確認コード" in told(why)) is (why == "guessing")
    assert "Web-IDでのログインは、そのまま" in told(why)


def test_a_letter_of_one_way_that_is_shut_is_true_of_the_other_too():
    card = printed(Kind.HOLD_REASON, reason="held", card="held", held_why="guessing", web_id="locked").text
    assert "そのままお使いいただけます" not in card
    assert "/password/reset" in card
    password = printed(
        Kind.HOLD_REASON, reason="locked", card="held", held_why="guessing", web_id="locked"
    ).text
    assert "カード番号ではログインできません" in password


def test_a_wait_without_an_end_names_the_phone_instead_of_an_hour():
    text = printed(Kind.WAIT_REASON, route="web_id", opens="").text
    assert "もう一度使えるようにするには、お電話ください" in text
    assert "カード番号でのログインもできます" in text


def test_what_a_member_is_called_cannot_become_markup_or_a_link():
    letter = printed(Kind.PASSWORD_CHANGED, name="<b>https://evil.example/</b>{{ site }}")
    assert "&lt;b&gt;https://evil.example/&lt;/b&gt;{{ site }} 様" in letter.html
    assert "<b>https://evil.example/</b>{{ site }} 様" in letter.text


@pytest.mark.parametrize(
    ("route", "words"),
    [("card", "カード番号と暗証番号"), ("web_id", "Web-IDとパスワード"), ("passkey", "パスキー")],
)
def test_a_new_browsers_letter_names_the_way_in_on_a_line_of_its_own(route, words):
    assert f"方法：{words}" in printed(Kind.SIGN_IN_NEW_DEVICE, route=route).text.split("\n")


@pytest.mark.parametrize(
    "kind", [Kind.LATE_1, Kind.LATE_7, Kind.LATE_30, Kind.LATE_61], ids=lambda kind: kind.value
)
def test_a_letter_about_lateness_tells_a_day_gone_by_as_gone_by(kind):
    late = printed(kind).text
    assert "12月1日（火）で、遅れて6日目でした。" in late
    assert "12月3日（木）にお支払いいただくと" in late
    assert "目でした" not in printed(kind, reached=SAMPLES["today"]).text


def test_the_end_of_a_lateness_says_only_what_is_so():
    told = printed(Kind.LATE_OVER, on="12月1日（火）", owes="yes", borrow="").text
    assert "遅れが解消した日：12月1日（火）" in told
    assert "お借り入れ" not in told
    assert "次のご返済日" not in printed(Kind.LATE_OVER, on="", owes="", borrow="").text


def test_who_is_to_leave_reads_that_papers_need_a_web_id_and_where_to_register():
    before, after = printed(Kind.DORMANT_WARNING).text, printed(Kind.CONTRACT_CLOSED).text
    assert f"{SITE}/web-id/register" in before
    for words in ("完済証明書", "Web-IDをお持ちでない方", "/not-me/"):
        assert words in after, words
