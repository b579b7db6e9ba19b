"""The worker: it sends at once, outlives faults, and its letters can be looked after by commands."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

import config
from madoguchi.adapters.wiring import make_office
from madoguchi.domain.faults import Unavailable
from madoguchi.domain.letters import Channel
from madoguchi.jobs import commands, worker
from madoguchi.jobs.worker import Reminder, Worker
from madoguchi.ports import Never
from madoguchi.services import rounds
from madoguchi.store.db import Store
from madoguchi.web import Face, create_app
from tests import people
from tests.support.post import Bag, changed, code, row, with_carriers

PRODUCTION = {
    "MADOGUCHI_ENV": "production", "MADOGUCHI_PUBLIC_ADDRESS": "https://madoguchi.example",
    "MADOGUCHI_SECRET": "secret for tests, of 32 letters.",
    "MADOGUCHI_PEPPER": "pepper for tests, of 32 letters.", "MADOGUCHI_MAIL_FROM": "info@example.jp",
}  # fmt: skip


@pytest.fixture
def office(sqlite_url):
    """A production office with a Bag for mail."""
    return with_carriers(people.office(Store(sqlite_url)), Bag())


@pytest.fixture
def ichiro(office):
    """鈴木 一郎."""
    return people.newcomer(office)


def command(office, *words):
    """Runs a command line; gives how it left and what it printed."""
    app = create_app(office, Face("http://localhost"), people.ROOT)
    commands.register(app.cli, office)
    ended = app.test_cli_runner().invoke(args=[str(word) for word in words])
    return ended.exit_code, ended.output


class Waiting(Bag):
    """A Bag that tells when something came."""

    def __init__(self):
        super().__init__()
        self.came = threading.Event()

    def send(self, message):
        super().send(message)
        self.came.set()


def test_a_running_worker_sends_within_a_second(office, ichiro):
    bag = Waiting()
    running = Worker(with_carriers(office, bag))
    running.start()
    try:
        code(office, ichiro)
        assert bag.came.wait(1.0)
    finally:
        running.stop()
        running.join(5)
    assert not running.is_alive()


@pytest.mark.parametrize("fault", [Unavailable("database"), RuntimeError("canary")])
def test_no_fault_ends_the_worker_and_none_is_told_with_its_words(office, monkeypatch, caplog, fault):
    def fail(_office):
        raise fault

    monkeypatch.setattr(worker.post, "deliver", fail)
    assert Worker(office).look() == worker.AFTER_FAULT_SECONDS
    assert "letters have to wait" in caplog.text
    assert "canary" not in caplog.text


def test_the_doctor_is_content_when_nothing_is_wrong(office, ichiro):
    changed(office, ichiro)
    assert command(office, "doctor") == (0, "All is well.\n1 letters wait to be sent.\n")


def test_the_doctor_names_letters_set_aside_and_they_can_be_dealt_with(office, ichiro):
    working = with_carriers(office, Bag(Never("SMTP 550 5.7.1"), Never("SMTP 550 5.7.1")))
    changed(working, ichiro)
    code(working, ichiro)
    Worker(working).look()
    exit_code, told = command(working, "doctor")
    assert exit_code == 1
    assert (
        "Letter 1 (password_changed, written 2026-11-20 10:00) was set aside after 1 tries: SMTP 550" in told
    )
    assert command(working, "letter", 1, "--again") == (0, "Letter 1 will be tried again.\n")
    assert command(working, "letter", 2, "--again")[0] == 1
    assert command(working, "letter", 2, "--drop")[0] == 0
    assert command(working, "letter", 2, "--drop")[0] == 1
    Worker(working).look()
    assert command(working, "doctor")[0] == 0


def test_a_bounce_is_told_by_its_address(office, ichiro):
    assert command(office, "bounced", "Ichiro@example.jp")[0] == 0
    assert command(office, "bounced", "nobody@example.jp")[0] == 1
    assert not code(office, ichiro)


def test_letters_are_trimmed_once_a_day(office, ichiro):
    running = Worker(office)
    changed(office, ichiro, to="nobody")
    running.look()
    office.clock.move(timedelta(days=2))
    running.look()
    assert row(office) is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("smtps://user:p%40ss@mail.example.jp", ("mail.example.jp", 465, "tls", "user", "p@ss")),
        (
            "smtp+starttls://user:pass@mail.example.jp:2525",
            ("mail.example.jp", 2525, "starttls", "user", "pass"),
        ),
        ("smtp://localhost:1025", ("localhost", 1025, "none", "", "")),
    ],
)
def test_a_mail_server_is_one_address(text, wanted, tmp_path):
    env = PRODUCTION | {"MADOGUCHI_SMTP": text, "MADOGUCHI_DATA": str(tmp_path)}
    smtp = config.check(config.from_environment(env)).smtp
    assert (smtp.host, smtp.port, smtp.security, smtp.user, smtp.password) == wanted


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"MADOGUCHI_SMTP": "smtp://user:canary@mail.example.jp"}, "on loopback only"),
        ({"MADOGUCHI_SMTP": "mail.example.jp:25/canary"}, "must be smtps://"),
        ({"MADOGUCHI_SMTP": "smtps://user:can[ary@mail.example.jp"}, "must be smtps://"),
        ({"MADOGUCHI_SMTP": "smtps://user:can/ary@mail.example.jp"}, "must be smtps://"),
        ({"MADOGUCHI_SMTP": "smtps://mail.example.jp", "MADOGUCHI_MAIL_FROM": ""}, "MAIL_FROM is missing"),
        ({"MADOGUCHI_MAIL_FROM": "まどぐち <info@example.jp>"}, "must be one bare address"),
        ({"MADOGUCHI_ENV": "demo", "MADOGUCHI_SMTP": "smtps://mail.example.jp"}, "the demo keeps its own"),
    ],
)
def test_a_wrong_mail_setting_is_told_without_the_password(changes, sentence, tmp_path):
    env = PRODUCTION | {"MADOGUCHI_DATA": str(tmp_path)} | changes
    with pytest.raises(config.SettingError, match=sentence) as told:
        config.check(config.from_environment(env))
    assert "canary" not in str(told.value)


def test_settings_never_print_the_mail_password(tmp_path):
    env = PRODUCTION | {
        "MADOGUCHI_SMTP": "smtps://user:canary@mail.example.jp",
        "MADOGUCHI_DATA": str(tmp_path),
    }
    settings = config.from_environment(env)
    assert "canary" not in repr(settings)
    assert "canary" not in repr(replace(settings.smtp, port=25))


GATEWAY = {"MADOGUCHI_SMS_URL": "https://sms.example.jp/v1", "MADOGUCHI_SMS_AUTHORIZATION": "Bearer canary"}


def test_an_sms_gateway_is_an_address_a_body_and_a_key(tmp_path):
    env = PRODUCTION | {"MADOGUCHI_DATA": str(tmp_path)} | GATEWAY
    sms = config.check(config.from_environment(env)).sms
    assert (sms.url, sms.authorization) == ("https://sms.example.jp/v1", "Bearer canary")
    assert sms.body == {"to": "{to}", "text": "{text}"}
    assert "canary" not in repr(sms)
    assert config.from_environment(PRODUCTION | {"MADOGUCHI_DATA": str(tmp_path)}).sms is None


@pytest.mark.parametrize(("more", "carried"), [({}, set()), (GATEWAY, {Channel.TEXT})])
def test_a_channel_is_carried_where_it_is_set_up_and_nowhere_else(more, carried, tmp_path):
    env = PRODUCTION | {"MADOGUCHI_DATA": str(tmp_path)} | more
    assert set(make_office(config.from_environment(env)).post.carriers) == carried


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"MADOGUCHI_SMS_URL": "http://sms.example.jp/v1"}, "must be https://"),
        ({"MADOGUCHI_SMS_URL": "https://user:canary@sms.example.jp/v1"}, "must be https://"),
        ({"MADOGUCHI_SMS_URL": "https://can[ary/v1"}, "must be https://"),
        ({"MADOGUCHI_SMS_URL": ""}, "SMS_URL is missing"),
        ({"MADOGUCHI_SMS_AUTHORIZATION": "Bearer canary\r\nX-A: b"}, "one header's value"),
        ({"MADOGUCHI_SMS_BODY": '{"to": "{to}"}'}, "a JSON object"),
        ({"MADOGUCHI_SMS_BODY": "to={to}&text={text}"}, "a JSON object"),
        ({"MADOGUCHI_ENV": "demo"}, "the demo keeps its own"),
    ],
)
def test_a_wrong_sms_setting_is_told_without_the_key(changes, sentence, tmp_path):
    env = PRODUCTION | {"MADOGUCHI_DATA": str(tmp_path)} | GATEWAY | changes
    with pytest.raises(config.SettingError, match=sentence) as told:
        config.check(config.from_environment(env))
    assert "canary" not in str(told.value)


def test_the_worker_of_reminders_writes_them_and_looks_again_in_a_minute(sqlite_url):
    office = people.office(Store(sqlite_url))
    people.hanako(office)
    list(rounds.close_days(office))
    office.clock.move(timedelta(days=2))
    writer = Reminder(office)
    assert [writer.look(), writer.look()] == [60.0, 60.0]
    assert office.store.rows("SELECT kind FROM letter") == [("reminder",)]
