"""Which thread a message belongs to: signed hints we handed out ourselves, never what a message claims."""

from django.core.signing import BadSignature, Signer

from courtesy.conversations.models import Thread


def _signer() -> Signer:
    return Signer(salt="courtesy.conversations.thread", sep=".")


def hint_for(thread: Thread) -> str:
    """A signed text that leads a later arrival into this thread (`Arrival.thread_hint`)."""
    return _signer().sign(f"{thread.pk}-{thread.reader_salt}")


def thread_of(hint: str) -> Thread | None:
    """The thread a hint was made for; None for no hint, a forged one, or one whose salt was changed since."""
    if not hint:
        return None
    try:
        number, _, salt = _signer().unsign(hint).partition("-")
    except BadSignature:
        return None
    return Thread.objects.filter(pk=int(number), reader_salt=salt).first()
