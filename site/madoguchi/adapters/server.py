"""The server of run.py: waitress, but a body beyond all limits is answered by the site's own page.

What a form's files may have is told beside the field, so more than that is read: waitress keeps it on disk.
"""

from __future__ import annotations

from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import BaseWSGIServer, create_server
from waitress.task import ErrorTask, WSGITask
from waitress.utilities import RequestEntityTooLarge

SLACK = 1024 * 1024  # beside the files: the texts of a form, and what goes between its parts
HEARD_OUT = 1024 * 1024 * 1024  # bytes let pass: a browser shows no answer while it still sends


def made(app: Any, room: int, **how: Any) -> Any:
    """A server for the app that listens already; `room` is for the bytes of all files of a form.

    OSError where the address cannot be used.
    """
    server = create_server(app, max_request_body_size=room + SLACK, **how)
    for one in (server, *getattr(server, "map", {}).values()):  # of a name there are several, one an address
        if isinstance(one, BaseWSGIServer):
            one.channel_class = _Channel
    return server


class _Parser(HTTPRequestParser):
    """Lets a body that is too large pass by, and keeps nothing of it."""

    left = 0

    def received(self, data: bytes) -> int:
        """Take what came; the request is complete when the body is over, or goes on beyond all measure."""
        if self.left:
            taken = min(self.left, len(data))
            self.left -= taken
            self.completed = not self.left
            return taken
        used = int(super().received(data))
        if isinstance(self.error, RequestEntityTooLarge):
            self.left = 0 if self.chunked or self.content_length > HEARD_OUT else self.content_length
            self.completed = not self.left
        return used


class _TooLarge(WSGITask):  # type: ignore[misc]
    """Asks the site, which refuses by the length alone and reads nothing."""

    def execute(self) -> None:
        """Answer, and end the connection: what is left of the body is no request."""
        request = self.request
        length = max(request.content_length, request.body_bytes_received)
        request.headers["CONTENT_LENGTH"] = str(length)
        self.set_close_on_finish()
        super().execute()


def _failed(channel: HTTPChannel, request: HTTPRequestParser) -> Any:
    task = _TooLarge if isinstance(request.error, RequestEntityTooLarge) else ErrorTask
    return task(channel, request)


class _Channel(HTTPChannel):  # type: ignore[misc]
    parser_class = _Parser
    error_task_class = staticmethod(_failed)
