"""/uploads/<id>: a file that a member sent, to its owner; and the field by which forms take files."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final
from urllib.parse import quote

from flask import Blueprint, Response, abort, g, request
from wtforms import Field

from madoguchi.domain.rights import Action
from madoguchi.ports.shelf import Why
from madoguchi.services import uploads
from madoguchi.services.uploads import Fault, Ready, Seen, Sent
from madoguchi.web.forms import Form
from madoguchi.web.guard import needs
from madoguchi.web.office import office

blueprint = Blueprint("uploads", __name__)

MOST: Final = 10**15
# Beside the policy of all answers: should it ever be shown, then without scripts, forms and a name of ours.
SANDBOX: Final = "sandbox; default-src 'none'"
_AGAIN: Final = "もう一度お選びください"
_OF_ALL: Final = {
    Why.TOO_MANY: f"ファイルは、一度に{{files}}個までです。{_AGAIN}",
    Why.TOO_MUCH: f"ファイルが大きすぎます。合わせて{{total_mb}}MBまでです。{_AGAIN}",
    Why.TOO_OFTEN: "ファイルは、1日に{day}個までです。続きは明日お送りください",
}
_OF_ONE: Final = {
    Why.EMPTY: "は空のファイルです",
    Why.TOO_LARGE: "は大きすぎます。1つ{file_mb}MBまでにしてください",
    Why.STRANGE: "は、受け取れる種類ではありません。写真（JPEG、PNG）かPDFにしてください",
    Why.HEIC: "はHEICの写真です。iPhoneの設定のカメラで「互換性優先」を選ぶと、JPEGで撮れます",
    Why.BROKEN: "を開けませんでした。壊れていないか、お手元で開いてお確かめください",
    Why.PIXELS: "は画素が多すぎます（{megapixels}00万画素まで）。小さくするか、画面の写しを撮ってください",
    Why.PAGES: "はページが多すぎます。{pages}ページまでにしてください",
    Why.LOCKED: "にはパスワードか制限がかかっています。外したものにしてください",
    Why.ACTIVE: "には、動くしくみか別のファイルが入っています。PDFに印刷し直すか、写真に撮ってください",
}


class FilesField(Field):
    """Several files; `data` is what was found ready, after `take`."""

    def __init__(self, label: str, required: bool = False, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.required = required
        self.data: tuple[Ready, ...] = ()

    @property
    def accept(self) -> str:
        """What file choosers offer; phones turn their own formats into these."""
        return "image/jpeg,image/png,application/pdf"

    @property
    def limits(self) -> str:
        """The limits in words, for the hint."""
        rules = office().rules.uploads
        sizes = f"1つ{rules.file_mb}MB、合わせて{rules.total_mb}MBまで"
        return f"写真（JPEG、PNG）かPDFを、{rules.files}個まで。{sizes}"

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Files are not typed: nothing is read here."""
        self.data, self.raw_data, self.process_errors = (), None, []

    def take(self) -> bool:
        """Look into the files of this request and shelve them; False with the errors said otherwise."""
        limit = office().rules.uploads.file_bytes + 1
        sent = [Sent(f.filename, f.read(limit)) for f in request.files.getlist(self.name) if f.filename]
        if self.required and not sent:
            self.errors = (f"{self.label.text}を選んでください",)
            return False
        found = uploads.check(office(), sent, g.visitor.member_id)
        self.errors = tuple(_sentence(one) for one in found if isinstance(one, Fault))
        self.data = tuple(one for one in found if isinstance(one, Ready))
        return not self.errors


def valid(form: Form, *names: str) -> bool:
    """Whether typed fields and files are good; files are looked into only when all that is typed is."""
    return form.validate() and all(form[name].take() for name in names)


@blueprint.get(f"/uploads/<int(max={MOST}):number>")
@needs(Action.PROTECT)
def show(number: int) -> Response:
    """A file of the member's own."""
    return answer(uploads.look(office(), number, g.visitor.member_id) or abort(404))


def answer(seen: Seen) -> Response:
    """A file as it is safe to hand out: of the kind that we made it, images to look at, all else to keep."""
    response = Response(seen.content, content_type=seen.upload.kind)
    shown = "inline" if seen.upload.kind.startswith("image/") else "attachment"
    plain, ending = f"file-{seen.upload.id}", seen.upload.title.rpartition(".")[2]
    response.headers["Content-Disposition"] = (
        f"{shown}; filename=\"{plain}.{ending}\"; filename*=UTF-8''{quote(seen.upload.title, safe='')}"
    )
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def _sentence(fault: Fault) -> str:
    """What is wrong, and what to do; a file's name is no pattern, so it is put before what is filled."""
    limits = asdict(office().rules.uploads)
    if fault.why in _OF_ALL:
        return _OF_ALL[fault.why].format(**limits)
    return f"「{_shown(fault.name)}」{_OF_ONE[fault.why].format(**limits)}。{_AGAIN}"


def _shown(name: str) -> str:
    return name[:60] + ("…" if len(name) > 60 else "")
