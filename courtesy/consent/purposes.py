"""What we may want to do with what we know about somebody, and what each rests on unless they say otherwise."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    """Why something about a person is used."""

    SERVICE = "service", _("Answering them")
    IMPROVE = "improve", _("Learning from their messages and orders")
    PERSONAL = "personal", _("Knowing what they like")
    OUTREACH = "outreach", _("Writing to them first")
    FAIRNESS = "fairness", _("Checking that everybody is treated alike")


class Basis(models.TextChoices):
    """The legal ground a use stands on."""

    CONTRACT = "contract", _("contract")
    LEGITIMATE_INTEREST = "legitimate interest", _("legitimate interest")
    CONSENT = "consent", _("consent")


class Answer(models.TextChoices):
    """What a person said about a purpose."""

    YES = "yes", _("yes")
    NO = "no", _("no")
    OBJECTION = "objection", _("objection")


DEFAULT_BASES: dict[Purpose, Basis] = {
    Purpose.SERVICE: Basis.CONTRACT,
    Purpose.IMPROVE: Basis.LEGITIMATE_INTEREST,
    Purpose.PERSONAL: Basis.LEGITIMATE_INTEREST,
    Purpose.OUTREACH: Basis.CONSENT,
    Purpose.FAIRNESS: Basis.CONSENT,
}
# What somebody refuses who wants to be served and nothing else.
BEYOND_SERVICE = tuple(purpose for purpose in Purpose if purpose is not Purpose.SERVICE)
