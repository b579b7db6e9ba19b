"""The newest notices for the page of signing in, asked of the books now and then and not at each look."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from madoguchi.ports import JAPAN
from madoguchi.services import notices
from madoguchi.services.notices import Notice
from madoguchi.services.office import Office

MOST: Final = 3
HELD: Final = timedelta(seconds=20)  # what is published or withdrawn shows within a minute


class News:
    """One for an app; several threads may ask at once, and the worst is that two of them look it up."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._found: tuple[datetime, list[Notice]] = (datetime.min.replace(tzinfo=JAPAN), [])

    def newest(self) -> list[Notice]:
        """What was true at most HELD ago."""
        asked, found = self._found
        now = self._office.now()
        if not asked <= now < asked + HELD:
            found = notices.newest(self._office, MOST)
            self._found = now, found
        return found
