"""The sections of lender.toml about how members are served: what they may send."""

from __future__ import annotations

from madoguchi.domain.uploads import UploadRules
from madoguchi.sections import Section


def uploads(s: Section) -> UploadRules:
    """[uploads]: limits of files; all together hold at least one."""
    rules = UploadRules(
        file_mb=s.number("file_mb", 1, 20),
        files=s.number("files", 1, 10),
        total_mb=s.number("total_mb", 1, 50),
        day=s.number("day", 1, 1000),
        megapixels=s.number("megapixels", 1, 80),
        pages=s.number("pages", 1, 500),
    )
    if rules.total_mb < rules.file_mb:
        raise s.fault("total_mb", "must not be below file_mb")
    s.done()
    return rules
