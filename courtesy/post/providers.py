"""What the common mail providers want: servers, ports, and in plain words where their app password is made.

Looked up on 25 November 2026: every server, port and protection in the settings that Thunderbird ships for these
providers, those of mailbox.org, Zoho, Posteo's lock and Microsoft's refusal of passwords on help pages as well. Where a
provider offers both, sending is protected from the start (465): nobody in between can take a STARTTLS away. The words
for menus were not walked through with an account, and providers rename them; the trial says what a server refuses.
"""

from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courtesy.post.models import Tls


@dataclass(frozen=True)
class Provider:
    """A preset. ``domains`` are those of its own addresses; ``impossible`` says why it cannot be used yet, if so.

    ``app_password``: the password one signs in with on its pages is refused here. ``copies_itself``: what is sent by
    its server stands in its Sent folder without our doing.
    """

    name: str
    called: str | Promise
    imap_host: str
    smtp_host: str
    domains: tuple[str, ...] = ()
    smtp_port: int = 465
    smtp_tls: str = Tls.AT_ONCE.value
    imap_port: int = 993
    imap_tls: str = Tls.AT_ONCE.value
    app_password: bool = False
    copies_itself: bool = False
    advice: str | Promise = ""
    impossible: str | Promise = ""


STARTTLS = Tls.STARTTLS.value
OWN = "own"

PROVIDERS: tuple[Provider, ...] = (
    Provider(
        "gmail", "Gmail, Google Workspace", "imap.gmail.com", "smtp.gmail.com", ("gmail.com", "googlemail.com"),
        app_password=True, copies_itself=True,
        advice=_(
            "Google wants an app password: switch on 2-Step Verification in your Google account, then search for “App "
            "passwords” there and make one for Courtesy. It has sixteen letters; spaces do not matter. In Google "
            "Workspace an administrator must allow it."
        ),
    ),
    Provider(
        "outlook", "Outlook, Hotmail, Microsoft 365", "outlook.office365.com", "smtp.office365.com",
        (
            "outlook.com", "outlook.at", "outlook.de", "outlook.es", "outlook.fr", "outlook.it", "hotmail.com",
            "hotmail.co.uk", "hotmail.de", "hotmail.es", "hotmail.fr", "hotmail.it", "live.com", "live.co.uk",
            "live.de", "live.fr", "live.it", "live.nl", "msn.com", "windowslive.com",
        ),
        smtp_port=587, smtp_tls=STARTTLS, copies_itself=True,
        impossible=_(
            "Microsoft lets programs in only by its own sign-in page (OAuth), and no longer by a password or an app "
            "password. Courtesy cannot do that yet. What works today: have the mail forwarded to a mailbox at another "
            "provider and connect that one."
        ),
    ),
    Provider(
        "fastmail", "Fastmail", "imap.fastmail.com", "smtp.fastmail.com", ("fastmail.com", "fastmail.fm"),
        app_password=True,
        advice=_(
            "Fastmail wants an app password: Settings, then Privacy & Security, then app passwords; allow it mail "
            "(IMAP and SMTP). The user is your whole address."
        ),
    ),
    Provider(
        "icloud", "iCloud Mail", "imap.mail.me.com", "smtp.mail.me.com", ("icloud.com", "me.com", "mac.com"),
        smtp_port=587, smtp_tls=STARTTLS, app_password=True,
        advice=_(
            "Apple wants an app-specific password: sign in to your Apple account on the web, then Sign-In and "
            "Security, then App-Specific Passwords. If the whole address is refused as the user, try what stands "
            "before the @."
        ),
    ),
    Provider(
        "gmx", "GMX (de, at, ch, net)", "imap.gmx.net", "mail.gmx.net",
        ("gmx.de", "gmx.net", "gmx.at", "gmx.ch", "gmx.eu", "gmx.org", "gmx.info", "gmx.biz"),
        advice=_(
            "Allow IMAP first: in GMX’s mail settings under POP3 & IMAP. With two-factor sign-in GMX wants an "
            "app password, made under the security settings of your account."
        ),
    ),
    Provider(
        "gmx.com", "GMX (com)", "imap.gmx.com", "mail.gmx.com",
        ("gmx.com", "gmx.us", "gmx.co.uk", "gmx.fr", "gmx.es", "gmx.it", "gmx.ca", "gmx.ie", "gmx.pt", "gmx.se"),
        advice=_("Allow IMAP first: in GMX’s mail settings under POP3 & IMAP."),
    ),
    Provider(
        "web.de", "WEB.DE", "imap.web.de", "smtp.web.de", ("web.de",),
        advice=_(
            "Allow IMAP first: in WEB.DE’s mail settings under POP3 & IMAP. With two-factor sign-in WEB.DE wants an "
            "app password, made under the security settings of your account."
        ),
    ),
    Provider(
        "yahoo", "Yahoo Mail", "imap.mail.yahoo.com", "smtp.mail.yahoo.com",
        (
            "yahoo.com", "yahoo.ca", "yahoo.com.au", "yahoo.de", "yahoo.fr", "yahoo.it", "yahoo.es", "yahoo.se",
            "yahoo.co.uk", "ymail.com", "rocketmail.com",
        ),
        app_password=True,
        advice=_("Yahoo wants an app password: Account Info, then Security, then “Generate app password”."),
    ),
    Provider(
        "zoho", "Zoho Mail (com)", "imap.zoho.com", "smtp.zoho.com", ("zohomail.com", "zoho.com"),
        advice=_(
            "Allow IMAP first: in Zoho Mail under Settings, Mail Accounts. With two-factor sign-in Zoho wants an "
            "app-specific password. With a domain of your own the servers are imappro.zoho.com and smtppro.zoho.com."
        ),
    ),
    Provider(
        "zoho.eu", "Zoho Mail (Europe)", "imap.zoho.eu", "smtp.zoho.eu", ("zohomail.eu", "zoho.eu"),
        advice=_(
            "Allow IMAP first: in Zoho Mail under Settings, Mail Accounts. With two-factor sign-in Zoho wants an "
            "app-specific password. With a domain of your own the servers are imappro.zoho.eu and smtppro.zoho.eu."
        ),
    ),
    Provider(
        "mailbox.org", "mailbox.org", "imap.mailbox.org", "smtp.mailbox.org", ("mailbox.org",),
        advice=_(
            "With two-factor sign-in mailbox.org wants an app password, made in its settings under Security. The user "
            "is your main address at mailbox.org, also where the shop’s domain is your own."
        ),
    ),
    Provider(
        "posteo", "Posteo", "posteo.de", "posteo.de", ("posteo.de", "posteo.net", "posteo.at", "posteo.eu"),
        advice=_(
            "Your Posteo password is the right one. If “additional mail account protection” is on, programs like this "
            "one are kept out: switch it off in Posteo’s settings, under My account, Password & Security."
        ),
    ),
    Provider(
        "ionos", "IONOS (com)", "imap.ionos.com", "smtp.ionos.com",
        advice=_("The password is that of the mailbox, not that of your IONOS customer account."),
    ),
    Provider(
        "ionos.de", "IONOS (Germany)", "imap.ionos.de", "smtp.ionos.de", ("online.de", "onlinehome.de"),
        advice=_("The password is that of the mailbox, not that of your IONOS customer account."),
    ),
    Provider(
        "strato", "Strato", "imap.strato.de", "smtp.strato.de",
        advice=_("The password is that of the mailbox, not that of your Strato customer account."),
    ),
    Provider(
        "ovh", "OVHcloud (MX Plan)", "ssl0.ovh.net", "ssl0.ovh.net",
        advice=_("The password is that of the mailbox. With Email Pro or Exchange the server has another name."),
    ),
    Provider(
        OWN, _("Another one, or a server of my own"), "", "", smtp_port=587, smtp_tls=STARTTLS,
        advice=_(
            "Whoever runs the mail server, or your provider’s help pages under “IMAP”, knows these names and ports. "
            "The usual ones are filled in."
        ),
    ),
)  # fmt: skip

_BY_NAME = {one.name: one for one in PROVIDERS}
_BY_DOMAIN = {domain: one for one in PROVIDERS for domain in one.domains}


def provider(name: str) -> Provider:
    """The preset of this name; for any other word, a server of one's own."""
    return _BY_NAME.get(name, _BY_NAME[OWN])


def guessed(address: str, *, name: str = "") -> Provider:
    """The preset for this address, or the one of this ``name`` with its servers.

    Where nobody is known by the address's domain, a server of one's own with the names such servers usually have.
    """
    domain = address.strip().lower().rpartition("@")[2]
    found = _BY_NAME.get(name) or _BY_DOMAIN.get(domain) or _BY_NAME[OWN]
    if found.name == OWN and domain:
        return replace(found, imap_host=f"imap.{domain}", smtp_host=f"smtp.{domain}")
    return found
