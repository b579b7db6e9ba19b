"""The page checker refuses what it says it refuses."""

import pytest
from flask import Flask, request

from tests.page import Visitor
from tests.support import markup

GOOD = """<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/static/site.css"></head>
<body><a class="skip" href="#main">本文へ移動</a><main id="main" tabindex="-1">{main}</main></body></html>"""
MAIN = '<h1>利息照会</h1><p>今日までの利息</p><data value="1463" data-name="interest">1,463円</data>'
WRONG_FIELD = '<label for="on">日付</label><input id="on" name="on" aria-invalid="true">'


def faults(main=MAIN, title="利息照会｜まどぐち"):
    """What the checker says of a good page with this in its main."""
    tree, forgiven = markup.parse(GOOD.format(title=title, main=main))
    return " / ".join([*forgiven, *markup.faults_of_page(tree)])


def test_a_good_page_is_praised():
    assert faults() == ""


@pytest.mark.parametrize(
    ("piece", "complaint"),
    [
        ("<h1>もう一つ</h1>", "one h1"),
        ("<div></p></div>", "unexpected-end-tag"),
        ('<p id="main">', "stands twice"),
        ('<input name="amount">', "no visible <label>"),
        ('<label>額<input name="a" aria-describedby="gone"></label>', "points at nothing"),
        ('<label>額<input name="a" type="number"></label>', "type=number"),
        ('<label>鍵<input name="a" type="password" value="2583"></label>', "sent back"),
        ('<form method="post" action="/repay"><button>返す</button></form>', "no csrf_token"),
        ('<p style="color:red">', "inline style="),
        ('<button onclick="go()">行く</button>', "inline onclick="),
        ("<script>go()</script>", "without src"),
        ("<style>p{}</style>", "use site.css"),
        ('<p hx-get="/x">', "write data-hx-get"),
        ("<table><tr><th>日付</th></tr></table>", "no scope"),
        ('<a href="https://example.com/">外</a>', "no path of this site"),
        ('<a href="//example.com/">外</a>', "no path of this site"),
        ('<a href="#gone">先</a>', "leads nowhere"),
        ('<a href="/x"></a>', "without words"),
        ("<h3>飛んだ</h3>", "jumps from h1 to h3"),
        ('<data value="1" data-name="interest">1円</data>', "stands twice"),
        ('<data value="99" data-name="days">9日</data>', "its value is"),
        ("<time>きのう</time>", "no readable datetime"),
        ('<p tabindex="3">', "changes the order"),
        (WRONG_FIELD, "starts with 「エラー：」"),
        (WRONG_FIELD, "links to the wrong field #on"),
    ],
)
def test_a_bad_piece_is_refused(piece, complaint):
    assert complaint in faults(MAIN + piece)


def test_a_title_that_says_something_else_is_refused():
    assert "starts with the words of the h1" in faults(title="まどぐち")


def site(main_of_part):
    """A tiny site whose one page answers htmx with `main_of_part`."""
    app = Flask("tiny")

    @app.get("/interest")
    def interest():
        part = request.headers.get("HX-Request")
        return main_of_part if part else GOOD.format(title="利息照会", main=MAIN)

    @app.after_request
    def headers(response):
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Vary"] = "HX-Request"
        response.headers["Content-Security-Policy"] = (
            "default-src 'none'; script-src 'self'; frame-ancestors 'none'; base-uri 'none'"
        )
        return response

    return app


def test_a_part_that_is_a_piece_of_the_whole_is_praised():
    page = Visitor(site(MAIN)).get("/interest")
    assert (page.data("interest"), page.heading, page.title) == (1463, "利息照会", "利息照会")


def test_a_part_that_says_something_else_is_refused():
    with pytest.raises(AssertionError, match="no piece of the whole"):
        Visitor(site("<h1>利息照会</h1><p>別の話</p>")).get("/interest")


def test_a_visitor_types_only_into_fields_that_are_there():
    visitor = Visitor(site(MAIN))
    visitor.get("/interest")
    with pytest.raises(AssertionError, match="0 forms /login/card"):
        visitor.submit("/login/card", pin="2583")
