"""What may be said to a customer about their own order, by code: where it is, when it comes, its parcel's number.

No model has a part in it. A letter that asks where an order is, in a way that one of the rules below knows, is told
what the records say of the order it names, or of the one order that is under way; a letter that could mean several
orders is told nothing. The rule that was met also says the language of the sentence.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone, translation
from django.utils.formats import date_format

from courtesy.conversations.models import Message
from courtesy.people import queries as people
from courtesy.records import queries as records
from courtesy.records.models import Order
from courtesy.records.queries import OrderState
from courtesy.web.money import money

MOST = 50
"""Orders that are looked at, the newest: whoever asks where one is did not place it years ago."""

UNDER_WAY = {Order.State.PLACED, Order.State.PAID, Order.State.SENT}

ASKS = {
    "en": r"""\bwhere(?:'s|’s|\ is|\ are|\ has)\b.{0,40}\b(?:orders?|parcels?|package|delivery|things?|stuff)\b
        | \b(?:has|have|had|did|does|is|was)(?:\ not|n['’]t)\b.{0,30}
            \b(?:arrived?|come|turned\ up|shown\ up|here|delivered)
        | \b(?:never|not)\ (?:yet\ )?(?:arrived|come|turned\ up|been\ delivered|received)
        | \bstill\ (?:waiting|no\ sign|not\ here|nothing)
        | \bwhen\ (?:will|does|is|can|should)\b.{0,40}\b(?:arrive|come|here|get|be\ delivered|ship|leave)
        | \b(?:has|have|did|was|is)\b.{0,30}\b(?:shipped|sent|dispatched|left|on\ its\ way|delivered)\b.{0,30}\?
        | \btracking\b | \b(?:late|overdue)\b.{0,30}\b(?:order|parcel|package|delivery)\b
        | \b(?:order|parcel|package|delivery)\b.{0,40}\b(?:late|overdue|lost|missing|stuck)\b""",
    "de": r"""\bwo\ (?:ist|sind|bleibt|bleiben|steckt)\b.{0,40}\b(?:bestellung|paket|sendung|lieferung|päckchen|ware)
        | \b(?:noch\ )?(?:nicht|nichts)\ (?:da|angekommen|erhalten|bekommen|eingetroffen|geliefert)
        | \bwarte\ (?:noch\ |immer\ noch\ |schon\ )
        | \bwann\ (?:kommt|kommen|wird|werden|geht|trifft)\b.{0,40}\b(?:bestellung|paket|sendung|lieferung|an|geliefert)
        | \b(?:schon|bereits)\ (?:verschickt|versandt|versendet|unterwegs|losgeschickt|raus)\b
        | \bsendungs(?:nummer|verfolgung|status)""",
    "fr": r"""\boù\ (?:est|sont|en\ est|se\ trouve)\b.{0,40}\b(?:commande|colis|livraison|paquet)
        | \b(?:pas|rien|jamais)\ (?:encore\ )?(?:été\ )?(?:arrivée?s?|reçue?s?|livrée?s?)\b | \btoujours\ (?:pas|rien)
        | \bquand\b.{0,60}\b(?:arriv\w+|livr\w+|recev\w+|expédi\w+)
        | \b(?:numéro\ de\ suivi|suivi\ (?:du|de\ mon)\ colis) | \bdéjà\ (?:partie?|expédiée?|envoyée?)""",
    "es": r"""\bdónde\ (?:está|están|anda|se\ encuentra)\b.{0,40}\b(?:pedido|paquete|envío|entrega)
        | \b(?:aún|todavía)\ no\b.{0,30}\b(?:llega\w*|recib\w+) | \bno\ (?:me\ )?(?:ha|han)\ llegado
        | \bcuándo\b.{0,60}\b(?:lleg\w+|recib\w+|env[ií]\w+|entreg\w+)
        | \b(?:número\ de\ seguimiento|seguimiento\ (?:del|de\ mi)) | \bya\ (?:ha\ salido|está\ enviado|enviado)""",
}
_ASKS = {code: re.compile(pattern, re.IGNORECASE | re.VERBOSE | re.DOTALL) for code, pattern in ASKS.items()}

SAYS = {
    "en": {
        "sent": "Your order {number} left us on {sent}.",
        "sent, no day": "Your order {number} has left us.",
        "promised": "It should be with you on {promised}.",
        "late": "It should have been with you on {promised}; by our records it has not arrived yet, and we are sorry.",
        "parcel": "Its parcel number with {carrier} is {tracking}.",
        "waiting": "Your order {number} of {placed} has not left us yet.",
        "arrived": "By our records your order {number} arrived on {arrived}.",
        "arrived, no day": "By our records your order {number} has arrived.",
        "cancelled": "Your order {number} of {placed} is cancelled.",
        "refunded": "For your order {number} we gave back {amount} on {refunded}.",
    },
    "de": {
        "sent": "Ihre Bestellung {number} hat uns am {sent} verlassen.",
        "sent, no day": "Ihre Bestellung {number} hat uns verlassen.",
        "promised": "Sie sollte am {promised} bei Ihnen sein.",
        "late": "Sie hätte am {promised} bei Ihnen sein sollen; nach unseren Unterlagen ist sie noch nicht angekommen,"
        " und das tut uns leid.",
        "parcel": "Die Sendungsnummer bei {carrier} ist {tracking}.",
        "waiting": "Ihre Bestellung {number} vom {placed} hat uns noch nicht verlassen.",
        "arrived": "Nach unseren Unterlagen ist Ihre Bestellung {number} am {arrived} angekommen.",
        "arrived, no day": "Nach unseren Unterlagen ist Ihre Bestellung {number} angekommen.",
        "cancelled": "Ihre Bestellung {number} vom {placed} ist storniert.",
        "refunded": "Für Ihre Bestellung {number} haben wir am {refunded} {amount} erstattet.",
    },
    "fr": {
        "sent": "Votre commande {number} est partie de chez nous le {sent}.",
        "sent, no day": "Votre commande {number} est partie de chez nous.",
        "promised": "Elle devrait être chez vous le {promised}.",
        "late": "Elle aurait dû être chez vous le {promised} ; d’après nos registres, elle n’est pas encore arrivée,"
        " et nous en sommes désolés.",
        "parcel": "Son numéro de suivi chez {carrier} est {tracking}.",
        "waiting": "Votre commande {number} du {placed} n’est pas encore partie de chez nous.",
        "arrived": "D’après nos registres, votre commande {number} est arrivée le {arrived}.",
        "arrived, no day": "D’après nos registres, votre commande {number} est arrivée.",
        "cancelled": "Votre commande {number} du {placed} est annulée.",
        "refunded": "Pour votre commande {number}, nous avons remboursé {amount} le {refunded}.",
    },
    "es": {
        "sent": "Su pedido {number} salió de nuestra tienda el {sent}.",
        "sent, no day": "Su pedido {number} ha salido de nuestra tienda.",
        "promised": "Debería llegarle el {promised}.",
        "late": "Debería haberle llegado el {promised}; según nuestros registros aún no ha llegado, y lo sentimos.",
        "parcel": "Su número de seguimiento con {carrier} es {tracking}.",
        "waiting": "Su pedido {number} del {placed} aún no ha salido de nuestra tienda.",
        "arrived": "Según nuestros registros, su pedido {number} llegó el {arrived}.",
        "arrived, no day": "Según nuestros registros, su pedido {number} ha llegado.",
        "cancelled": "Su pedido {number} del {placed} está cancelado.",
        "refunded": "Por su pedido {number} devolvimos {amount} el {refunded}.",
    },
}
DAY = {"en": "j F", "de": "j. F", "fr": "j F", "es": r"j \d\e F"}


@dataclass(frozen=True)
class Fact:
    """What the records say of one order, as sentences for its customer."""

    order_id: int
    number: str
    sentences: tuple[str, ...]


def of_sender(message: Message) -> tuple[Fact, ...]:
    """What to say to whoever wrote this message about their own orders, under whatever record they placed them."""
    words = f"{message.thread.subject}\n{message.body}"
    if message.person is None or not asks_in(words):
        return ()
    known = people.customer(message.person.pk, known=message.person)
    orders = records.orders_of(known.ids, at=message.at, limit=MOST) if known else []
    return facts_for(words, orders)


def facts_for(text: str, orders: Sequence[OrderState]) -> tuple[Fact, ...]:
    """What to say of these orders to the customer who placed them and writes this; nothing where it is not asked."""
    language = asks_in(text)
    if not language:
        return ()
    return tuple(Fact(one.id, one.number, sentences(one, language)) for one in meant(text, orders))


def asks_in(text: str) -> str:
    """The language in which this asks where an order is; empty where no rule of any language says so.

    >>> asks_in("Where is my order?"), asks_in("Wo bleibt mein Paket?"), asks_in("Do you sell teapots?")
    ('en', 'de', '')
    """
    return next((code for code, asks in _ASKS.items() if asks.search(text)), "")


def meant(text: str, orders: Sequence[OrderState]) -> list[OrderState]:
    """The orders that the letter names, two at most; else the only one that is under way, or the only late one."""
    words = set(re.findall(r"[\w-]+", text.upper()))
    named = [one for one in orders if one.number.upper() in words]
    if named:
        return named[:2]
    under_way = [one for one in orders if one.state in UNDER_WAY]
    late = [one for one in under_way if one.late]
    for several in (under_way, late):
        if len(several) == 1:
            return several
    return []


def sentences(order: OrderState, language: str) -> tuple[str, ...]:
    """What the records say of an order, in this language ("en", "de", "fr", "es")."""
    says, parcel = SAYS[language], order.delivery
    with translation.override(language):
        told = {
            "number": order.number,
            "placed": _day(order.placed_at, language),
            "sent": _day(parcel.shipped_at if parcel else None, language),
            "arrived": _day(parcel.arrived_at if parcel else None, language),
            "promised": _day(parcel.promised_on if parcel else None, language),
            "carrier": parcel.carrier if parcel else "",
            "tracking": parcel.tracking if parcel else "",
        }
        if order.returned:
            last = order.returned[-1]
            told |= {"amount": money(last.amount, last.currency), "refunded": _day(last.at, language)}
    return tuple(says[name].format(**told) for name in _which(order, told))


def _which(order: OrderState, told: dict[str, str]) -> Iterable[str]:
    """Which sentences hold of this order, in their order."""
    state = order.state
    if state == Order.State.CANCELLED:
        yield "cancelled"
    elif state == Order.State.ARRIVED or told["arrived"]:
        yield "arrived" if told["arrived"] else "arrived, no day"
    elif state == Order.State.SENT or told["sent"]:
        yield "sent" if told["sent"] else "sent, no day"
    elif state in UNDER_WAY:
        yield "waiting"
    if state in UNDER_WAY and not told["arrived"]:
        if told["promised"]:
            yield "late" if order.late else "promised"
        if told["tracking"] and told["carrier"]:
            yield "parcel"
    if order.returned:
        yield "refunded"


def _day(when: datetime | date | None, language: str) -> str:
    if when is None:
        return ""
    return date_format(timezone.localtime(when) if isinstance(when, datetime) else when, DAY[language])
