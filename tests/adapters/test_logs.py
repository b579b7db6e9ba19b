"""Lines for programs: what stands in them, and what never does."""

import json
import logging
import os
import sys

from madoguchi.adapters import logs
from tests import people


def line(name="madoguchi.worker", words="letters have to wait", fault=None, *values):
    """A record as a line of JSON, read again."""
    record = logging.LogRecord(name, logging.WARNING, "x.py", 1, words, values, fault)
    text = logs.JsonLines().format(record)
    assert "\n" not in text
    return json.loads(text)


def fault():
    """An exception whose words hold what somebody typed."""
    try:
        {}["hanako@example.jp"]
    except KeyError:
        return sys.exc_info()


def test_our_own_words_stand_with_time_level_and_name():
    told = line()
    assert (told["level"], told["log"], told["said"]) == (
        "warning", "madoguchi.worker", "letters have to wait",
    )  # fmt: skip
    assert told["at"].endswith("+00:00")


def test_a_fault_is_told_by_kind_and_place_and_never_by_its_words():
    told = line("madoguchi", "unforeseen fault", fault())
    assert told["fault"] == "KeyError"
    assert told["where"][-1].endswith(" fault")
    assert "hanako" not in json.dumps(told)
    record = logging.LogRecord("madoguchi", logging.ERROR, "x.py", 1, "unforeseen", (), fault())
    assert "hanako" not in logs.Plain().format(record)


def test_a_library_s_words_are_left_out():
    assert "hanako" not in json.dumps(line("psycopg", "Key (email)=(hanako@example.jp) exists"))


def test_the_line_of_a_request_has_its_id_its_route_and_nothing_of_who_it_was():
    reading, writing = os.pipe()
    access = logs.Access(lambda: people.TODAY, writing)
    access.begun("abcdef0123456789")
    assert line()["id"] == "abcdef0123456789"
    access.ended("GET", '/history/<int:seq>"', 200, 0.01234)
    assert "id" not in line()
    told = json.loads(os.read(reading, 4096))
    assert told == {
        "at": "2026-11-20T10:00:00.000+09:00", "level": "info", "log": "madoguchi.request",
        "id": "abcdef0123456789", "method": "GET", "route": '/history/<int:seq>"', "status": 200, "ms": 12.3,
    }  # fmt: skip
    os.close(reading)
    os.close(writing)


def test_a_stream_that_is_gone_stops_no_answer():
    reading, writing = os.pipe()
    os.close(reading)
    os.close(writing)
    logs.Access(lambda: people.TODAY, writing).ended("GET", "/", 200, 0.0)
