"""Every page that stands in a state of its own, by what it is about and for whom it is looked at."""

from collections import defaultdict

SUM = "balance=230000&rate=17.8&from=2026-11-20&to=2026-12-25"
PLAN = "principal=300000&rate=17.8&months=36&convention=month&start=2026-11-20"

PUBLIC = {
    "nobody": [
        "/", "/login", "/login?next=/history", "/help/login", "/help/safety", "/contact", "/accessibility",
        "/lending-terms", "/terms", "/privacy", "/repay/transfer", "/demo",
        "/demo/mail", "/demo/bank", "/demo/bank/pay", "/demo/atm", "/demo/atm/1234567897", "/demo/atm/1",
        "/demo/debits", "/no-such-page", "/web-id/register", "/web-id/register/sent",
        "/web-id/register/done", "/web-id/register/made-up",
        "/login/unlock", "/password/reset", "/password/reset/sent", "/password/reset/done",
        "/simulate/interest", f"/simulate/interest?{SUM}", "/simulate/interest?balance=a&rate=99",
        "/simulate/repayment", f"/simulate/repayment?kind=payment&{PLAN}", "/simulate/repayment?kind=months",
    ],
}  # fmt: skip
LOOKING_UP = {
    "hanako": [
        "/home", "/history", "/history?kind=repayment&from=2026-01-01&to=2026-06-30", "/history?min=9999999",
        "/settings/security/second-step", "/step-up?for=/home", "/go-on?for=none",
        "/history?from=2026-02-31&min=x", "/interest", "/interest?on=2026-12-25", "/interest?on=2020-01-01",
        "/no-such-page", "/settings/security",
    ],
    "ken": ["/home", "/history"],
    "ichiro": ["/home", "/history", "/interest"],
    "misaki": ["/home", "/interest"],
    "yui": ["/home", "/history"],
    "daisuke": ["/home", "/interest"],
}  # fmt: skip
MONEY = {
    "hanako": [
        "/autopay", "/atm", "/atm?number=1234567897", "/borrow",
        "/borrow?amount=20000", "/borrow/confirm?amount=20000", "/borrow/confirm?amount=1500", "/borrow/1",
        "/repay", "/repay/bank?amount=20000", "/repay/bank?amount=x", "/repay/quote",
        "/repay/quote?on=2020-01-01", "/repay/2", "/borrow/1/paper", "/repay/deposit",
    ],
    "ken": ["/autopay", "/borrow?amount=100000"],
    "ichiro": ["/borrow"],
    "misaki": ["/autopay", "/repay", "/repay/bank?amount=1000", "/atm", "/borrow"],
    "daisuke": ["/repay", "/repay/bank?amount=1000"],
}  # fmt: skip
SETTINGS = {
    "nobody": ["/settings/email/confirm/made-up"],
    "hanako": [
        "/settings", "/settings/address", "/settings/phone", "/settings/email", "/settings/employer",
        "/settings/bank-account", "/settings/address?done=same",
        "/settings/reminders", "/settings/reminders?done=changed", "/letters", "/letters?before=1",
    ],
    "ichiro": ["/settings/reminders"],
}  # fmt: skip
POINTS = {
    "nobody": ["/notices", "/notices/2"],
    "hanako": [
        "/points", "/points?before=3", "/points/rewards/atm", "/points/rewards/free-7",
        "/points/rewards/free-30", "/points/leave", "/notices", "/notices/1", "/notices/2",
        "/coupons", "/coupons/1", "/coupons/1/use", "/coupons/2",
    ],
    "ichiro": ["/points", "/notices/2"],
    "misaki": ["/points"],
}  # fmt: skip
APPLICATIONS = {
    "hanako": [
        "/applications", "/applications/limit-up", "/applications/limit-down",
        "/applications/limit-down/confirm?lower=200000", "/applications/limit-down/confirm?lower=x",
        "/applications/due-day", "/applications/due-day?due_day=31", "/applications/due-day?due_day=7",
        "/applications/reissue", "/applications/closing", "/settings/borrow-stop",
    ],
    "ichiro": ["/applications", "/applications/closing", "/applications/due-day?due_day=5"],
    "misaki": ["/applications", "/applications/limit-up", "/settings/borrow-stop"],
}  # fmt: skip


TALK = {
    "nobody": ["/contact?topic=repay", "/contact/sent?number=7F3A21BC"],
    "hanako": [
        "/messages", "/messages/new", "/messages/new?topic=repay", "/messages/new?topic=other", "/contact",
    ],
}  # fmt: skip


DOCUMENTS = {
    "nobody": ["/documents/check", "/documents/check?number=1134-0096-592&code=x"],
    "hanako": [
        "/documents", "/documents?kind=balance", "/documents?kind=statement", "/documents/papers",
        "/documents/balance", "/documents/payoff", "/settings/documents",
    ],
    "ken": ["/documents/papers"],
    "ichiro": ["/documents"],
}  # fmt: skip


CARD = {
    "nobody": ["/lost-card", "/lost-card/done", "/misuse", "/misuse/done", "/status"],
    "hanako": [
        "/card", "/card?done=held", "/card/lost", "/misuse/transactions?entry=18", "/misuse",
    ],
    "ichiro": ["/misuse/transactions"],
}  # fmt: skip


_AT_DESK = "/desk/members/100000035"  # 鈴木 美咲, overdue
DESK = {
    "nobody": ["/desk/login"],
    "desk1": [
        "/desk", "/desk?kind=misuse&whose=mine", "/desk/home", "/desk/keys", "/desk/members",
        "/desk/members?q=ｻ", "/desk/members?q=漢字", "/desk/members?q=ンン", _AT_DESK, f"{_AT_DESK}/look",
        f"{_AT_DESK}/waiver", f"{_AT_DESK}/unlock", f"{_AT_DESK}/name", f"{_AT_DESK}/contacts",
        f"{_AT_DESK}/death", f"{_AT_DESK}/mail", f"{_AT_DESK}/counter", f"{_AT_DESK}/disclosure",
        f"{_AT_DESK}/call-in", "/desk/requests", "/desk/contracts/new", "/desk/bounced",
        "/desk/retention",
    ],
    "desk2": ["/desk/staff", "/desk/staff?done=none", "/desk/keys?done=made"],
    "audit1": ["/desk/home", "/desk/audit", "/desk/audit?kind=signed_in", "/desk/members/100000035"],
}  # fmt: skip
BOOKS_AT_DESK = {
    "desk1": [
        "/desk/publish", "/desk/publish/notices/new", "/desk/publish/notices/1", "/desk/publish/coupons/new",
        "/desk/publish/coupons/1", "/desk/publish/outages/new", "/desk/rails", "/desk/rails/payments",
        "/desk/rails/debits/new", "/desk/figures",
    ],
}  # fmt: skip


def together(*areas):
    """The pages of all areas, by who looks."""
    found = defaultdict(list)
    for area in areas:
        for who, paths in area.items():
            found[who] += paths
    return dict(found)


PAGES = together(
    PUBLIC, LOOKING_UP, MONEY, SETTINGS, POINTS, APPLICATIONS, TALK, DOCUMENTS, CARD, DESK, BOOKS_AT_DESK
)  # fmt: skip
