"""What sort of file something is, by its content; what is never handed out; and a name no computer stumbles over."""

import re
import unicodedata

from courtesy.post.channels.incoming import one_line

LONGEST_FILE_NAME = 120
EXECUTABLE = "executable"
"""The reason for which a file is not handed out."""

SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""Kinds that may be shown within a page; everything else is only ever downloaded."""

_UNKNOWN = "application/octet-stream"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_PROGRAM = "application/x-executable"
_SCRIPT = "application/x-script"

_BEGINS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"{\\rtf", "application/rtf"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\0", "application/x-xz"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\x78\x9f\x3e\x22", "application/ms-tnef"),
    (b"BEGIN:VCALENDAR", "text/calendar"),
    (b"BEGIN:VCARD", "text/vcard"),
    (b"MZ", _PROGRAM),
    (b"\x7fELF", _PROGRAM),
    (b"\xfe\xed\xfa\xce", _PROGRAM),
    (b"\xfe\xed\xfa\xcf", _PROGRAM),
    (b"\xce\xfa\xed\xfe", _PROGRAM),
    (b"\xcf\xfa\xed\xfe", _PROGRAM),
    (b"\xca\xfe\xba\xbe", _PROGRAM),
    (b"\0asm", _PROGRAM),
    (b"dex\n", _PROGRAM),
    (b"L\0\0\0\x01\x14\x02\0", _PROGRAM),  # a shortcut of Windows
    (b"MSCF", _PROGRAM),  # an installer's cabinet
    (b"#!", _SCRIPT),
)
# What the names inside a zip say about it; the first that is found.
_IN_ZIP: tuple[tuple[bytes, str], ...] = (
    (b"AndroidManifest.xml", _PROGRAM),
    (b"META-INF/MANIFEST.MF", _PROGRAM),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text"),
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "application/vnd.oasis.opendocument.spreadsheet"),
    (b"mimetypeapplication/epub+zip", "application/epub+zip"),
    (b"word/", f"{_OFFICE}wordprocessingml.document"),
    (b"xl/", f"{_OFFICE}spreadsheetml.sheet"),
    (b"ppt/", f"{_OFFICE}presentationml.presentation"),
)
_BRANDS = {b"heic": "image/heic", b"heix": "image/heic", b"mif1": "image/heic", b"avif": "image/avif"}
_IN_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
_OLD_OFFICE = {"doc": "application/msword", "xls": "application/vnd.ms-excel", "ppt": "application/vnd.ms-powerpoint"}
_HTML = re.compile(
    rb"\s*(?:<!--.{0,500}?-->\s*)*<(?:!doctype\s+html|html|head|body|script|iframe|meta|table|div|p|h1|a|img)\b",
    re.IGNORECASE | re.DOTALL,
)
_SVG = re.compile(rb"<svg\b", re.IGNORECASE)

# Names on which a computer runs what is in the file, or opens something that runs.
_NAMES_THAT_RUN = """ade adp app appimage application appx appxbundle bas bat cab chm cmd com command cpl crt csh
desktop dll dmg ex exe gadget hlp hta img inf ins iso isp jar jnlp js jse lib lnk mde mjs msc msh msi msix msp mst nsh
pif pl prg ps1 ps1xml ps2 psc1 psm1 py pyc pyw rb reg run scf scr sct sh shb shs sys url vb vbe vbs vhd vhdx vxd wasm
ws wsc wsf wsh xbap xll xnk apk deb rpm pkg library-ms search-ms settingcontent-ms"""
_RUNS = frozenset(_NAMES_THAT_RUN.split())
_EXPECTED = {
    **dict.fromkeys(("jpe", "jpeg", "jpg"), "image/jpeg"),
    **{end: f"image/{end}" for end in ("png", "gif", "webp", "bmp", "heic", "avif")},
    **dict.fromkeys(("tif", "tiff"), "image/tiff"),
    **dict.fromkeys(("csv", "txt"), "text/plain"),
    "pdf": "application/pdf",
    "docx": f"{_OFFICE}wordprocessingml.document",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
    "pptx": f"{_OFFICE}presentationml.presentation",
    "zip": "application/zip",
}
_ENDS = {kind: end for end, kind in _EXPECTED.items()} | {
    "message/rfc822": "eml",
    "text/html": "html",
    "text/calendar": "ics",
    "text/vcard": "vcf",
    "application/ms-tnef": "dat",
    "message/delivery-status": "txt",
    "text/rfc822-headers": "txt",
}
_PICTURES = SHOWN | {"image/bmp", "image/tiff", "image/heic", "image/avif"}
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


def kind_of(data: bytes, name: str, said: str = "") -> str:
    """The kind of file by its first bytes; ``name`` and what the mail ``said`` decide only where these say nothing."""
    for begin, kind in _BEGINS:
        if data.startswith(begin):
            return kind
    if said in ("message/rfc822", "message/delivery-status", "text/rfc822-headers", "text/calendar", "text/vcard"):
        return said
    return _kind_of_container(data, name) or _kind_of_text(data, said)


def refusal(data: bytes, name: str, kind: str) -> str:
    """Why a file is not handed out; empty where it is. What a double click would run stays in the original mail."""
    ends = {_end(name), *name.lower().rstrip(". ").split(".")[-1:]}
    return EXECUTABLE if kind in (_PROGRAM, _SCRIPT) or ends & _RUNS else ""


def is_another(name: str, kind: str) -> bool:
    """Whether a file is something else than its name says."""
    expected = _EXPECTED.get(_end(name), kind)
    # Foreign letters in a text file, a zip whose first names say nothing yet, one sort of picture named as another.
    innocent = (
        (expected == "text/plain" and kind == _UNKNOWN)
        or (expected.startswith(_OFFICE) and kind == "application/zip")
        or (expected.startswith("image/") and kind in _PICTURES)
    )
    return kind != expected and not innocent


def safe_name(name: str, kind: str, number: int) -> str:
    """A name for the file on any computer: one piece of a path, nothing unseen, never empty, at most 120 letters."""
    last = re.split(r"[/\\]", one_line(name, 2000))[-1]
    clean = " ".join(_FORBIDDEN.sub(" ", unicodedata.normalize("NFC", last)).split()).strip(". ")
    if not clean:
        clean = f"file-{number}"
    if "." not in clean and kind in _ENDS:
        clean = f"{clean}.{_ENDS[kind]}"
    if _RESERVED.match(clean):
        clean = f"_{clean}"
    if len(clean) <= LONGEST_FILE_NAME:
        return clean
    stem, dot, end = clean.rpartition(".")
    if not dot or len(end) > 16:
        return clean[:LONGEST_FILE_NAME].strip(". ")
    return f"{stem[: LONGEST_FILE_NAME - len(end) - 1].strip('. ')}.{end}"


def _end(name: str) -> str:
    return name.strip(". ").lower().rpartition(".")[2] if "." in name else ""


def _kind_of_container(data: bytes, name: str) -> str:
    if b"%PDF-" in data[:1024]:
        return "application/pdf"
    if data[:4] == b"RIFF":
        return _IN_RIFF.get(data[8:12], _UNKNOWN)
    if data[4:8] == b"ftyp":
        return _BRANDS.get(data[8:12], "video/mp4")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return next((kind for inside, kind in _IN_ZIP if inside in data[:8192]), "application/zip")
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _OLD_OFFICE.get(_end(name), "application/x-ole-storage")
    return ""


def _kind_of_text(data: bytes, said: str) -> str:
    begin = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(begin) or said in ("text/html", "application/xhtml+xml"):
        return "text/html"
    if _SVG.search(begin) or said == "image/svg+xml":
        return "image/svg+xml"
    if begin.lstrip().startswith(b"<?xml"):
        return "application/xml"
    if b"\0" in begin:
        return _UNKNOWN
    try:
        begin.decode("utf-8")
    except UnicodeDecodeError as problem:
        # A letter cut in two at the end of what is looked at is no fault of the text.
        return "text/plain" if problem.start > len(begin) - 4 or said == "text/plain" else _UNKNOWN
    return "text/plain" if begin else _UNKNOWN
