"""/settings/reminders: when a due date is reminded of, which letters come, and whether they tell anything."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, g, request
from wtforms.fields.choices import SelectChoice

from madoguchi.domain.rights import Action
from madoguchi.services import letter_choices
from madoguchi.services.choices import NO, OFF, VALUES, YES, Choice
from madoguchi.services.letter_choices import Seen
from madoguchi.web.forms import CheckField, ChoiceField, Form
from madoguchi.web.guard import needs
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect

blueprint = Blueprint("reminders", __name__)

HOME = "/settings/reminders"
DAYS = [(value, "送らない" if value == OFF else f"{value}日前") for value in VALUES[Choice.REMINDER_DAYS]]
BY_WHOM = {"member": "ご本人"}


class LettersForm(Form):
    """What is chosen, all of it at once."""

    days = ChoiceField("ご返済日のお知らせ", DAYS)
    hour = ChoiceField("お送りする時刻", [])
    transaction_mail = CheckField("ご返済を受け取るたびに、メールでお知らせする")
    discreet = CheckField("メールに、会社の名前と内容をのせない")

    def __init__(self, **how: Any) -> None:
        super().__init__(**how)
        hours = office().rules.letters.quiet.hours
        self.hour.choices = [SelectChoice(str(hour), f"{hour}時") for hour in hours]


@blueprint.get(HOME)
@needs(Action.PROTECT)
def show() -> Response:
    """What holds, and the form that changes it."""
    seen = _seen()
    return _page(seen, LettersForm(formdata=None, data=_chosen(seen)), request.args.get("done", ""))


@blueprint.post(HOME)
@needs(Action.PROTECT)
def choose() -> Response:
    """Write down what is chosen; the same once more changes nothing."""
    form = LettersForm()
    if not form.validate():
        return _page(_seen(), form)
    changed = letter_choices.choose(
        office(),
        g.visitor.member_id,
        g.visitor.contract_id,
        {
            Choice.REMINDER_DAYS: form.days.data,
            Choice.REMINDER_HOUR: form.hour.data,
            Choice.TRANSACTION_MAIL: YES if form.transaction_mail.data else NO,
            Choice.DISCREET: YES if form.discreet.data else NO,
        },
    )
    return redirect(f"{HOME}?done={'changed' if changed else 'same'}")


def _seen() -> Seen:
    return letter_choices.look(office(), g.visitor.member_id, g.visitor.contract_id, g.visitor.standing)


def _chosen(seen: Seen) -> dict[str, Any]:
    """What holds, as the form shows it; an hour that is no longer offered as the nearest that is."""
    hour = int(seen.held[Choice.REMINDER_HOUR])
    return {
        "days": seen.held[Choice.REMINDER_DAYS],
        "hour": str(min(max(hour, seen.hours[0]), seen.hours[-1])),
        "transaction_mail": seen.held[Choice.TRANSACTION_MAIL] == YES,
        "discreet": seen.held[Choice.DISCREET] == YES,
    }


def _page(seen: Seen, form: LettersForm, done: str = "") -> Response:
    off, quiet = seen.held[Choice.REMINDER_DAYS] == OFF, office().rules.letters.quiet
    past = [(at, name, value, BY_WHOM.get(who, "窓口")) for at, name, value, who in seen.past]
    night = f"{quiet.begins:%-H:%M}から{quiet.ends:%-H:%M}まで"
    return page("reminders/reminders.html", form=form, seen=seen, past=past, done=done, off=off, night=night)
