"""A real SMTP server on loopback that can be as awkward as real ones are."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Post:
    """What the server took, and how it behaves. ``says`` holds its next answers to RCPT and DATA, by address."""

    port: int = field(default_factory=free_port)
    taken: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    connections: int = 0
    at_rcpt: dict[str, list[str]] = field(default_factory=dict)
    at_data: list[str] = field(default_factory=list)
    at_mail: list[str] = field(default_factory=list)
    before_data: Any = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def words(self) -> list[str]:
        return [mail.get_content().replace("\r\n", "\n").strip() for mail in self.taken]

    async def handle_EHLO(self, server: SMTP, session: Any, envelope: Any, hostname: str, responses: Any) -> Any:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server: SMTP, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.at_mail:
            answer = self.at_mail.pop(0)
            if answer == "hang up":
                server.transport.abort()
                return "421 bye"
            return answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str, options: Any) -> str:
        answer = (self.at_rcpt.get(address) or ["250 OK"])[0]
        if len(self.at_rcpt.get(address, [])) > 1:
            self.at_rcpt[address].pop(0)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        answer = self.at_data.pop(0) if self.at_data else "250 taken"
        if answer == "lose before taking":
            server.transport.abort()
            return "421 bye"
        if answer in {"250 taken", "lose after taking"}:
            self.taken.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
            self.recipients += envelope.rcpt_tos
        if answer == "lose after taking":
            server.transport.abort()
        return answer


@contextmanager
def open_post(post: Post | None = None) -> Iterator[Post]:
    post = post or Post()
    controller = Controller(post, hostname="127.0.0.1", port=post.port)
    controller.start()
    try:
        yield post
    finally:
        controller.stop()
