"""The demo's mail: what is sent can be read back, SMS as well, the newest first."""

from datetime import timedelta

from madoguchi.adapters.mail.files import Files, Texts
from madoguchi.ports import Message, Printed
from tests import people
from tests.support.post import SENDER


def message(number, to="hanako@example.jp", text="佐藤 花子 様\n\n123456\n", **later):
    """A letter, sent so much later than TODAY."""
    return Message(f"{number}.1", to, Printed("件名", text, "<p>x</p>"), people.TODAY + timedelta(**later))


def test_letters_and_sms_are_read_back_the_newest_first(tmp_path):
    files, texts = Files(tmp_path / "mail", SENDER), Texts(tmp_path / "mail", SENDER)
    files.send(message(9))
    texts.send(message(10, "090-0000-0019", "コード\n123456\n"))
    files.send(message(2, minutes=1))
    found = files.newest(10)
    assert [(m.key, m.to) for m in found] == [
        ("00000002", "hanako@example.jp"),
        ("00000010", "090-0000-0019"),
        ("00000009", "hanako@example.jp"),
    ]
    assert [m.text for m in found[1:]] == ["コード\n123456\n", "佐藤 花子 様\n\n123456\n"]
    assert (found[0].subject, found[0].at) == ("件名", people.TODAY + timedelta(minutes=1))


def test_a_letter_that_is_sent_twice_lies_there_once(tmp_path):
    files = Files(tmp_path, SENDER)
    files.send(message(1))
    files.send(message(1))
    assert len(files.newest(10)) == 1


def test_an_emptied_mailbox_is_empty_and_one_never_used_is_too(tmp_path):
    files = Files(tmp_path / "mail", SENDER)
    assert files.newest(10) == []
    files.send(message(1))
    files.empty()
    assert files.newest(10) == []
