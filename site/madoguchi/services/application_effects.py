"""What an application changes once it is agreed, inside the act that agrees."""

from __future__ import annotations

from dataclasses import dataclass

from madoguchi.domain import due_change
from madoguchi.domain.applications import Kind, Stage
from madoguchi.domain.money import format_yen
from madoguchi.domain.product import MONTH_END
from madoguchi.domain.rates import format_rate
from madoguchi.domain.standing import Standing
from madoguchi.services import closing, contracts
from madoguchi.services.contracts import Agreed
from madoguchi.services.lateness import in_words
from madoguchi.services.office import Office
from madoguchi.store.applications import Application
from madoguchi.store.contracts import ContractRow


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where the application stands now, and what changed, in words for the member."""

    stage: Stage
    words: str


def carry_out(office: Office, one: Application, before: ContractRow, session_key: str = "") -> Outcome:
    """Do what was applied for to a contract that is held and that rules it in; `before` is its row."""
    match one.kind:
        case Kind.LIMIT_UP | Kind.LIMIT_DOWN:
            return Outcome(Stage.APPROVED, _limit(office, one, before))
        case Kind.DUE_DAY:
            return Outcome(Stage.APPROVED, _due_day(office, one, before))
        case Kind.CLOSING:
            closing.close_within(office, one.contract_id, closing.BY_MEMBER, session_key)
            return Outcome(Stage.APPROVED, "ご契約を終了しました。")
        case Kind.REISSUE:
            return Outcome(
                Stage.MAKING,
                "新しいカードをお作りしています。窓口でお渡しし、そのときに暗証番号を決めていただきます。",
            )


def take_back_due_day(office: Office, one: Application, now: Standing) -> None:
    """Leave the due day as it is, before a change that was agreed has begun."""
    _agreed(contracts.change_due_day_within(office, one.contract_id, now.due_day, _cause(one)))


def day_in_words(due_day: int) -> str:
    """A due day as members say it."""
    return "末日" if due_day == MONTH_END else f"{due_day}日"


def _limit(office: Office, one: Application, before: ContractRow) -> str:
    limit = int(one.facts["limit"])
    after = _agreed(contracts.change_limit_within(office, one.contract_id, limit, _cause(one)))
    words = f"利用限度額が{format_yen(limit)}円になりました。"
    if after.rate != before.standing.rate:
        words += f"金利は、明日から年{format_rate(after.rate)}%に下がります。"
    return words


def _due_day(office: Office, one: Application, before: ContractRow) -> str:
    due_day = int(one.facts["due_day"])
    today, product = office.business_day(), office.rules.product
    turns = due_change.effect(before.standing, today, due_day, product)
    after = _agreed(contracts.change_due_day_within(office, one.contract_id, due_day, _cause(one)))
    day = day_in_words(due_day)
    if after.pending_due_day is None:
        return f"返済日が毎月{day}になりました。"
    first, second = (f"{turn.then.day.year}年{in_words(turn.then.day)}" for turn in turns)
    return (
        f"いまの返済日のつぎから、返済日が毎月{day}になります。次のご返済日は{first}、その次は{second}です。"
    )


def _agreed(outcome: object) -> Standing:
    if not isinstance(outcome, Agreed):
        raise RuntimeError(f"terms that were checked were not agreed: {type(outcome).__name__}")
    return outcome.standing


def _cause(one: Application) -> str:
    return f"application {one.id}"
