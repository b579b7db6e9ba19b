"""The three sheets of a contract opened at the desk; each page carries along what the others hold."""

from __future__ import annotations

from typing import Any, Final

from madoguchi.domain import screening
from madoguchi.domain.screening import Obstacle
from madoguchi.services import account_check, mail_change, new_contract
from madoguchi.services.account_check import Checked, NotOwn, Written
from madoguchi.services.mandates import KINDS
from madoguchi.services.new_contract import Account, Application
from madoguchi.web.autopay import AccountNumberField, told
from madoguchi.web.desk.forms import WordsField
from madoguchi.web.desk.identity import CHOICES, ChosenField, KanaNameField
from madoguchi.web.filters import yen
from madoguchi.web.forms import (
    CheckField,
    ChoiceField,
    DayField,
    Form,
    NarrowField,
    SelectChoice,
    Typed,
    YenField,
)
from madoguchi.web.new_password import MailField
from madoguchi.web.office import office
from madoguchi.web.settings_forms import LineField, PhoneField, PostcodeField

MOST_INCOME: Final = 1_000_000_000  # yen a year
PAPERS: Final = [
    ("", "確かめていない"), *((words, words) for words in (
        "源泉徴収票", "給与明細書（直近2か月）", "確定申告書", "所得証明書", "年金証書・年金通知書"))
]  # fmt: skip
FIRST: Final = [("", "選んでください"), ("yes", "はい。はじめて"), ("no", "いいえ。以前に契約があった")]
ACCOUNT: Final = ("bank_code", "branch_code", "number", "holder_kana")


class RomajiField(NarrowField):
    """A name in Latin letters."""

    def read(self, text: str) -> str:
        """The name; raises ValueError with the sentence."""
        found = " ".join(super().read(text).split())
        if not found.isascii() or not all(sign.isalpha() or sign in " '-." for sign in found):
            raise ValueError(f"{self.label.text}は、ローマ字で入れてください（例 Sato Hanako）")
        return found


class ContractForm(Form):
    """All of it; SHEETS says which field stands on which page."""

    document = ChosenField("本人確認の書類", CHOICES, default="")
    place = WordsField("確かめた場所", longest=60)
    person_name = LineField("お名前", 60)
    name_kana = KanaNameField("お名前（カタカナ）")
    name_romaji = RomajiField("お名前（ローマ字）")
    birth_date = DayField("生年月日")
    postcode = PostcodeField("郵便番号")
    address = LineField("ご住所")
    phone = PhoneField("電話番号")
    email = MailField("メールアドレス", required=False)
    shared = CheckField("ほかの会員と共用のアドレスであることを確かめた（同じ世帯の方など）")
    employer = LineField("勤務先")
    annual_income = YenField("年収（税込み）", 1, MOST_INCOME)
    other_debts = YenField("ほかの貸金業者からの借入残高", 0, MOST_INCOME)
    income_paper = ChoiceField("収入を確かめた書類", PAPERS, default="")
    limit = YenField("利用限度額", 1, MOST_INCOME)
    due_day = ChosenField("返済日", [("", "選んでください")], default="")
    first = ChosenField("はじめての契約か", FIRST, default="")
    bank_code = NarrowField("銀行", required=False)
    branch_code = NarrowField("支店", required=False)
    kind = ChoiceField("口座の種類", [(str(kind), words) for kind, words in KINDS.items()], default="1")
    number = AccountNumberField("口座番号", required=False)
    holder_kana = Typed("口座の名義（カタカナ）", required=False)
    reason = WordsField("受付の経緯")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.due_day.choices = [*self.due_day.choices[:1], *_due_days()]


SHEETS: Final[dict[str, tuple[str, ...]]] = {
    "person": ("document", "place", "person_name", "name_kana", "name_romaji", "birth_date"),
    "contact": (
        "postcode", "address", "phone", "email", "shared", "employer", "annual_income", "other_debts",
        "income_paper",
    ),
    "terms": (
        "limit", "due_day", "first", "bank_code", "branch_code", "kind", "number", "holder_kana", "reason",
    ),
}  # fmt: skip
ORDER: Final = tuple(SHEETS)


def sound(form: ContractForm, sheets: tuple[str, ...]) -> bool:
    """Check the fields of some sheets, and what they must be beside each other; the others wait."""
    for sheet in sheets:
        for name in SHEETS[sheet]:
            form[name].validate(form)
    if not any(form[name].errors for sheet in sheets for name in SHEETS[sheet]):
        _beside(form, sheets)
    return first_wrong(form, sheets) is None


def first_wrong(form: ContractForm, sheets: tuple[str, ...] = ORDER) -> str | None:
    """Return the first sheet with an error."""
    return next((sheet for sheet in sheets if any(form[name].errors for name in SHEETS[sheet])), None)


def account_of(form: ContractForm) -> Account | None:
    """The account that was meant, None where none was named; faults stand on the form."""
    if not any((form[name].typed or "").strip() for name in ACCOUNT):
        return None
    missing = [name for name in ACCOUNT if not form[name].data]
    for name in missing:
        form[name].errors = [*form[name].errors, f"{form[name].label.text}を入れてください"]
    if missing:
        return None
    written = Written(form.bank_code.data, form.branch_code.data, int(form.kind.data),
                      form.number.data, form.holder_kana.data)  # fmt: skip
    found = account_check.check_for(office(), form.name_kana.data.replace("・", " "), written)
    if isinstance(found, Checked):
        return found.account
    own = f"ご本人の名義の口座に限ります（{form.name_kana.data}）"
    field, sentence = ("holder_kana", own) if isinstance(found, NotOwn) else told(found)
    form[field].errors = [*form[field].errors, sentence]
    return None


def application_of(form: ContractForm) -> Application:
    """What the form asks for; it was sound."""
    names = (
        "name_kana", "name_romaji", "birth_date", "postcode", "address", "phone", "employer",
        "annual_income", "other_debts", "income_paper", "limit", "document", "place",
    )  # fmt: skip
    return Application(
        name=form.person_name.data,
        email=form.email.data or "",
        due_day=int(form.due_day.data),
        first=form.first.data == "yes",
        shared=bool(form.shared.data),
        account=account_of(form),
        **{name: form[name].data for name in names},
    )


def _beside(form: ContractForm, sheets: tuple[str, ...]) -> None:
    bounds, today = new_contract.bounds(office()), office().business_day()
    if "person" in sheets and screening.age_on(today, form.birth_date.data) < bounds.youngest:
        form.birth_date.errors = [f"{bounds.youngest}歳以上の方だけが契約できます"]
    if "contact" in sheets and not form.shared.data and mail_change.is_taken(office(), form.email.data or ""):
        form.email.errors = [mail_change.TAKEN]
    if "terms" in sheets and first_wrong(form, sheets) is None:
        account_of(form)
        _put(form, new_contract.screened(office(), application_of(form)))


def _put(form: ContractForm, found: Any) -> None:
    """Each obstacle beside the field that can be mended."""
    bounds = new_contract.bounds(office())
    room = screening.room_for(form.annual_income.data, form.other_debts.data)
    unit = f"{yen(bounds.unit)}単位で入れてください"
    words = {
        Obstacle.LOW: ("limit", f"利用限度額は{yen(bounds.lowest)}からです"),
        Obstacle.HIGH: ("limit", f"利用限度額は{yen(bounds.highest)}までです"),
        Obstacle.UNIT: ("limit", f"利用限度額は{unit}"),
        Obstacle.THIRD: (
            "limit", f"年収の3分の1まで（貸金業法13条の2）のため、ほかの借入を除くと{yen(room)}までです",
        ),
        Obstacle.PAPERS: (
            "limit", "この限度額では、収入の書類が必要です（貸金業法13条3項）。前の画面で選んでください",
        ),
    }  # fmt: skip
    for obstacle in found:
        if obstacle in words:
            name, sentence = words[obstacle]
            form[name].errors = [*form[name].errors, sentence]


def _due_days() -> list[Any]:
    days = new_contract.due_days(office())
    return [SelectChoice(str(day), new_contract.due_words(day)) for day in days]
