"""A disk that loses power: of each file it keeps what was synced last, and nothing that came after.

`python -m tests.support.power MODULE` runs a module on such a disk. Beside each file of a database lies its
`.durable` twin, written at each sync: what a machine would find after its plug was pulled. LAZY in the
environment sets `synchronous` to what it names, to see that this disk tells the difference.
"""

import os
import runpy
import shutil
import sys
from pathlib import Path

import apsw

DURABLE = ".durable"


class File(apsw.VFSFile):
    """A file whose twin is what was synced."""

    def __init__(self, name, flags):
        self._path = name.filename() if isinstance(name, apsw.URIFilename) else name
        super().__init__("unix", name, flags)

    def xSync(self, flags):
        """Sync, then keep what is there now."""
        super().xSync(flags)
        if self._path:
            shutil.copyfile(self._path, f"{self._path}{DURABLE}.new")
            os.replace(f"{self._path}{DURABLE}.new", f"{self._path}{DURABLE}")


class Disk(apsw.VFS):
    """Opens such files for whoever asks for none in particular."""

    def __init__(self):
        super().__init__("losing-power", "unix", makedefault=True)

    def xOpen(self, name, flags):
        """Open one."""
        return File(name, flags)


def after_the_cut(database, folder):
    """What a machine finds of a database once it has power again, laid into a folder; its path there."""
    folder.mkdir()
    for twin in database.parent.glob(f"{database.name}*{DURABLE}"):
        shutil.copyfile(twin, folder / twin.name.removesuffix(DURABLE))
    return folder / database.name


if __name__ == "__main__":
    disk = Disk()
    if lazy := os.environ.get("LAZY"):
        sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "site"))
        from madoguchi.store import engines

        engines.PRAGMAS["synchronous"] = lazy
    runpy.run_module(sys.argv[1], run_name="__main__")
