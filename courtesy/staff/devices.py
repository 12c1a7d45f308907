"""What a browser calls itself, in two words that a colleague recognizes; the long line itself is kept nowhere."""

import re

# The first that fits: browsers call themselves by each other's names too, the true one is the rarest.
_BROWSERS = (
    ("Edge", r"Edg(A|iOS)?/"), ("Opera", r"OPR/|Opera"), ("Vivaldi", r"Vivaldi/"),
    ("Samsung Internet", r"SamsungBrowser/"), ("Firefox", r"Firefox/|FxiOS/"), ("Chrome", r"Chrome/|CriOS/|Chromium/"),
    ("Safari", r"Safari/"),
)  # fmt: skip
_SYSTEMS = (
    ("iPad", r"iPad"), ("iPhone", r"iPhone"), ("Android", r"Android"), ("ChromeOS", r"CrOS"), ("Windows", r"Windows"),
    ("Mac", r"Macintosh|Mac OS X"), ("Linux", r"Linux|X11"),
)  # fmt: skip


def device_of(user_agent: str) -> str:
    """ "Firefox|Windows": browser and system by their own names, each empty where it says nothing we know."""
    browser = next((name for name, sign in _BROWSERS if re.search(sign, user_agent[:1000])), "")
    system = next((name for name, sign in _SYSTEMS if re.search(sign, user_agent[:1000])), "")
    return f"{browser}|{system}"
