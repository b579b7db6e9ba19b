"""What performance claims rest on: ratios, each measured in one interleaved run on one machine."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "site"))
