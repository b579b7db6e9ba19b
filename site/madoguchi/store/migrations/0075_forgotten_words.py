"""What a forgotten member wrote and was given goes as well: such rows may be deleted for them alone."""

from madoguchi.store.schema import deletable

GONE = "SELECT id FROM member WHERE forgotten_at IS NOT NULL"
OF_CONTRACT = f"SELECT id FROM contract WHERE member_id IN ({GONE})"  # noqa: S608


def up(migrator, db):
    deletable(
        db,
        "application_event",
        f"OLD.application_id IN (SELECT id FROM application WHERE member_id IN ({GONE}))",  # noqa: S608
    )
    deletable(
        db,
        "message",
        f"OLD.thread_id IN (SELECT id FROM thread WHERE member_id IN ({GONE}))",  # noqa: S608
    )
    deletable(
        db,
        "document_bytes",
        f"OLD.document_id IN (SELECT id FROM document WHERE contract_id IN ({OF_CONTRACT}))",  # noqa: S608
    )
    deletable(db, "document", f"OLD.contract_id IN ({OF_CONTRACT})")
