"""Start the site: `python run.py` (one process), `granian --interface wsgi run:app`, `flask --app run <command>`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "site"))

import config  # noqa: E402
