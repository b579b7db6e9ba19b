"""SMS by a gateway that takes JSON, against a real HTTP server: what arrives, statuses, time-outs."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from madoguchi.adapters.text.gateway import Gateway, GatewayTexts
from madoguchi.ports import Later, Message, Never, Printed, Unreachable
from tests import people
from tests.support.post import certificate, silent_server

BODY = {"from": "Madoguchi", "messages": [{"to": "{to_e164}", "text": "{text}"}], "ttl": 600}
SMS = Message("7.1", "090-1234-5678", Printed("確認コード", "まどぐち\n123456\n{to}\n", ""), people.TODAY)


class Taker(BaseHTTPRequestHandler):
    """Keeps what it is sent and answers with the server's `status`."""

    def do_POST(self):
        """Take one."""
        sent = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((self.path, self.headers, json.loads(sent)))
        self.send_response(self.server.status)
        if self.server.status == 302:
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_args):
        """Say nothing."""


@contextmanager
def gateway(status=200, tls=None):
    """A server; its `taken` are path, headers and body of each request."""
    server = HTTPServer(("127.0.0.1", 0), Taker)
    server.status, server.taken = status, []
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def texts(port, scheme="http", host="127.0.0.1", tls=None, **seconds):
    """The adapter for a server on this port."""
    made = Gateway(f"{scheme}://{host}:{port}/v1/sms?region=jp", BODY, "Bearer canary")
    return GatewayTexts(made, tls, **seconds)


def test_number_and_text_arrive_where_the_body_has_its_marks():
    with gateway() as server:
        texts(server.server_port).send(SMS)
    ((path, headers, body),) = server.taken
    assert path == "/v1/sms?region=jp"
    assert (headers["Authorization"], headers["Idempotency-Key"]) == ("Bearer canary", "7.1")
    sent = {"to": "+819012345678", "text": "まどぐち\n123456\n{to}"}
    assert body == {"from": "Madoguchi", "messages": [sent], "ttl": 600}


@pytest.mark.parametrize(
    ("status", "failure"),
    [
        (202, None),
        (302, Unreachable),
        (400, Never),
        (401, Unreachable),
        (422, Never),
        (429, Later),
        (503, Later),
    ],
)
def test_a_status_says_what_becomes_of_the_letter_and_no_redirection_is_followed(status, failure):
    with gateway(status) as server:
        if failure is None:
            texts(server.server_port).send(SMS)
        else:
            with pytest.raises(failure) as told:
                texts(server.server_port).send(SMS)
            assert told.value.cause == f"SMS gateway: HTTP {status}"
    assert len(server.taken) == 1


def test_over_https_the_certificate_has_to_be_vouched_for(tmp_path):
    shown, trusted = certificate(tmp_path)
    with gateway(tls=shown) as server:
        texts(server.server_port, "https", "localhost", trusted).send(SMS)
        with pytest.raises(Unreachable, match="SSLCertVerificationError"):
            texts(server.server_port, "https", "localhost").send(SMS)
    assert len(server.taken) == 1


def test_a_gateway_that_is_not_there_or_never_answers_is_borne_as_long_as_we_said():
    with pytest.raises(Unreachable, match="cannot be reached"):
        texts(1).send(SMS)
    with silent_server() as port:
        began = time.monotonic()
        with pytest.raises(Unreachable):
            texts(port, answer_seconds=0.2).send(SMS)
        with pytest.raises(Unreachable):
            texts(port, whole_seconds=0.2).send(SMS)
        assert time.monotonic() - began < 5


def test_what_we_say_of_a_gateway_holds_no_key():
    assert "canary" not in repr(Gateway("https://sms.example/", BODY, "Bearer canary"))
