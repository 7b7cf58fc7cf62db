"""What a submitted file is when it is no Python source, and what to do then. Used by `intake`."""

import codecs

from autograder.model.outcome import Message

NOTEBOOK = ".ipynb"
_UNPACK = "unpack it, and hand in the {} that is inside"
_EXPORT = (
    "copy the code of its cells into {}: in Jupyter, File > Save and Export Notebook As >"
    " Executable Script does so"
)
_AS_UTF8 = (
    "save it as UTF-8: editors have that under Save As or Encoding; in PowerShell write it by"
    " `Out-File -Encoding utf8`, not by `>`"
)
_PLAIN = "hand in {} itself, as plain text"
_BEGINNINGS = (
    (b"PK\x03\x04", "a zip", _UNPACK),
    (b"\x1f\x8b", "an archive (gz)", _UNPACK),
    (b"BZh9", "an archive (bz2)", _UNPACK),
    (b"\xfd7zXZ\x00", "an archive (xz)", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "an archive (7z)", _UNPACK),
    (b"Rar!\x1a\x07", "an archive (rar)", _UNPACK),
    (b"%PDF-", "a PDF", _PLAIN),
    (b"{\\rtf", "a text with formatting (RTF)", _PLAIN),
    (b"<!doctype html", "a web page", _PLAIN),
    (b"<html", "a web page", _PLAIN),
    (b"version https://git-lfs", "a pointer of Git LFS", _PLAIN),
)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_LOOKED_AT = 1000  # bytes
_TAR = slice(257, 262)


def wrong_kind(module: str, name: str, data: bytes) -> Message | None:
    """The problem of a file that stands for `module`; None: it may well be Python source."""
    start = data[:_LOOKED_AT]
    what = hint = ""
    for beginning, kind, advice in _BEGINNINGS:
        if start.lstrip()[: len(beginning)].lower() == beginning.lower():
            what, hint = kind, advice
    if data[_TAR] == b"ustar":
        what, hint = "an archive (tar)", _UNPACK
    elif name.lower().endswith(NOTEBOOK) or (start.lstrip()[:1] == b"{" and b'"nbformat"' in data):
        what, hint = "a notebook", _EXPORT
    if what:
        named = " under another name" if name == module else ""
        return Message(f"{name} is {what}{named}", hint=hint.format(module))
    if start.startswith(_UTF16) or start.count(0) * 3 > len(start):
        return Message(f"{name} is saved as UTF-16, which Python does not read", hint=_AS_UTF8)
    return None


def export_hint(module: str) -> str:
    """What to do with a notebook in place of the module."""
    return _EXPORT.format(module)
