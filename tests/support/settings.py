"""Passing the second step on the way to a change, as tests of the settings need it."""

from tests.support.factors import mailed


def passed(member, office):
    """Pass the second step that was asked for, and go on with what was typed."""
    assert member.path == "/step-up", member.path
    member.submit("/step-up", code=mailed(office))
    return member.submit("go-on") if member.find("//form[@id='go-on']") else member.page


def lines(page):
    """The words of each row of the history."""
    rows = page.find("//section[@aria-labelledby='past']//tbody/tr")
    return [" ".join("".join(row.itertext()).split()) for row in rows]


def stepped(member, office):
    """Pass the second step beforehand, which then holds for ten minutes."""
    member.get("/step-up?for=/settings")
    member.submit("/step-up/mail")
    member.submit("/step-up", code=mailed(office))


def sent(member, url, **fields):
    """Send fields to an address and see the page that it leads to."""
    answer = member.post(url, **fields)
    assert answer.status == 303, answer.status
    return member.get(answer.headers["Location"])
