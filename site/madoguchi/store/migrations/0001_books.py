"""Members, contracts with their cached figures, cards and Web-IDs, and the double-entry ledger.

Days are integers such as 20261120 (a day in Japan), moments are microseconds since 1970 in UTC, money is
whole yen, rates are hundredths of a percent.
"""

from madoguchi.store.schema import append_only, before_insert, run


def up(migrator, db):
    run(db, *PEOPLE, *CONTRACTS, *SIGN_IN, *LEDGER)
    before_insert(
        db,
        "entry_balanced",
        "entry",
        "(SELECT COALESCE(SUM(debit), 0) - COALESCE(SUM(credit), 0) FROM line "
        "WHERE contract_id = NEW.contract_id AND seq = NEW.seq) <> 0 "
        "OR (SELECT COUNT(*) FROM line WHERE contract_id = NEW.contract_id AND seq = NEW.seq) < 2",
        "an entry must sum to zero over two lines or more",
    )
    before_insert(
        db,
        "line_sealed",
        "line",
        "EXISTS (SELECT 1 FROM entry WHERE contract_id = NEW.contract_id AND seq = NEW.seq)",
        "lines are written before their entry, which seals them",
    )
    for table in ("entry", "line", "term"):
        append_only(db, table)


PEOPLE = (
    """CREATE TABLE member (
        id {id},
        number TEXT NOT NULL UNIQUE CHECK (length(number) = 9),
        name TEXT NOT NULL, name_kana TEXT NOT NULL, name_romaji TEXT NOT NULL DEFAULT '',
        birth_date {int} NOT NULL,
        email TEXT NOT NULL DEFAULT '', phone TEXT NOT NULL DEFAULT '',
        postcode TEXT NOT NULL DEFAULT '', address TEXT NOT NULL DEFAULT '',
        employer TEXT NOT NULL DEFAULT '',
        annual_income {int} NOT NULL DEFAULT 0, other_debts {int} NOT NULL DEFAULT 0,
        joined_at {int} NOT NULL
    ) {table}""",
    """CREATE TABLE bank_account (
        id {id},
        member_id {int} NOT NULL REFERENCES member,
        bank_code TEXT NOT NULL, branch_code TEXT NOT NULL, kind {int} NOT NULL,
        number TEXT NOT NULL, holder_kana TEXT NOT NULL,
        since {int} NOT NULL, ended_at {int}, drawn_to_at {int}
    ) {table}""",
    "CREATE INDEX bank_account_member ON bank_account (member_id)",
)

# The figures below "cache" can all be recomputed from `term` and `entry`; `flask verify` does.
CONTRACTS = (
    """CREATE TABLE contract (
        id {id},
        member_id {int} NOT NULL REFERENCES member,
        opened_on {int} NOT NULL, closed_on {int}, closed_why TEXT NOT NULL DEFAULT '',
        first_contract {int} NOT NULL DEFAULT 1,
        states {int} NOT NULL DEFAULT 0,
        last_seq {int} NOT NULL DEFAULT 0,
        credit_limit {int} NOT NULL CHECK (credit_limit >= 0),
        due_day {int} NOT NULL, pending_due_day {int},
        rate {int} NOT NULL, rates TEXT NOT NULL,
        principal {int} NOT NULL DEFAULT 0 CHECK (principal >= 0),
        fees {int} NOT NULL DEFAULT 0 CHECK (fees >= 0),
        carried_damages {int} NOT NULL DEFAULT 0 CHECK (carried_damages >= 0),
        carried_interest {int} NOT NULL DEFAULT 0 CHECK (carried_interest >= 0),
        deposit {int} NOT NULL DEFAULT 0 CHECK (deposit >= 0),
        interest_units {int} NOT NULL DEFAULT 0, damages_units {int} NOT NULL DEFAULT 0,
        accrued_to {int}, since {int},
        minimum {int} NOT NULL DEFAULT 0,
        due_nominal {int}, due_on {int}, due_opens {int},
        due_filled {int} NOT NULL DEFAULT 0, due_met {int} NOT NULL DEFAULT 0,
        unmet TEXT NOT NULL DEFAULT '[]', late_since {int},
        free TEXT NOT NULL DEFAULT '[]', first_drawn {int}
    ) {table}""",
    "CREATE INDEX contract_member ON contract (member_id)",
    "CREATE INDEX contract_due ON contract (due_on)",
    """CREATE TABLE contract_state (
        id {id},
        contract_id {int} NOT NULL REFERENCES contract,
        state TEXT NOT NULL, since {int} NOT NULL, ended_at {int},
        reason TEXT NOT NULL DEFAULT '', by_whom TEXT NOT NULL
    ) {table}""",
    "CREATE INDEX contract_state_contract ON contract_state (contract_id)",
    # What was agreed and when: limit, rate, due day, free periods. Rows are added, never changed.
    """CREATE TABLE term (
        id {id},
        contract_id {int} NOT NULL REFERENCES contract,
        after_seq {int} NOT NULL, kind TEXT NOT NULL, agreed_on {int} NOT NULL, value {int} NOT NULL,
        cause TEXT NOT NULL, recorded_at {int} NOT NULL
    ) {table}""",
    "CREATE INDEX term_contract ON term (contract_id)",
)

SIGN_IN = (
    """CREATE TABLE card (
        id {id},
        contract_id {int} NOT NULL REFERENCES contract,
        number TEXT NOT NULL UNIQUE, pin_hash TEXT,
        state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'held', 'lost', 'replaced')),
        state_why TEXT NOT NULL DEFAULT '', state_since {int} NOT NULL
    ) {table}""",
    "CREATE INDEX card_contract ON card (contract_id)",
    """CREATE TABLE web_id (
        member_id {int} PRIMARY KEY REFERENCES member,
        web_id TEXT NOT NULL UNIQUE, folded TEXT NOT NULL UNIQUE,
        password_hash TEXT NOT NULL, password_since {int} NOT NULL,
        locked_at {int}, locked_why TEXT NOT NULL DEFAULT ''
    ) {table}""",
)

# An entry is what a member reads in the history; its lines are the double entry behind it.
LEDGER = (
    """CREATE TABLE entry (
        contract_id {int} NOT NULL REFERENCES contract, seq {int} NOT NULL,
        kind {int} NOT NULL, value_date {int} NOT NULL, posted_at {int} NOT NULL,
        amount {int} NOT NULL CHECK (amount >= 0),
        fees {int} NOT NULL CHECK (fees >= 0), damages {int} NOT NULL CHECK (damages >= 0),
        interest {int} NOT NULL CHECK (interest >= 0), principal {int} NOT NULL CHECK (principal >= 0),
        deposit {int} NOT NULL CHECK (deposit >= 0),
        balance {int} NOT NULL CHECK (balance >= 0),
        cause TEXT NOT NULL CHECK (cause <> ''), idempotency_key TEXT NOT NULL UNIQUE,
        PRIMARY KEY (contract_id, seq)
    ) {clustered}""",
    """CREATE TABLE line (
        contract_id {int} NOT NULL, seq {int} NOT NULL, n {int} NOT NULL, account {int} NOT NULL,
        debit {int} NOT NULL CHECK (debit >= 0), credit {int} NOT NULL CHECK (credit >= 0),
        PRIMARY KEY (contract_id, seq, n),
        CHECK ((debit = 0) <> (credit = 0)),
        FOREIGN KEY (contract_id, seq) REFERENCES entry (contract_id, seq) DEFERRABLE INITIALLY DEFERRED
    ) {clustered}""",
    "CREATE TABLE closed_day (day {int} PRIMARY KEY, closed_at {int} NOT NULL) {table}",
)
