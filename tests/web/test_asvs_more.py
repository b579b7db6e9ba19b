"""OWASP ASVS 5.0 once more: what the first file of these tests had no room for (docs/security.md)."""

import pytest

from tests.support.signing import by_card


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_asvs_3_4_2_no_answer_lets_another_origin_read_it(visitor, origin):
    by_card(visitor)
    for path in ("/", "/home", "/history.csv", "/static/site.css", "/no-such-page", "/healthz"):
        answer = visitor.client.get(path, headers={"Origin": origin})
        assert not [name for name, _value in answer.headers if name.startswith("Access-Control-")], path


def test_asvs_5_4_2_the_name_of_a_file_is_ours_whatever_is_asked(visitor):
    by_card(visitor)
    assert visitor.client.get("/history.csv?filename=%22%0d%0aX-A:b").status_code == 422
    named = visitor.client.get("/history.csv").headers["Content-Disposition"]
    assert named.startswith("attachment; filename")
    assert named.isascii()


def test_a_file_of_the_look_carries_what_files_need_and_no_more(visitor):
    address = visitor.get("/login").tree.xpath("//link[@rel='stylesheet']/@href")[0]
    headers = visitor.client.get(address).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Content-Security-Policy" not in headers  # a style sheet is no document
