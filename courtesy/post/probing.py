"""Looks closer at a server that could not be used: is there such a name, does its port answer, who vouches for it?

One of the doors: it connects and closes again, and no word of ours travels.
"""

import socket
import ssl
import time

PATIENCE = 8.0

_CERTIFICATE = {
    10: "certificate ran out",
    18: "certificate of its own",
    19: "certificate of its own",
    62: "certificate of another name",
    64: "certificate of another name",
}
"""OpenSSL's own numbers for why a certificate is not believed."""


def reach(host: str, port: int) -> str:
    """Empty where something answers at this port; else "no such host", "port closed" or "no answer"."""
    try:
        socket.create_connection((host, port), timeout=PATIENCE).close()
    except socket.gaierror:
        return "no such host"
    except TimeoutError:
        return "no answer"
    except ConnectionRefusedError:
        return "port closed"
    except (OSError, UnicodeError):
        return "no answer"
    return ""


def certificate(host: str, port: int, *, greets: bool, starttls: bytes = b"") -> str:
    """Why nobody vouches for the server, as far as its certificate says; "certificate" where that is all one can say.

    ``greets`` servers speak first; ``starttls`` is what asks them to close the line.
    """
    try:
        with socket.create_connection((host, port), timeout=PATIENCE) as line:
            if starttls and greets:
                line.recv(4096)
                for said in starttls.splitlines(keepends=True):
                    line.sendall(said)
                    time.sleep(0.2)
                    line.recv(4096)
            ssl.create_default_context().wrap_socket(line, server_hostname=host).close()
    except ssl.SSLCertVerificationError as refusal:
        return _CERTIFICATE.get(refusal.verify_code, "certificate")
    except (OSError, ValueError):
        return "certificate"
    return ""


def closer(problem: str, *, host: str, port: int, tls: str, way: str) -> str:
    """A class that says more than ``problem`` does, where looking again finds one; ``way`` is "imap" or "smtp"."""
    if problem == "server away":
        return reach(host, port) or problem
    if problem == "certificate":
        asks = {"imap": b"a STARTTLS\r\n", "smtp": b"EHLO localhost\r\nSTARTTLS\r\n"}[way]
        return certificate(host, port, greets=tls != "at once", starttls=asks) or problem
    return problem
