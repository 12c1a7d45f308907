"""What a browser says about a passkey, read with care: it is somebody else's text until it is proved.

allauth and the library below it expect a well-formed answer and stumble over others in several ways; here each of
those is an answer that is not right, and no error of ours.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError

NAME_LENGTH = 40


@contextmanager
def _with_care() -> Iterator[None]:
    try:
        yield
    except ValidationError:
        raise
    except (LookupError, TypeError, ValueError, AttributeError, AssertionError, RecursionError):
        raise get_adapter().validation_error("incorrect_code") from None


class Said(forms.JSONField):
    """What the browser said; nested a thousand times over, it says nothing."""

    def to_python(self, value: Any) -> Any:
        """The object. Raises ValidationError where it is none."""
        try:
            return super().to_python(value)
        except RecursionError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


def _said() -> Said:
    return Said(widget=forms.HiddenInput)


class _Answer:
    """Stands before a form that takes an answer to the question for a passkey."""

    def clean_credential(self) -> Any:
        """The passkey it proves. Raises ValidationError for whatever proves none."""
        with _with_care():
            return super().clean_credential()  # type: ignore[misc]


class SecondStepForm(_Answer, AuthenticateWebAuthnForm):
    """A passkey instead of the code."""

    credential = _said()


class ComeInForm(_Answer, LoginWebAuthnForm):
    """A passkey instead of everything."""

    credential = _said()


class AgainForm(_Answer, ReauthenticateWebAuthnForm):
    """A passkey once more."""

    credential = _said()


class AddForm(AddWebAuthnForm):
    """A new passkey and what it is called."""

    credential = _said()

    def clean(self) -> Any:
        """The new passkey, proved. Raises ValidationError for whatever proves none."""
        with _with_care():
            return super().clean()

    def clean_name(self) -> str:
        """What it is called, cut where a page would break."""
        return str(super().clean_name())[:NAME_LENGTH]


class RenameForm(EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].max_length = NAME_LENGTH
        self.fields["name"].widget.attrs["maxlength"] = NAME_LENGTH

    def clean_name(self) -> str:
        """The name, cut where a page would break."""
        return str(self.cleaned_data["name"])[:NAME_LENGTH]
