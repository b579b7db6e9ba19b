"""QR codes as pictures."""

from __future__ import annotations

import io


def picture(text: str) -> bytes:
    """The QR code of a text as SVG, on white, so that cameras read it on a dark page as well."""
    import segno

    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", scale=5, border=4, light="#fff")
    return out.getvalue()
