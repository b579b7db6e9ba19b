"""No Flask session: reading its cookie costs every request, and a copy of it signs in after sign-out."""

from __future__ import annotations

from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SessionInterface, SessionMixin


class NoSession(SessionInterface):
    """Opens nothing and saves nothing."""

    def open_session(self, app: Flask, request: Request) -> SessionMixin | None:
        """Flask then puts a null session in place, which raises when written to."""
        return None

    def save_session(self, app: Flask, session: Any, response: Response) -> None:
        """Nothing to save."""
