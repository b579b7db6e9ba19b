"""The modules with pages, in the order in which their addresses are added."""

from typing import Final

MEMBERS: Final = (
    "public", "contact", "status", "lending_terms", "simulation", "login", "login_code", "session", "go_on",
    "unlock", "second_proof", "registration", "recovery", "not_me", "lost_card", "misuse", "card", "home",
    "history", "interest", "autopay", "borrowing", "repay", "deposit", "bank_page", "papers", "settings",
    "settings_contact", "settings_email", "settings_work", "settings_account", "documents", "certificates",
    "document_check", "delivery", "security", "reminders", "letters", "second_step", "step_up", "passkeys",
    "notices", "points", "coupons", "messages", "uploads", "applications", "limit_applications",
    "contract_applications", "borrow_stop", "ready",
)  # fmt: skip
DESK: Final = (
    "desk.sign_in", "desk.keys", "desk.colleagues", "desk.queue", "desk.cases", "desk.case_acts",
    "desk.members", "desk.acts", "desk.look", "desk.requests", "desk.audit", "desk.counter",
    "desk.new_contract", "desk.person_acts", "desk.disclosure", "desk.call_in", "desk.publish",
    "desk.publish_notices", "desk.publish_coupons", "desk.publish_outages", "desk.rails",
    "desk.rails_debits", "desk.rails_payments", "desk.figures",
)  # fmt: skip
ATM: Final = ("atm", "atm_api")  # where an ATM network is connected
DEMO: Final = (
    "demo", "demo_mail", "demo_bank", "demo_bank_page", "demo_debits", "demo_atm",
)  # fmt: skip

EVERYWHERE: Final = MEMBERS + DESK + ATM + DEMO
