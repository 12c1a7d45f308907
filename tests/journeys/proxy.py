"""A small https proxy on loopback, as an owner would put one in front of the desk, and a visitor who comes by it."""

import http.client
import socket
import ssl
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.journeys.visitor import Visitor

PATIENCE = 20.0


def certificate(folder: Path, *names: str) -> Path:
    """A file with a key and a certificate for these names, trusted by whoever loads it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(one) for one in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "proxy.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


@dataclass
class Proxy:
    """Speaks https on ``port`` and hands on to ``upstream``. What a visitor says of where they come from is replaced;
    with ``tells`` False nothing is said instead, as by a proxy that was set up carelessly."""

    pem: Path
    upstream: int
    tells: bool = True
    door: socket.socket = field(default_factory=socket.socket)

    @property
    def port(self) -> int:
        return int(self.door.getsockname()[1])

    @contextmanager
    def open(self) -> Iterator["Proxy"]:
        self.door.bind(("127.0.0.1", 0))
        self.door.listen(32)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.pem)
        threading.Thread(target=self._serve, args=(context,), daemon=True).start()
        try:
            yield self
        finally:
            self.door.close()

    def _serve(self, context: ssl.SSLContext) -> None:
        while True:
            try:
                visitor, address = self.door.accept()
            except OSError:
                return
            threading.Thread(target=self._hand_on, args=(context, visitor, address[0]), daemon=True).start()

    def _hand_on(self, context: ssl.SSLContext, plain: socket.socket, address: str) -> None:
        with suppress(OSError), context.wrap_socket(plain, server_side=True) as visitor:
            read = b""
            while b"\r\n\r\n" not in read and (more := visitor.recv(65_536)):
                read += more
            head, _, rest = read.partition(b"\r\n\r\n")
            lines = [
                line for line in head.split(b"\r\n") if not line.lower().startswith((b"x-forwarded", b"connection:"))
            ]
            if self.tells:
                lines += [b"X-Forwarded-Proto: https", b"X-Forwarded-For: " + address.encode()]
            with socket.create_connection(("127.0.0.1", self.upstream), timeout=PATIENCE) as house:
                house.sendall(b"\r\n".join([*lines, b"Connection: close"]) + b"\r\n\r\n" + rest)
                threading.Thread(target=_pump, args=(visitor, house), daemon=True).start()
                _pump(house, visitor)


def _pump(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while some := one.recv(65_536):
            other.sendall(some)


class _ByName(http.client.HTTPSConnection):
    """Connects to the proxy, whatever name is in the address; the name is what the certificate must be for."""

    def __init__(self, *args: Any, to: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.to = to

    def connect(self) -> None:
        plain = socket.create_connection(("127.0.0.1", self.to), timeout=PATIENCE)
        self.sock = self._context.wrap_socket(plain, server_hostname=self.host)  # type: ignore[attr-defined]


class SecureVisitor(Visitor):
    """A visitor who comes by https, under a name, through the proxy on port ``to``."""

    def __init__(self, base: str, *, to: int, pem: Path) -> None:
        super().__init__(base)
        context = ssl.create_default_context(cafile=str(pem))

        class Handler(urllib.request.HTTPSHandler):
            def https_open(self, request: urllib.request.Request) -> Any:
                return self.do_open(partial(_ByName, to=to, context=context), request)  # type: ignore[arg-type]

        self._opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.cookies), Handler(context=context)
        )

    def ask(self, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
        """One request with headers as given (a Host of another name, a forged forwarding); no cookies kept."""
        request = urllib.request.Request(self.base + path, headers=headers)
        try:
            with self._opener.open(request, timeout=PATIENCE) as answer:
                return answer.status, _lower(answer.headers), answer.read(4096).decode(errors="replace")
        except urllib.error.HTTPError as refused:
            return refused.code, _lower(refused.headers), refused.read().decode(errors="replace")


def _lower(headers: Any) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def connection(name: str, *, to: int, pem: Path) -> http.client.HTTPSConnection:
    """A bare connection under ``name``, for requests that no browser would make."""
    return _ByName(name, to=to, context=ssl.create_default_context(cafile=str(pem)))
