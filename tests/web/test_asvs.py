"""OWASP ASVS 5.0 where no other test stands for a requirement; each is named by its id (docs/security.md)."""

import logging
import secrets
from pathlib import Path

import pytest

import config
from madoguchi.adapters.hashing import Lanes
from madoguchi.web import Face, create_app
from tests import people
from tests.page import Visitor
from tests.support.signing import CARD, PASSWORD, PIN, WEB_ID, by_card, by_web_id
from tests.tidy import source

ROOT = Path(__file__).resolve().parent.parent.parent
HOST = {"base_url": "https://members.example.jp"}
SIGNED_IN = ("/home", "/history", "/interest", "/settings/security", "/settings/security/second-step")
NASTY = "' OR '1'='1' --", '"><script>alert(1)</script>', "1; DROP TABLE member", "\x00", "%s{0}{{7*7}}"


@pytest.fixture
def member(visitor):
    """Hanako, signed in."""
    by_card(visitor, follow=False)
    return visitor


def answers(client, **more):
    """One answer of each kind: pages, parts, files, redirects, faults of every sort."""
    for method, path in (
        ("get", "/"), ("get", "/login"), ("get", "/home"), ("get", "/healthz"), ("get", "/favicon.ico"),
        ("get", "/no-such-page"), ("put", "/terms"), ("post", "/login/card"), ("options", "/login"),
        ("get", "/static/none.css"), ("get", "/password/reset/made-up"), ("get", "/static/icon.svg"),
    ):  # fmt: skip
        yield f"{method} {path}", getattr(client, method)(path, **more)


def test_asvs_1_2_1_what_a_member_is_called_is_no_markup(office, member):
    with office.store.transaction():
        office.store.write("UPDATE member SET name = ?", ('<b data-hx-get="/logout">花子</b>"\'',))
    page = member.get("/home")
    assert "<b " not in page.body
    assert '<b data-hx-get="/logout">花子</b>' in page.text


@pytest.mark.parametrize("nasty", NASTY)
def test_asvs_1_2_4_what_would_end_a_string_in_sql_is_only_text(app, office, nasty):
    visitor = Visitor(app)
    for page, fields in (
        ("/login", {"web_id": nasty, "password": nasty}), ("/login", {"card_number": nasty, "pin": nasty}),
        ("/web-id/register", {"member_number": nasty, "email": nasty}),
        ("/password/reset", {"web_id_or_member_number": nasty, "email": nasty}),
    ):  # fmt: skip
        visitor.get(page)
        action = {"/login": "/login/web-id" if "web_id" in fields else "/login/card"}.get(page, page)
        assert visitor.post(action, **fields).status == 422, (page, nasty)
    assert office.store.one("SELECT COUNT(*) FROM session")[0] == 0
    assert office.store.one("SELECT COUNT(*) FROM member")[0] == 1


def test_asvs_3_4_1_over_https_every_answer_demands_https_for_a_year(office):
    client = create_app(office, Face("https://members.example.jp"), ROOT).test_client()
    for name, answer in answers(client, **HOST):
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains", name


def test_asvs_3_4_3_every_answer_of_every_kind_carries_each_header_once(app):
    for name, answer in answers(app.test_client()):
        (policy,) = answer.headers.getlist("Content-Security-Policy")
        wanted = ("default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'")
        assert all(rule in policy for rule in wanted), name
        assert "unsafe" not in policy
        assert answer.headers.getlist("X-Content-Type-Options") == ["nosniff"], name
        assert answer.headers.getlist("Referrer-Policy") == ["same-origin"], name
        assert answer.headers.getlist("Cross-Origin-Opener-Policy") == ["same-origin"], name
        assert "Access-Control-Allow-Origin" not in answer.headers, name
        assert "Strict-Transport-Security" not in answer.headers, name  # plain http: it would lock a demo out


def test_asvs_3_5_1_a_token_of_somebody_else_is_refused(app, member):
    other = Visitor(app)
    other.get("/login")
    (token,) = set(other.find("//input[@name='csrf_token']/@value"))
    for path in ("/logout", "/session/extend", "/settings/security/sessions/end-others"):
        assert member.client.post(path, data={"csrf_token": token}).status_code == 400, path
    assert member.get("/home").status == 200


def test_asvs_4_1_1_every_body_names_its_type_and_text_its_encoding(app):
    for name, answer in answers(app.test_client()):
        kind = answer.headers.get("Content-Type", "")
        assert kind or not answer.data, name
        assert not kind.startswith("text/") or "charset=utf-8" in kind, name


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::"])
def test_asvs_4_1_3_a_proxy_is_believed_on_loopback_only(host, tmp_path):
    env = {"MADOGUCHI_DATA": str(tmp_path), "MADOGUCHI_TRUSTED_PROXIES": "1", "MADOGUCHI_HOST": host}
    with pytest.raises(config.SettingError, match="X-Forwarded-For"):
        config.check(config.from_environment(env))
    config.check(config.from_environment(env | {"MADOGUCHI_HOST": "127.0.0.1"}))


def test_asvs_6_4_2_no_way_in_asks_what_others_may_know(app):
    for path in ("/login", "/login/unlock", "/web-id/register", "/password/reset"):
        asked = set(Visitor(app).get(path).find("//main//*[self::input or self::select]/@name"))
        known = {"csrf_token", "next", "remember", "card_number", "pin", "web_id", "password",
                 "member_number", "email", "web_id_or_member_number", "credential"}  # fmt: skip
        assert asked <= known, path


def test_asvs_7_2_3_a_session_is_256_random_bits_that_are_never_the_same(app, monkeypatch):
    drawn = []
    monkeypatch.setattr(secrets, "token_urlsafe", _recording(drawn))
    tokens = set()
    for _ in range(3):
        visitor = Visitor(app)
        visitor.get("/login")
        by_card(visitor, follow=False)
        tokens.add(visitor.client.get_cookie("session").value)
    assert len(tokens) == 3
    assert tokens <= {token for size, token in drawn if size >= 32}


def _recording(drawn, real=secrets.token_urlsafe):
    def token(size=None):
        drawn.append((size, real(size)))
        return drawn[-1][1]

    return token


def test_asvs_7_2_4_a_session_chosen_by_somebody_else_is_never_taken_over(app):
    visitor = Visitor(app)
    visitor.client.set_cookie("session", "chosen-by-somebody-else")
    visitor.get("/login")
    by_card(visitor, follow=False)
    assert visitor.client.get_cookie("session").value != "chosen-by-somebody-else"
    other = app.test_client()
    other.set_cookie("session", "chosen-by-somebody-else")
    assert other.get("/home").status_code == 303


def test_asvs_7_4_4_every_page_behind_sign_in_has_the_way_out(member):
    for path in SIGNED_IN:
        assert member.get(path).find("//header//a[@href='/logout'] | //form[@action='/logout']"), path


def test_asvs_11_4_2_secrets_are_hashed_by_argon2id_as_dearly_as_owasp_asks():
    hashed = Lanes(people.PEPPER).hash("secret", keyed=False)
    assert hashed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_asvs_11_5_1_nothing_but_the_demos_story_is_drawn_from_plain_random():
    found = {p.name for p in source.python_files("site") for name, _ in source.imports(p) if name == "random"}
    assert found == {"demo_lives.py"}


@pytest.mark.parametrize(
    "path",
    ["/.git/HEAD", "/.git/config", "/.env", "/config.py", "/lender.toml", "/var/madoguchi.db", "/static/",
     "/static/../.git/HEAD", "/static/..%2f.git/HEAD", "/static/%2e%2e/config.py", "/static/etc/passwd",
     "/console", "/metrics", "/server-status", "/docs"],
)  # fmt: skip
def test_asvs_13_4_1_no_source_listing_or_tool_is_served(app, path):
    assert app.test_client().get(path).status_code == 404


def test_asvs_13_4_2_no_part_of_the_site_runs_in_debug_mode(app):
    assert not app.debug
    assert not app.testing
    assert not app.jinja_env.auto_reload


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "PROPFIND"])
@pytest.mark.parametrize("path", ["/", "/home", "/login/card"])
def test_asvs_13_4_4_methods_of_no_use_are_refused_and_echo_nothing(app, method, path):
    answer = app.test_client().open(path, method=method, headers={"Cookie": "session=canary-in-a-cookie"})
    assert answer.status_code in (400, 405, 501)
    assert b"canary" not in answer.data


def test_asvs_14_2_1_a_secret_in_the_address_is_not_read(app):
    visitor = Visitor(app)
    visitor.get("/login")
    answer = visitor.post(f"/login/card?card_number={CARD}&pin={PIN}")
    assert answer.status == 422
    assert visitor.client.get_cookie("session") is None
    assert visitor.client.get(f"/login?card_number={CARD}&pin={PIN}").status_code == 200
    assert visitor.client.get_cookie("session") is None


def test_asvs_14_3_3_our_script_keeps_nothing_in_the_browser():
    for file in (ROOT / "static").glob("*.js"):
        text = file.read_text(encoding="utf-8")
        assert not [w for w in ("localStorage", "sessionStorage", "indexedDB", "caches.") if w in text], file


def test_asvs_15_3_3_fields_that_no_form_has_change_nothing(app, office):
    before = office.store.rows("SELECT * FROM contract")
    visitor = Visitor(app)
    visitor.get("/login")
    forged = {"member_id": "2", "credit_limit": "9999999", "states": "0", "role": "staff", "stepped_at": "1"}
    by_card(visitor, forged=forged, follow=False)
    assert office.store.rows("SELECT * FROM contract") == before
    visitor.get("/settings/security/second-step")
    visitor.post("/session/extend", **forged)
    assert office.store.rows("SELECT * FROM contract") == before


def test_asvs_15_3_7_a_field_sent_twice_is_refused_and_one_in_the_address_is_none(app):
    visitor = Visitor(app)
    visitor.get("/login")
    (token,) = set(visitor.find("//input[@name='csrf_token']/@value"))
    fields = {"csrf_token": token, "card_number": CARD}
    for pin, status in ((["0000", PIN], 400), ([PIN, PIN], 400), (["0000"], 422)):
        answer = visitor.client.post(f"/login/card?pin={PIN}", data=fields | {"pin": pin})
        assert answer.status_code == status, pin
    assert visitor.client.get_cookie("session") is None


def test_asvs_16_2_5_no_log_line_holds_what_opens_an_account(app, caplog):
    caplog.set_level(logging.DEBUG)
    visitor = Visitor(app)
    visitor.get("/login")
    by_card(visitor, pin="0918")
    by_web_id(visitor, follow=False)
    cookies = {visitor.client.get_cookie(name).value for name in ("session", "dev")}
    logged = caplog.text
    assert not [word for word in {CARD, PIN, "0918", WEB_ID, PASSWORD, *cookies} if word in logged]


def test_asvs_16_5_1_an_unforeseen_fault_tells_the_reader_nothing_and_the_log_all(app, caplog):
    def broken(**_):
        raise RuntimeError("canary in a fault")

    app.view_functions["home.show"] = broken
    visitor = Visitor(app)
    visitor.get("/login")
    by_card(visitor, follow=False)
    answer = visitor.client.get("/home")
    assert answer.status_code == 500
    assert "canary" not in answer.text
    assert "Traceback" not in answer.text
    assert "no-store" in answer.headers["Cache-Control"]
    assert "canary in a fault" in caplog.text
