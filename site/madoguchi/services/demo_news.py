"""What the demo's lender has published: notices and coupons of shops that do not exist."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from madoguchi.domain.bulletins import NewCoupon, NewNotice
from madoguchi.services import coupons, notices
from madoguchi.services.notices import Published
from madoguchi.services.office import Office

BY: Final = "広報"
STANDS: Final = timedelta(days=120)  # longer than a demo lives before it offers to start over


def publish(office: Office) -> None:
    """Publish all of it today, by the acts that staff use."""
    today = office.business_day()
    last = today + STANDS
    outcomes = [
        notices.publish(office, NewNotice(*WINTER, today, last), BY),
        notices.publish(office, NewNotice(*SAFETY, today, last, office.rules.points.notice_most), BY),
        coupons.publish(office, NewCoupon(*TEA, today, last, once=True), BY),
        coupons.publish(office, NewCoupon(*BATHS, today, last, once=False), BY),
    ]
    if faulty := [one for one in outcomes if not isinstance(one, Published)]:
        raise RuntimeError(f"the demo cannot publish: {faulty}")


WINTER: Final = (
    "年末年始の電話の受付について",
    "年末年始（12月31日から1月3日まで）は、電話の受付をお休みします。\n\n"
    "カードの紛失・盗難と、身に覚えのない取引のお届けは、休みのあいだも24時間お受けします。\n\n"
    "このサイトも、1月1日は終日、会員ログインとお取引をお休みします。ほかの日は、決まった点検の時間を除いて、ご返済とお借り入れをお使いいただけます。お休みの日時は「稼働状況」のページに載せています。",
)
SAFETY: Final = (
    "パスワードを聞き出す電話とメールにご注意ください",
    "当社の名前をかたり、暗証番号やパスワードを聞き出そうとする電話とメールが増えています。\n\n"
    "当社から、暗証番号、パスワード、確認コードをおたずねすることはありません。メールに書かれたリンクからログインをお願いすることもありません。\n\n"
    "聞かれたときは、答えずに電話を切ってください。答えてしまったときは、すぐにお電話でお知らせください。",
)
TEA: Final = (
    "喫茶 架空堂（架空のお店です）",
    "コーヒー1杯 100円引き",
    "お会計の前に、この画面をお見せください。\n\nほかの割引とは一緒にお使いいただけません。",
    "KAKU-100",
)
BATHS: Final = (
    "架空の湯（架空のお店です）",
    "ご入浴 10%引き",
    "受付で、この画面をお見せください。何度でもお使いいただけます。",
    "YU-10",
)
