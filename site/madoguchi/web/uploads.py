"""/uploads/<id>: a file that a member sent, to its owner; and the field by which forms take files."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import quote

from flask import Blueprint, Response, abort, g, request
from wtforms import Field

from madoguchi.domain.rights import Action
from madoguchi.domain.uploads import UploadRules
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
_TOLD: Final = {
    Why.EMPTY: "は空のファイルです",
    Why.STRANGE: "は、受け取れる種類ではありません。写真（JPEG、PNG）かPDFにしてください",
    Why.HEIC: "はHEICの写真です。JPEGに変えてください（iPhoneは、設定のカメラのフォーマットを「互換性優先」にして撮るとJPEGになります）",  # noqa: E501
    Why.BROKEN: "を開けませんでした。壊れていないか、お手元で開いてお確かめください",
    Why.LOCKED: "にはパスワードか制限がかかっています。外したものをお送りください",
    Why.ACTIVE: "には、動くしくみか別のファイルが入っています。印刷してPDFに保存し直すか、写真に撮ってお送りください",  # noqa: E501
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
    rules = office().rules.uploads
    words = _limit(fault.why, rules) or f"「{_shown(fault.name)}」{_TOLD.get(fault.why, '')}"
    return f"{words}。{_AGAIN}"


def _limit(why: Why, rules: UploadRules) -> str:
    """A limit that all files together pass, in words; "" for what is wrong with one of them."""
    return {
        Why.TOO_MANY: f"ファイルは、一度に{rules.files}個までです",
        Why.TOO_MUCH: f"ファイルが大きすぎます。合わせて{rules.total_mb}MBまでです",
        Why.TOO_OFTEN: f"ファイルは、1日に{rules.day}個までです。続きは明日お送りください",
    }.get(why, "")


def _shown(name: str) -> str:
    return name[:60] + ("…" if len(name) > 60 else "")
