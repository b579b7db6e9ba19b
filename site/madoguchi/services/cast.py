"""The demo's people: invented members with the numbers, secrets and states that testers are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from madoguchi.store.members import NewMember


@dataclass(frozen=True, slots=True)
class Persona:
    """One member of the cast; secrets are printed on purpose, since the demo's people do not exist."""

    key: str
    member: NewMember
    card: str
    pin: str
    web_id: str
    password: str
    limit: int
    due_day: int
    state: str  # as /demo and the start of the program describe it
    rate: int | None = None  # hundredths of a percent; None: the lender's for the limit


def _member(number: str, name: str, kana: str, romaji: str, born: date, income: int) -> NewMember:
    given = romaji.split()[-1].lower()
    return NewMember(
        number=number,
        name=name,
        name_kana=kana,
        name_romaji=romaji,
        birth_date=born,
        email=f"{given}@example.jp",
        phone=f"090-0000-{number[-4:]}",
        postcode="100-0000",
        address="東京都千代田区架空町1-2-3",
        employer="架空商事株式会社",
        annual_income=income,
    )


HANAKO = Persona(
    "hanako",
    _member("100000019", "佐藤 花子", "サトウ ハナコ", "Sato Hanako", date(1988, 6, 14), 4_200_000),
    "9990110000000014", "2583", "hanako2026", "Sakura7788",
    500_000, 25, "利用中。14か月の履歴と約23万円の残高があります", rate=1780,
)  # fmt: skip
ICHIRO = Persona(
    "ichiro",
    _member("100000027", "鈴木 一郎", "スズキ イチロウ", "Suzuki Ichiro", date(1996, 2, 3), 3_600_000),
    "9990110000000022", "7416", "", "",
    300_000, 15, "利用中。契約したばかりで、まだ借り入れがありません",
)  # fmt: skip
MISAKI = Persona(
    "misaki",
    _member("100000035", "高橋 美咲", "タカハシ ミサキ", "Takahashi Misaki", date(1991, 11, 22), 3_100_000),
    "999011000000004", "3907", "misaki88", "Kaede2231x",
    300_000, 5, "返済に遅れがあります（約定返済日は毎月5日）",
)  # fmt: skip
KEN = Persona(
    "ken",
    _member("100000043", "田中 健", "タナカ ケン", "Tanaka Ken", date(1975, 4, 9), 7_800_000),
    "9990110003", "6152", "tanakaken1", "Momiji5540",
    1_500_000, 25, "利用中。12年、3,000件の履歴があります", rate=1500,
)  # fmt: skip
SAKURA = Persona(
    "sakura",
    _member("100000051", "伊藤 さくら", "イトウ サクラ", "Ito Sakura", date(1993, 4, 1), 3_300_000),
    "9990110000000055", "8264", "sakura0401", "Tsubaki913",
    300_000, 15, "パスワードがロックされ、カードも止まっています",
)  # fmt: skip
SHO = Persona(
    "sho",
    _member("100000069", "渡辺 翔", "ワタナベ ショウ", "Watanabe Sho", date(1985, 9, 30), 5_000_000),
    "9990110000000063", "5093", "watanabe77", "Ajisai6402",
    300_000, 25, "30日前に解約しました",
)  # fmt: skip
YUI = Persona(
    "yui",
    _member("100000077", "山本 結衣", "ヤマモト ユイ", "Yamamoto Yui", date(1990, 12, 8), 3_900_000),
    "9990110000000071", "9318", "yuiyama123", "Himawari45",
    500_000, 25, "会社の判断で利用を停止しています",
)  # fmt: skip
DAISUKE = Persona(
    "daisuke",
    _member("100000085", "中村 大輔", "ナカムラ ダイスケ", "Nakamura Daisuke", date(1982, 7, 17), 4_600_000),
    "9990110000000089", "4670", "nakamura55", "Tanpopo821",
    300_000, 31, "無利息残高640円だけが残っています",
)  # fmt: skip

CAST = (HANAKO, ICHIRO, MISAKI, KEN, SAKURA, SHO, YUI, DAISUKE)
