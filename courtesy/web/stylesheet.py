"""One stylesheet out of many small files: `python -m courtesy.web.stylesheet` writes `static/courtesy.css`.

Thirty `@import`s would cost thirty requests; a browser asks for one file, a person edits the small ones.
"""

import re
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCE = HERE / "css" / "courtesy.css"
SERVED = HERE / "static" / "courtesy.css"
IMPORT = re.compile(r'^@import "(?P<file>[^"]+)";\n', re.MULTILINE)


def stylesheet() -> str:
    """The whole stylesheet, in the order that `css/courtesy.css` names."""
    return IMPORT.sub(lambda match: (SOURCE.parent / match["file"]).read_text(), SOURCE.read_text())


if __name__ == "__main__":
    SERVED.write_text(stylesheet())
    print(f"{SERVED.name}: {SERVED.stat().st_size} bytes")
