"""A contract asked for at the desk: what is typed on each sheet, and the wish that comes of it."""

from datetime import date

from madoguchi.services.new_contract import Account, Application

PERSON = {
    "document": "運転免許証", "place": "本店の窓口", "person_name": "鈴木 一郎",
    "name_kana": "すずき　いちろう", "name_romaji": "Suzuki Ichiro", "birth_date": "1996-02-03",
}  # fmt: skip
CONTACT = {
    "postcode": "１０００００１", "address": "東京都千代田区架空町9-9", "phone": "09000000027",
    "email": "ichiro@example.jp", "employer": "架空商事株式会社", "annual_income": "3,600,000",
    "other_debts": "0", "income_paper": "",
}  # fmt: skip
TERMS = {
    "limit": "300,000", "due_day": "15", "first": "yes", "bank_code": "みずほ", "branch_code": "新宿",
    "kind": "1", "number": "27", "holder_kana": "スズキ イチロウ", "reason": "店頭でのお申し込み",
}  # fmt: skip
HOME = "/desk/contracts/new"


def fill_in(visitor, person=None, contact=None, terms=None):
    """Go through the sheets; returns the page that the last one led to."""
    visitor.get(HOME)
    visitor.submit(HOME + "/contact", **PERSON | (person or {}))
    visitor.submit(HOME + "/terms", **CONTACT | (contact or {}))
    return visitor.submit(HOME + "/review", **TERMS | (terms or {}))


def wish():
    """What 鈴木 一郎 asks for."""
    return Application(
        name="鈴木 一郎", name_kana="スズキ イチロウ", name_romaji="Suzuki Ichiro",
        birth_date=date(1996, 2, 3), postcode="100-0000", address="東京都千代田区架空町1-2-3",
        phone="090-0000-0027",
        email="ichiro@example.jp", employer="架空商事株式会社", annual_income=3_600_000,
        other_debts=0, income_paper="", limit=300_000, due_day=15, first=True,
        account=Account("0001", "001", 1, "0000027", "ｽｽﾞｷ ｲﾁﾛｳ"),
        document="運転免許証", place="本店の窓口",
    )  # fmt: skip
