"""Files as members send them, good and bad, made on the spot."""

from io import BytesIO

import pikepdf
from PIL import Image


def jpeg(size=(60, 40), exif=True, comment=b"", colour="red"):
    """A photograph that says where it was taken."""
    image, made, told = Image.new("RGB", size, colour), BytesIO(), Image.Exif()
    told[0x010E] = "SECRET PLACE"
    told[0x0112] = 6  # on its side
    image.save(made, "JPEG", exif=told if exif else b"", comment=comment)
    return made.getvalue()


def png(size=(60, 40), mode="RGBA"):
    """A picture of a screen."""
    made = BytesIO()
    Image.new(mode, size).save(made, "PNG")
    return made.getvalue()


def pdf(pages=1, change=lambda made: None, **how):
    """A PDF of empty pages, after `change` did something to it."""
    made, out = pikepdf.new(), BytesIO()
    for _ in range(pages):
        made.add_blank_page()
    change(made)
    made.save(out, **how)
    return out.getvalue()


def with_action(**action):
    """What makes a PDF do something when it is opened."""

    def change(made):
        made.Root.OpenAction = pikepdf.Dictionary(
            **{key: pikepdf.Name(value) if value.startswith("/") else value for key, value in action.items()}
        )

    return change


def hidden_deep(made):
    """A script in a dictionary inside an array of a page's notes."""
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    made.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(A=pikepdf.Dictionary(Next=[script]))])


def with_file(made):
    """A file inside."""
    made.attachments["a.exe"] = pikepdf.AttachedFileSpec(made, b"MZ", filename="a.exe")


HEIC = b"\x00\x00\x00\x18ftypheic" + bytes(64)
