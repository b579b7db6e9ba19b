"""Where the desk is, for those who ask at every request and should read in none of its pages for that."""

from typing import Final

ROOT: Final = "/desk"
LOOKING: Final = "look"  # the cookie of a colleague who looks at a member's own pages


def is_here(path: str) -> bool:
    """Whether an address belongs to the desk."""
    return path == ROOT or path.startswith(ROOT + "/")
