"""Writes the list of all addresses anew: `python -m tools.addresses` after a route changed."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "site"))

HEAD = "# module, endpoint, methods, rule; written by `python -m tools.addresses` from the views\n"


def text():
    """The list as it should be."""
    from madoguchi.web import later
    from madoguchi.web.blueprints import EVERYWHERE

    return HEAD + "".join(f"{address}\n" for module in EVERYWHERE for address in later.declared(module))


def main():
    """Write it where the site reads it."""
    from madoguchi.web import later

    later.LIST.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()
