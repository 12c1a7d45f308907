"""What may be wrong with a mailbox or its server, by class; and for each class what is so and what to do, in words.

The classes are what `Mailbox.problem` and `MailServer.problem` hold, and what a trial found. They name nobody.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courtesy.post.providers import OWN, provider


@dataclass(frozen=True)
class Words:
    """What is so, and what to do about it."""

    what: str
    do: str


_KNOWN: dict[str, tuple[str | Promise, str | Promise]] = {
    "password refused": (
        _("The server refused the name or the password."),
        _(
            "Look at both letter by letter. If the password was changed at the provider, write the new one into its "
            "settings."
        ),
    ),
    "app password needed": (
        _("The server refused the password."),
        _("This provider wants an app password here, not the one you sign in with on its pages."),
    ),
    "server away": (
        _("The server does not answer."),
        _("It is asked again by itself. If it lasts: is this computer online? Does the provider have trouble?"),
    ),
    "no such host": (
        _("There is no server called %(host)s."),
        _("Is a letter missing? The name stands in the provider’s help pages. Or this computer is not online."),
    ),
    "port closed": (
        _("%(host)s is there, but nothing answers at port %(port)s."),
        _("Try the provider’s other port (reading: 993; sending: 465 or 587)."),
    ),
    "no answer": (
        _("%(host)s said nothing at port %(port)s for some seconds."),
        _("Look at name and port. A firewall between here and there can be the reason too."),
    ),
    "certificate": (
        _("Nobody vouches that this is the right server. No password went to it."),
        _("Write the server’s name exactly as its provider does; a number instead of a name will not do."),
    ),
    "certificate ran out": (
        _("The server’s certificate has run out. No password went to it."),
        _("Whoever runs the server must renew it. Is this computer’s clock right?"),
    ),
    "certificate of another name": (
        _("The server’s certificate is for another name than %(host)s. No password went to it."),
        _("Write the name that the provider’s help pages give; it is often not the shop’s own domain."),
    ),
    "certificate of its own": (
        _("The server made its certificate itself; nobody vouches for it. No password went to it."),
        _("Have the server get one that is known everywhere, or add its authority to this computer."),
    ),
    "no TLS": (
        _("The server does not protect the connection this way. No password went over it."),
        _("Choose the other kind of protection: “from the start” with ports 993 and 465, STARTTLS with 143 and 587."),
    ),
    "answers oddly": (
        _("Something answers there, but not as such a server does."),
        _("Port and protection may not belong together: “from the start” with 993 and 465, STARTTLS with 143 and 587."),
    ),
    "no such folder": (
        _("The server does not show an inbox."),
        _("Look in the provider’s settings whether IMAP is allowed for this mailbox."),
    ),
    "no sent folder": (
        _("No folder for sent mail was found."),
        _("Answers written on a phone are not seen then. Make a folder called “Sent” in the mail program."),
    ),
    "quota": (
        _("The mailbox is full or nearly so; new mail of customers may be turned away."),
        _("Make room in it with your mail program: delete what is large and old, and empty the bin."),
    ),
    "sender refused": (
        _("The server lets us in, but not send from this address."),
        _("Allow it at the provider, or sign in as the user this address belongs to."),
    ),
    "address refused": (
        _("The server refused to take a letter to the mailbox’s own address."),
        _("Look whether the address is written right."),
    ),
    "text refused": (
        _("The server refused the letter itself."),
        _("Try again in some minutes; the provider may hold back new senders at first."),
    ),
    "come back later": (
        _("The server asks us to come back later."),
        _("Try again in some minutes; the provider may hold back new senders at first."),
    ),
    "hung up": (
        _("The server hung up in the middle."),
        _("It is tried again by itself."),
    ),
    "only read": (
        _("This mailbox is only read now, and something waits to leave from it."),
        _("Give it a server for sending again, or take those answers back."),
    ),
    "not understood": (
        _("The setting COURTESY_SMTP_URL cannot be understood."),
        _("Write smtp://user:password@host:587 or smtps://…, and start Courtesy again."),
    ),
    "no key": (
        _("The key that opens this mailbox’s password is gone."),
        _("Remove the mailbox and connect it anew."),
    ),
    "sample shop": (
        _("This is the sample shop: it talks to no server beyond this computer."),
        _("Start your own shop first."),
    ),
}  # fmt: skip

_AGAIN = _("Try it again in a minute.")
_WHILE_TRIED: dict[str, str | Promise] = {
    "server away": _("Try it again in a minute. If it lasts: is this computer online? Does the provider have trouble?"),
    "hung up": _AGAIN,
}
"""What to do where somebody tries settings out: then nothing is asked again by itself."""


def words(problem: str, *, host: str = "", port: int = 0, provider_name: str = "", tried: bool = False) -> Words:
    """What is so and what to do, for a class of trouble; with the provider's own advice where it helps.

    ``tried``: somebody tries settings out and waits for what we say. A class nobody knows is said as it is.
    """
    if problem == "password refused" and provider(provider_name).app_password:
        problem = "app password needed"
    known = _KNOWN.get(problem)
    if known is None:
        return Words(problem, str(_AGAIN if tried else _("It is tried again by itself.")))
    if not host and "%(host)" in str(known[0]):
        known = _KNOWN["server away"]
    of = provider(provider_name)
    helps = problem in {"app password needed", "password refused"} and of.name != OWN
    advice = of.advice if helps else ""
    do = _WHILE_TRIED.get(problem, known[1]) if tried else known[1]
    return Words(str(known[0]) % {"host": host, "port": port}, f"{do} {advice}".strip())
