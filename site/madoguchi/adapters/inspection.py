"""Looks into files that members send: images are painted anew by Pillow, PDFs are read through by pikepdf.

One file at a time in each process, so that a few at once cannot fill the memory; both libraries are loaded at
the first file.
"""

from __future__ import annotations

import warnings
from functools import cache
from io import BytesIO
from threading import Lock
from typing import Any, Final

from madoguchi.domain.faults import Unavailable
from madoguchi.domain.uploads import UploadRules
from madoguchi.ports.shelf import Clean, Why

PATIENCE: Final = 10  # seconds that a file waits for others: threads that serve pages must not pile up
LONGEST_SIDE: Final = 3000  # pixels that are kept: small print of a photographed page stays readable
JPEG_QUALITY: Final = 88
UNPACKED: Final = 64 * 1024 * 1024  # bytes that one stream of a PDF may become
DEEPEST: Final = 60  # dictionaries inside each other in one object of a PDF
MOST_OBJECTS: Final = 50_000

_JPEG, _PNG, _PDF = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"%PDF-"
_HEIC: Final = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")
# Names that make a PDF do things or carry things, wherever in it they stand.
_ACTIVE_KEYS: Final = frozenset(
    {"/JS", "/JavaScript", "/EF", "/EmbeddedFiles", "/XFA", "/RichMediaContent", "/RichMediaSettings"}
)
_ACTIVE_ACTIONS: Final = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/Movie",
     "/Sound", "/RichMediaExecute"}
)  # fmt: skip


class Inspection:
    """The Inspector."""

    def __init__(self, rules: UploadRules) -> None:
        self._rules = rules
        self._alone = Lock()

    def inspected(self, content: bytes) -> Clean | Why:
        """The file made anew, or why it cannot be taken; Unavailable where others' files take too long."""
        if not self._alone.acquire(timeout=PATIENCE):
            raise Unavailable("inspection")
        try:
            return self._looked_into(content)
        finally:
            self._alone.release()

    def _looked_into(self, content: bytes) -> Clean | Why:
        if content.startswith((_JPEG, _PNG)):
            return self._image(content)
        if content.startswith(_PDF):
            return self._pdf(content)
        return Why.HEIC if content[4:8] == b"ftyp" and content[8:12] in _HEIC else Why.STRANGE

    def _image(self, content: bytes) -> Clean | Why:
        """Only its picture: place, time, camera and whatever hung behind it are left out."""
        image_of, turned, bomb = _pillow()
        try:
            with image_of(BytesIO(content), formats=("JPEG", "PNG")) as image:
                if image.width * image.height > self._rules.megapixels * 1_000_000:
                    return Why.PIXELS
                png = image.format == "PNG"
                image.draft(None, (LONGEST_SIDE, LONGEST_SIDE))  # a large JPEG is unpacked smaller
                return _painted(turned(image), png)
        except bomb:
            return Why.PIXELS
        except (OSError, ValueError, SyntaxError, EOFError, IndexError):  # what Pillow says of broken files
            return Why.BROKEN

    def _pdf(self, content: bytes) -> Clean | Why:
        """The same pages written anew: what no page leads to, and what was put behind, is left out."""
        pikepdf = _pikepdf()
        try:
            with pikepdf.open(BytesIO(content)) as pdf:
                if pdf.is_encrypted:
                    return Why.LOCKED
                if len(pdf.pages) > self._rules.pages:
                    return Why.PAGES
                if not len(pdf.pages) or len(pdf.objects) > MOST_OBJECTS:
                    return Why.BROKEN
                if any(_is_active(pikepdf, thing, DEEPEST) for thing in pdf.objects):
                    return Why.ACTIVE
                made = BytesIO()
                pdf.save(made, object_stream_mode=pikepdf.ObjectStreamMode.disable)
                return Clean("application/pdf", made.getvalue())
        except pikepdf.PasswordError:
            return Why.LOCKED
        except (pikepdf.PdfError, ValueError, RuntimeError, RecursionError, KeyError, TypeError):
            return Why.BROKEN


def _painted(image: Any, png: bool) -> Clean:
    mode = "RGBA" if png and (image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info) else "RGB"
    image = image.convert(mode)
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    image.info.clear()  # comments and colour profiles would be written again
    made = BytesIO()
    if png:
        image.save(made, "PNG")
        return Clean("image/png", made.getvalue())
    image.save(made, "JPEG", quality=JPEG_QUALITY)
    return Clean("image/jpeg", made.getvalue())


def _is_active(pikepdf: Any, thing: Any, deep: int) -> bool:
    """Whether one object, down to what it refers to, does or carries something (or hides how deep it is)."""
    if isinstance(thing, pikepdf.Array):
        parts = list(thing)
    elif isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        if _ACTIVE_KEYS & set(thing.keys()) or str(thing.get("/S", "")) in _ACTIVE_ACTIONS:
            return True
        parts = [value for _, value in thing.items()]
    else:
        return False
    inside = [part for part in parts if isinstance(part, pikepdf.Object) and not part.is_indirect]
    return deep == 0 or any(_is_active(pikepdf, part, deep - 1) for part in inside)


@cache
def _pillow() -> tuple[Any, Any, tuple[type[Exception], ...]]:
    from PIL import Image, ImageOps

    # What Pillow only warns of is a fault here.
    warnings.filterwarnings("error", category=Image.DecompressionBombWarning)
    return Image.open, ImageOps.exif_transpose, (Image.DecompressionBombError, Image.DecompressionBombWarning)


@cache
def _pikepdf() -> Any:
    import pikepdf
    import pikepdf.settings

    # Set once, before anything is opened: a small file must not become a large memory.
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=UNPACKED,
        run_length_max_memory=UNPACKED,
        png_max_memory=UNPACKED,
        tiff_max_memory=UNPACKED,
        dct_max_memory=UNPACKED,
        doc_max_warnings=100,
        parser_max_nesting=100,
        max_stream_filters=5,
    )
    return pikepdf
