"""The forms of the desk's acts: the reason, the case, what the ladder asks, and what an act needs itself."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

from wtforms.fields.choices import SelectChoice

from madoguchi.domain.ladder import Check, DeskAct, Document, Fact, Identity, is_enough
from madoguchi.domain.money import MAX_YEN
from madoguchi.domain.widths import narrow
from madoguchi.services import deeds, deeds_money
from madoguchi.services.deed import Deed, Subject
from madoguchi.services.deeds_states import WHY
from madoguchi.services.identity import DOCUMENTS
from madoguchi.web.desk.forms import WordsField
from madoguchi.web.desk.words import CASES
from madoguchi.web.forms import CheckField, ChoiceField, DayField, Form, NarrowField, YenField
from madoguchi.web.office import office

NO_CASE: Final = ""
_NUMBER: Final = re.compile(r"[0-9](?:[ -]?[0-9]){4,}")
NOT_ENOUGH: Final = "お名前と生年月日のほかに、ご住所か電話番号のどちらかも確かめてください"


class RemarkField(WordsField):
    """Words that stay for good, and so hold no number of a paper, a card or an account."""

    def read(self, text: str) -> str:
        """The words; raises ValueError with the sentence."""
        words = super().read(text)
        if _NUMBER.search(narrow(words)):
            raise ValueError(f"{self.label.text}に、書類やカードなどの番号は書かないでください")
        return words


class ActForm(Form):
    """What every act asks: why, and for which case."""

    reason = RemarkField("理由")
    case = ChoiceField("案件", [], default=NO_CASE)

    def offer(self, subject: Subject) -> None:
        """Offer what depends on the member."""
        held = [
            (str(case.id), f"案件 {case.id}（{CASES.get(case.kind, case.kind)}）")
            for case in deeds.open_cases(office(), subject.who.id)
        ]
        self.case.choices = [
            SelectChoice(value, words) for value, words in [(NO_CASE, "案件によらない"), *held]
        ]

    def facts(self) -> dict[str, Any]:
        """What the act itself needs, as plain values."""
        return {}

    def identity(self) -> Identity:
        """What was checked."""
        return Identity()

    @property
    def case_id(self) -> int | None:
        """The case it is for."""
        return int(self.case.data) if self.case.data else None


class PhoneForm(ActForm):
    """Facts on file that the caller told without being told."""

    told_name = CheckField("お名前")
    told_birth_date = CheckField("生年月日")
    told_address = CheckField("ご住所")
    told_phone = CheckField("電話番号")

    def identity(self) -> Identity:
        """What was told."""
        facts = frozenset(fact for fact in Fact if self[f"told_{fact.value}"].data)
        return Identity(Check.PHONE, facts)

    def validate(self, extra_validators: Any = None) -> bool:
        """Enough was told."""
        fine = bool(super().validate(extra_validators))
        if not is_enough(Check.PHONE, self.identity()):
            self.told_name.errors = [NOT_ENOUGH]
            return False
        return fine


class PaperForm(ActForm):
    """A paper that was seen at a counter: its kind and where, never its number."""

    document = ChoiceField("見た書類", [(one.value, words) for one, words in DOCUMENTS.items()])
    place = RemarkField("確かめた場所", longest=40)

    def identity(self) -> Identity:
        """What was seen."""
        return Identity(Check.DOCUMENTS, document=Document(self.document.data), place=self.place.words)


class CardForm(PaperForm):
    """The number on the new card."""

    card_number = NarrowField("新しいカードの番号", digits=True)

    def facts(self) -> dict[str, Any]:
        """The number."""
        return {"card_number": self.card_number.data}


class WaiverForm(PaperForm):
    """How much of each claim is given up, in yen."""

    fees = YenField("手数料", required=False)
    damages = YenField("遅延損害金", required=False)
    interest = YenField("利息", required=False)

    def facts(self) -> dict[str, Any]:
        """The amounts."""
        return {name: self[name].data or 0 for name in deeds_money.CLAIMS}


class AdjustmentForm(PaperForm):
    """Which entry never was as it stands, and what is right instead."""

    entry = ChoiceField("取り消す取引", [])
    amount = YenField("正しい返済額", low=1, high=MAX_YEN, required=False)
    day = DayField("正しい返済の日", required=False)

    def offer(self, subject: Subject) -> None:
        """Offer the entries too."""
        super().offer(subject)
        found = deeds_money.choices(office(), subject)
        self.entry.choices = [SelectChoice(str(one.seq), one.words) for one in found]

    def facts(self) -> dict[str, Any]:
        """The entry's number, and what is right: 0 and "" for nothing."""
        day = self.day.data.isoformat() if self.day.data else ""
        return {"entry": int(self.entry.data), "amount": self.amount.data or 0, "day": day}


class SuspendForm(ActForm):
    """Why, of a few."""

    why = ChoiceField("止める理由", list(WHY.items()))

    def facts(self) -> dict[str, Any]:
        """The reason's word."""
        return {"why": self.why.data}


class PastDayField(DayField):
    """A day up to today."""

    def read(self, text: str) -> date:
        """The day; raises ValueError with the sentence."""
        day = super().read(text)
        if day > office().business_day():
            raise ValueError(f"{self.label.text}は、今日までの日を入れてください")
        return day


class ArrangementForm(ActForm):
    """When the notice came."""

    day = PastDayField("通知を受け取った日")

    def facts(self) -> dict[str, Any]:
        """The day."""
        return {"day": self.day.data.isoformat()}


BY_CHECK: Final[dict[Check, type[ActForm]]] = {
    Check.NOTHING: ActForm,
    Check.PHONE: PhoneForm,
    Check.DOCUMENTS: PaperForm,
}
OWN: Final[dict[DeskAct, type[ActForm]]] = {
    DeskAct.REISSUE: CardForm,
    DeskAct.WAIVE: WaiverForm,
    DeskAct.ADJUST: AdjustmentForm,
    DeskAct.SUSPEND: SuspendForm,
    DeskAct.ARRANGE: ArrangementForm,
}


def form_of(deed: Deed, subject: Subject, **kwargs: Any) -> ActForm:
    """The form of an act for a member."""
    form = OWN.get(deed.act, BY_CHECK[deed.rung.check])(**kwargs)
    form.offer(subject)
    return form
