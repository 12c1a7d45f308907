"""The picture that an authenticator app photographs."""

import qrcode
from django.utils.translation import gettext as _
from markupsafe import Markup


def code_picture(url: str) -> Markup:
    """A QR code of ``url`` as an SVG to stand in the page: black on white in the dark too, as cameras want it."""
    code = qrcode.QRCode(border=3, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(url)
    rows = code.get_matrix()
    dark = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    size = len(rows)
    shape = Markup(
        '<svg class="code-picture" viewBox="0 0 {size} {size}" width="232" height="232" role="img" aria-label="{told}"'
        ' shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{size}v{size}h-{size}z"/>'
        '<path fill="#000" d="{dark}"/></svg>'
    )
    return shape.format(size=size, dark=dark, told=_("A QR code for your authenticator app"))
