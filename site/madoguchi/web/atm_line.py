"""The demo's line from its ATM to this site: signed requests to the same addresses a network would ask.

The request runs through the whole app as one from outside would, in a context of its own, so that nothing of
the tester's session reaches it; it needs no free thread and no network.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from contextvars import Context
from dataclasses import replace
from typing import Any

from flask import current_app
from werkzeug.test import Client

from madoguchi.domain.atm_message import Signed
from madoguchi.web.office import office
from madoguchi.web.signed import NONCE, SECONDS, SIGNATURE


def call(path: str, message: Mapping[str, Any]) -> dict[str, Any]:
    """Ask one question; returns the answer, with its status under "status"."""
    seal, now = office().atm, office().now()
    assert seal is not None, "the demo has a seal"
    body = json.dumps(message).encode()
    bare = Signed("POST", path, str(int(now.timestamp())), secrets.token_urlsafe(16), body)
    request = replace(bare, signature=seal.sign(bare))
    client, site = Client(current_app.wsgi_app), current_app.config["FACE"].public_address
    headers = {SECONDS: request.seconds, NONCE: request.nonce, SIGNATURE: request.signature}
    response = Context().run(
        client.post, path, base_url=site, data=body, headers=headers, content_type="application/json"
    )
    return {**json.loads(response.get_data()), "status": response.status_code}
