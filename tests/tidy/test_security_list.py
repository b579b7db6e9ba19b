"""The list in docs/security.md: each test it names exists, each requirement and threat stands in it once."""

import ast
import re
from collections import Counter
from functools import cache

import pytest

from tests.tidy import source

NAMED = re.compile(r"`([a-z_/]+\.py)::(\w+)`")
FILES = re.compile(r"`([a-z_]+/[a-z_/]*test_\w+\.py|tests/[\w/]+\.py)`")
OURS = re.compile(
    r"`((?:web|domain|services|store|adapters|jobs)/\w+\.py|config\.py|lender\.py|tools/\w+\.py)`"
)
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| [123] \| .+ \| (.+) \|$", re.M)
THREAT = re.compile(r"^\| (B\d+) \| .+ \| (.+) \|$", re.M)
PLACE = re.compile(r'"([^"]+)" (?:above|below)')
EXCUSES = ("**exception**", "not yet, issue", "by construction", "operator")
# The requirements of ASVS 5.0 that apply here: levels 1 and 2, and level 3 where a lender should meet it.
APPLY = {
    "1.2": (1, 2, 3, 4, 10), "1.3": (11,), "1.4": (2,), "2.1": (1,), "2.2": (1, 2), "2.3": (1, 2, 3, 4, 5),
    "2.4": (1,), "3.2": (1,), "3.3": (1, 2, 3, 4), "3.4": (1, 3, 4, 5, 6, 7, 8), "3.5": (1, 3, 8),
    "3.7": (2,), "4.1": (1, 3, 4), "6.1": (1, 2, 3), "6.2": tuple(range(1, 13)), "6.3": tuple(range(1, 9)),
    "6.4": (1, 2, 3, 4, 6), "6.5": (1, 2, 3, 4, 5, 6), "6.6": (1, 2, 3), "7.1": (1, 2), "7.2": (1, 2, 3, 4),
    "7.3": (1, 2), "7.4": (1, 2, 3, 4, 5), "7.5": (1, 2, 3), "8.1": (1,), "8.2": (1, 2, 3), "8.3": (1, 2),
    "9.1": (1, 2), "9.2": (1, 2), "11.4": (2,), "11.5": (1,), "12.2": (1,), "13.4": (1, 2, 3, 4, 5),
    "14.2": (1, 6), "14.3": (1, 2, 3), "15.1": (2,), "15.3": (3, 4, 5, 7), "15.4": (2,), "16.2": (5,),
    "16.3": (1, 2, 3, 4), "16.4": (1, 2, 3), "16.5": (1, 2, 3),
}  # fmt: skip
# The rest of levels 1 and 2, in a table of its own.
REST = {
    "1.1": (1, 2), "1.2": (5, 9), "1.3": (2, 3, 6, 7, 10), "1.4": (1, 3), "1.5": (2,), "2.1": (2, 3),
    "2.2": (3,), "3.2": (2,), "3.4": (2,), "3.5": (2, 4, 5), "3.7": (1,), "4.1": (2,), "4.2": (1,),
    "5.1": (1,), "5.2": (1, 2, 3), "5.3": (1, 2), "5.4": (1, 2, 3), "8.1": (2,), "9.1": (3,),
    "9.2": (3, 4), "11.1": (1, 2), "11.2": (1, 2, 3), "11.3": (1, 2, 3), "11.4": (1, 3, 4), "11.6": (1,),
    "12.1": (1, 2), "12.2": (2,), "12.3": (1, 2, 3, 4), "13.1": (1,), "13.2": (1, 2, 3, 4, 5), "13.3": (1, 2),
    "14.1": (1, 2), "14.2": (2, 3, 4), "15.1": (1, 3), "15.2": (1, 2, 3), "15.3": (1, 2, 6), "16.1": (1,),
    "16.2": (1, 2, 3, 4),
}  # fmt: skip


@pytest.fixture(scope="module")
def text():
    """The document."""
    return (source.ROOT / "docs" / "security.md").read_text(encoding="utf-8")


@cache
def names_in(path):
    """The names of a file's tests."""
    return {node.name for node in ast.walk(source.tree(path)) if isinstance(node, ast.FunctionDef)}


def test_every_test_that_is_named_exists(text):
    gone = [
        f"{file}::{name}"
        for file, name in sorted(set(NAMED.findall(text)))
        if not (path := source.ROOT / "tests" / file).is_file() or name not in names_in(path)
    ]
    assert not gone, "docs/security.md names tests that are gone: " + ", ".join(gone)


def test_every_file_that_is_named_exists(text):
    here = [source.ROOT / file for file in FILES.findall(text)]
    for file in OURS.findall(text):
        here.append((source.PACKAGE if (source.PACKAGE / file).exists() else source.ROOT) / file)
    assert not [path for path in here if not path.is_file()]


def test_every_requirement_that_applies_stands_there_once(text):
    wanted = Counter(
        f"{section}.{number}"
        for table in (APPLY, REST) for section, numbers in table.items() for number in numbers
    )  # fmt: skip
    assert Counter(row[0] for row in ROW.findall(text)) == wanted


def test_every_threat_stands_there_once_and_in_order(text):
    assert [row[0] for row in THREAT.findall(text)] == [f"B{number}" for number in range(1, 46)]


def test_every_requirement_names_a_test_or_its_reason(text):
    heads = set(re.findall(r"^#+ (.+)$", text, re.M))
    bare = [
        row
        for row, shown in ROW.findall(text)
        if not NAMED.search(shown) and not reasoned(shown) and not heads & set(PLACE.findall(shown))
    ]
    assert not bare, f"{bare} name neither a test nor a reason"


def reasoned(shown):
    """Whether a row without a test says why: an excuse, or the place where the rule is written down."""
    return any(excuse in shown for excuse in EXCUSES) or re.search(r"`[\w./*-]+`", shown)


def test_every_test_named_by_a_requirement_stands_in_its_row(text):
    rows = dict(ROW.findall(text))
    web = source.ROOT / "tests" / "web"
    for name in names_in(web / "test_asvs.py") | names_in(web / "test_asvs_more.py"):
        if match := re.match(r"test_asvs_(\d+)_(\d+)_(\d+)_", name):
            assert name in rows[".".join(match.groups())], name
