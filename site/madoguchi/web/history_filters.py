"""The filters of the history: typed fields, what they mean, and how they stay in addresses."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict
from wtforms import ValidationError

from madoguchi.domain.history import EVERYTHING, UNDONE_BY, Filters
from madoguchi.domain.ledger import KIND_LABELS, EntryKind
from madoguchi.domain.widths import is_digits
from madoguchi.services.history import MOST_PAGES
from madoguchi.web.filters import yen
from madoguchi.web.forms import ChoiceField, DayField, Form, YenField
from madoguchi.web.history_chart import day_words

NAMES = ("from", "to", "kind", "min", "max")
PLACE_NAMES = ("after", "pages", "sum")  # where to go on, how much at once, whether to sum up everything
ALL = "all"
# What was undone stands with what it undoes.
KINDS = [
    ("", "すべて"),
    *((kind.name.lower(), words) for kind, words in KIND_LABELS.items() if kind < UNDONE_BY),
]
UNKNOWN = "「{}」という条件は、ここでは使えません"
MORE_UNKNOWN = "ほか{}件も、ここでは使えません"
WRONG_PAGES = f"「pages」には、1から{MOST_PAGES}までの数を入れてください"
UNKNOWN_SUM = "「sum」に入れられるのは「all」だけです"
MOST_TOLD = 5


class FilterForm(Form):
    """Each field may be left empty; `untouched` when nobody asked for anything."""

    untouched = False
    since = DayField("いつから", name="from", required=False)
    until = DayField("いつまで", name="to", required=False)
    kind = ChoiceField("種類", choices=KINDS)
    low = YenField("金額（下限・円）", name="min", required=False)
    high = YenField("金額（上限・円）", name="max", required=False)

    def validate_until(self, field: DayField) -> None:
        """Backwards nothing can be found."""
        if self.since.data and field.data and field.data < self.since.data:
            raise ValidationError("「いつまで」は「いつから」と同じ日か、あとの日にしてください")

    def validate_high(self, field: YenField) -> None:
        """Backwards nothing can be found."""
        if self.low.data is not None and field.data is not None and field.data < self.low.data:
            raise ValidationError("上限の金額は、下限と同じか大きくしてください")


def read(
    query: MultiDict[str, str], places: tuple[str, ...] = PLACE_NAMES
) -> tuple[FilterForm, Filters | None]:
    """Return the form of a query, and what it asks for; None when something in it is wrong.

    `places` are the names that this address takes besides the filters.
    """
    if not query:
        return _nothing_asked(), EVERYTHING
    given = {name: text for name, text in query.items() if name in NAMES}
    form = FilterForm(MultiDict({"kind": ""} | given))
    form.validate()
    if query.get("after"):  # a place has one page after it
        places = tuple(name for name in places if name != "pages")
    form.form_errors += _strange([name for name in query if name not in NAMES + places])
    if query.get("sum", "") not in ("", ALL) and "sum" in places:
        form.form_errors.append(UNKNOWN_SUM)
    if "pages" in places and pages_of(query) is None:
        form.form_errors.append(WRONG_PAGES)
    if form.errors:
        return form, None
    kind = EntryKind[form.kind.data.upper()] if form.kind.data else None
    return form, Filters(form.since.data, form.until.data, kind, form.low.data, form.high.data)


def pages_of(query: MultiDict[str, str]) -> int | None:
    """How many pages are asked for at once, 1 unless said; None for what is no such number."""
    asked = query.get("pages") or "1"
    return int(asked) if is_digits(asked) and len(asked) < 3 and 1 <= int(asked) <= MOST_PAGES else None


def _strange(names: list[str]) -> list[str]:
    """A sentence for each name that nobody knows, or for the first few of many."""
    told = [UNKNOWN.format(name[:40]) for name in names[:MOST_TOLD]]
    return told + [MORE_UNKNOWN.format(len(names) - MOST_TOLD)] * (len(names) > MOST_TOLD)


@lru_cache(maxsize=1)
def _nothing_asked() -> FilterForm:
    """The empty form, which most look at; it is only ever read, and making one costs as much as a query."""
    form = FilterForm(MultiDict({"kind": ""}))
    form.untouched = True
    return form


def query_of(filters: Filters) -> str:
    """The filters as a query string without the question mark; empty when nothing is filtered."""
    values = {
        "from": filters.since and filters.since.isoformat(),
        "to": filters.until and filters.until.isoformat(),
        "kind": filters.kind and filters.kind.name.lower(),
        "min": filters.low,
        "max": filters.high,
    }
    return urlencode({name: value for name, value in values.items() if value is not None})


def grown(query: str, pages: int, all_summed: bool) -> str:
    """The address that shows so many pages at once, to come back to; "" when they are too many for that."""
    return _address(query, f"pages={pages}", all_summed) if pages <= MOST_PAGES else ""


def following(query: str, place: str | None, all_summed: bool) -> str:
    """The address of the page that follows a place; "" at the end."""
    return _address(query, f"after={place}", all_summed) if place else ""


def _address(query: str, where: str, all_summed: bool) -> str:
    return "/history?" + "&".join(filter(None, (query, f"sum={ALL}" if all_summed else "", where)))


def period_words(filters: Filters) -> str:
    """すべての期間, or from when to when."""
    if not filters.since and not filters.until:
        return "すべての期間"
    since = day_words(filters.since)[1] if filters.since else "はじめ"
    return f"{since}〜{day_words(filters.until)[1] if filters.until else '今日'}"


def words(filters: Filters) -> str:
    """What is shown, for the eye and for the paper: period, kind, amounts."""
    said = [period_words(filters), KIND_LABELS[filters.kind] if filters.kind else "すべての種類"]
    if filters.low is not None or filters.high is not None:
        low = yen(filters.low) + "から" if filters.low is not None else ""
        said.append(low + (yen(filters.high) + "まで" if filters.high is not None else ""))
    return "・".join(said)
