"""What pages print is escaped, byte for byte as MarkupSafe would, also in the rows of long tables."""

from datetime import date

import jinja2
import markupsafe
import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.web import escape, words

HOSTILE = "<script>alert('1')</script>&\"%s"
PRINTED = st.one_of(
    st.text(), st.integers(), st.booleans(), st.none(), st.dates(), st.text().map(markupsafe.escape)
)


@given(PRINTED)
def test_any_value_is_escaped_as_markupsafe_does(value):
    assert escape.fast(value) == str(markupsafe.escape(value))


@given(st.lists(PRINTED, max_size=8), st.text())
def test_macros_blocks_and_filters_print_the_same_bytes_as_a_stock_environment(values, text):
    stock, ours = jinja2.Environment(autoescape=True), jinja2.Environment(autoescape=True)
    assert escape.install(ours), "the pinned versions no longer allow the plain escape"
    facts = {"v": values, "s": text}
    assert ours.from_string(escape.PROBE).render(facts) == stock.from_string(escape.PROBE).render(facts)


def test_a_row_of_a_table_escapes_what_it_is_filled_with(app):
    with app.test_request_context("/history"):
        frame = app.jinja_env.globals["frame"]
        row = frame.rows("history/month.html", "iso day balance", [("2026-11-20", HOSTILE, "100%")])
    assert str(markupsafe.escape(HOSTILE)) in row
    assert "<script>" not in row
    assert "100%" in row


@pytest.mark.parametrize("element", [words.data, words.big])
def test_a_figure_escapes_its_name_and_unit(element):
    told = element(HOSTILE, 1463, HOSTILE)
    assert "<script>" not in told
    assert "1,463" in told


def test_a_day_is_written_for_people_and_machines():
    assert words.day(date(2026, 11, 25)) == '<time datetime="2026-11-25">11月25日（水）</time>'
