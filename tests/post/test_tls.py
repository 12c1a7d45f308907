"""A password and the words of an answer travel to the right server, closed, or not at all."""

import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from courtesy.post import sending, smtp
from courtesy.post.models import MailServer
from tests.post.conftest import NOW, UNDO, state
from tests.post.mailbox import Post

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of our own for 127.0.0.1, which nobody trusts unless told so."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "post")])
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "post.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    return file


@pytest.fixture
def closed_server(certificate):
    """Speaks only after STARTTLS and only with whom it knows."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def knows(server, session, envelope, mechanism, login):
        return AuthResult(success=login.password == b"secret", handled=False)

    post = Post()
    controller = Controller(
        post, hostname="127.0.0.1", port=post.port, tls_context=context, require_starttls=True,
        auth_required=True, authenticator=knows, auth_exclude_mechanism=["LOGIN"],
    )  # fmt: skip
    controller.start()
    yield post
    controller.stop()


@pytest.fixture
def trusted(certificate, monkeypatch):
    context = ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr(smtp.ssl, "create_default_context", lambda: context)


def url_of(settings, post: Post, password: str) -> None:
    settings.COURTESY = replace(settings.COURTESY, smtp_url=f"smtp://me:{password}@127.0.0.1:{post.port}")


class TestClosedServer:
    def test_takes_the_letter(self, settings, may_send, closed_server, trusted, write):
        url_of(settings, closed_server, "secret")
        outgoing = write()
        sending.send_due(at=NOW + UNDO)

        assert state(outgoing) == "sent"
        assert len(closed_server.taken) == 1

    def test_that_nobody_vouches_for_gets_nothing(self, settings, may_send, closed_server, write):
        url_of(settings, closed_server, "secret")
        outgoing = write()
        sending.send_due(at=NOW + UNDO)

        assert state(outgoing) == "waiting"
        assert closed_server.taken == []

    @pytest.mark.usefixtures("trusted", "may_send")
    def test_that_refuses_our_password_lets_it_wait_and_says_so(self, settings, closed_server, write, caplog):
        url_of(settings, closed_server, "wrong")
        outgoing = write()
        sending.send_due(at=NOW + UNDO)

        assert state(outgoing) == "waiting"
        assert "password refused" in MailServer.objects.get().problem
        assert "wrong" not in caplog.text
