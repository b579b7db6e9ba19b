"""SMS by a provider's gateway that takes JSON over HTTPS; a setting says what it is sent."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from madoguchi.domain.widths import digits_only
from madoguchi.ports import Later, Message, Never, NotSent, Unreachable

ANSWER_SECONDS: Final = 10.0  # for each answer of the gateway
WHOLE_SECONDS: Final = 30.0  # for a whole message: a gateway that sends a byte now and then cannot hold us
LARGEST: Final = 65_536  # bytes of an answer; nothing in it is used
JAPAN: Final = "+81"
THIS_ONE: Final = (400, 409, 410, 413, 422)  # the message is refused, others may pass
NOT_NOW: Final = (408, 425, 429)


@dataclass(frozen=True, slots=True)
class Gateway:
    """Where SMS are handed in. `body` is a JSON object whose texts hold {to} or {to_e164}, and {text}."""

    url: str
    body: dict[str, Any]
    authorization: str = field(default="", repr=False)


class GatewayTexts:
    """The Carrier of SMS in production; a connection for each message, safe to call from any thread."""

    def __init__(
        self,
        gateway: Gateway,
        tls: ssl.SSLContext | None = None,
        answer_seconds: float = ANSWER_SECONDS,
        whole_seconds: float = WHOLE_SECONDS,
    ) -> None:
        self._gateway, self._address = gateway, urlsplit(gateway.url)
        self._tls = tls or ssl.create_default_context()
        self._answer, self._whole = answer_seconds, whole_seconds

    def send(self, message: Message) -> None:
        """Hand one SMS to the gateway; raises Later, Never or Unreachable with its status alone.

        The gateway's words are left out: they may repeat what we sent. A second copy of a letter carries the
        same Idempotency-Key, by which many gateways know it.
        """
        number = digits_only(message.to)
        words = {"to": number, "to_e164": JAPAN + number[1:], "text": message.printed.text.strip()}
        try:
            status = self._post(json.dumps(_filled(self._gateway.body, words)).encode(), message.key)
        except (OSError, http.client.HTTPException) as fault:  # OSError: TLS, names and time-outs as well
            raise Unreachable(f"the SMS gateway cannot be reached ({type(fault).__name__})") from None
        if failure := _failure(status):
            raise failure

    def _post(self, body: bytes, key: str) -> int:
        headers = {"Content-Type": "application/json", "Accept": "application/json", "Idempotency-Key": key}
        if self._gateway.authorization:
            headers["Authorization"] = self._gateway.authorization
        path = self._address.path or "/"
        with self._connection() as line:
            line.request("POST", f"{path}?{self._address.query}".rstrip("?"), body, headers)
            answer = line.getresponse()
            answer.read(LARGEST)
            return answer.status

    @contextmanager
    def _connection(self) -> Iterator[http.client.HTTPConnection]:
        line = self._made()
        cut = threading.Timer(self._whole, _cut, [line])
        cut.daemon = True
        cut.start()
        try:
            yield line
        finally:
            cut.cancel()
            line.close()

    def _made(self) -> http.client.HTTPConnection:
        host, port = self._address.hostname or "", self._address.port
        if self._address.scheme == "https":
            return http.client.HTTPSConnection(host, port, timeout=self._answer, context=self._tls)
        return http.client.HTTPConnection(host, port, timeout=self._answer)


def _filled(value: Any, words: dict[str, str]) -> Any:
    """The body with its marks replaced, in every text however deep."""
    if isinstance(value, dict):
        return {name: _filled(inner, words) for name, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner, words) for inner in value]
    if not isinstance(value, str):
        return value
    for name, word in words.items():
        value = value.replace(f"{{{name}}}", word)
    return value


def _failure(status: int) -> NotSent | None:
    """What a status means: redirections are not followed, since they could lead the code elsewhere."""
    if 200 <= status < 300:
        return None
    cause = f"SMS gateway: HTTP {status}"
    if status in THIS_ONE:
        return Never(cause)
    return Later(cause) if status in NOT_NOW or status >= 500 else Unreachable(cause)


def _cut(line: http.client.HTTPConnection) -> None:
    if (sock := line.sock) is not None:
        try:
            sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return
