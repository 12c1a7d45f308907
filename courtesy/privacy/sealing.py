"""Sealed fields: stored as AES-GCM under the key of one person, bound to their row and column, opened when read.

    class Handle(SealedRow):
        id = models.UUIDField(primary_key=True, default=uuid.uuid4)
        key_id = models.UUIDField()
        value = SealedTextField(index="value_index")
        value_index = models.BinaryField(max_length=32)

`handle.value` is the clear text; everything careless (repr, logs, `values()`, a pickled row) sees [SEALED]. `update()`,
`bulk_update()` and `filter()` raise, because the database cannot do to a sealed text what they ask.
"""

import hmac
import unicodedata
from collections.abc import Iterable
from hashlib import sha256
from secrets import token_bytes
from typing import Any, Never
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.lookups import IsNull
from django.db.models.query_utils import DeferredAttribute

from courtesy.privacy import keys

VERSION = b"\x01"
NONCE_BYTES = 12


class NotPossibleSealed(FieldError):
    """The database was asked to compare, compute or write a sealed text in bulk."""


class SealBroken(Exception):
    """A sealed text was changed, or moved here from another row or column. It is not opened."""


def blind_index(value: str, purpose: str) -> bytes:
    """A keyed digest under which a sealed text is found again by somebody who knows it; equal for equal text.

    ``value`` is taken as it is: normalize first. ``purpose`` keeps the digests of two columns apart.
    """
    return blind_indexes([value], purpose)[0]


def blind_indexes(values: Iterable[str], purpose: str) -> list[bytes]:
    """Many blind indexes with the house's key fetched once."""
    column_key = hmac.digest(keys.of(keys.HOUSE), b"blind index\0" + purpose.encode(), sha256)
    return [hmac.digest(column_key, unicodedata.normalize("NFC", value).encode(), sha256) for value in values]


class Sealed:
    """What a sealed field really holds: closed bytes from the database, or a clear value on its way there.

    Prints as [SEALED] wherever it turns up, and cannot be pickled.
    """

    __slots__ = ("_clear", "_stored")

    def __init__(self, *, stored: bytes | None = None, clear: Any = None) -> None:
        self._stored = stored
        self._clear = clear

    def __repr__(self) -> str:
        return "[SEALED]"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return "[SEALED]"

    def __reduce_ex__(self, protocol: Any) -> Never:
        raise TypeError("A sealed value is not pickled: a cache or a queue is no place for it.")

    def __copy__(self) -> "Sealed":
        return Sealed(stored=self._stored, clear=self._clear)

    def __deepcopy__(self, memo: Any) -> "Sealed":
        return self.__copy__()


class Ciphertext(bytes):
    """Bytes that `pre_save` sealed: the only ones a sealed column takes."""


class SealedAttribute(DeferredAttribute):
    """Opens when read, once; remembers what is set until it is saved."""

    field: "SealedField"

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        held = super().__get__(instance, cls)
        if not isinstance(held, Sealed):
            return held
        if held._clear is None and held._stored is not None and instance is not None:
            held._clear = self.field.open(held._stored, instance)
        return held._clear

    def __set__(self, instance: models.Model, value: Any) -> None:
        wrapped = value if value is None or isinstance(value, Sealed) else Sealed(clear=self.field.checked(value))
        instance.__dict__[self.field.attname] = wrapped


def is_blank(row: models.Model, name: str) -> bool:
    """Whether nothing stands in this sealed field; neither it nor its key is opened for that."""
    held = row.__dict__[name] if name in row.__dict__ else getattr(row, name)
    return not (held._stored or held._clear if isinstance(held, Sealed) else held)


class SealedField(models.BinaryField):
    """The shared part of both sealed fields. ``name_in_seal`` stays what it was when a model or field is renamed."""

    is_sealed = True
    descriptor_class = SealedAttribute
    clear_type: type = bytes
    empty_values: Any = [None, b"", ""]

    def __init__(self, *args: Any, index: str | None = None, name_in_seal: str = "", **kwargs: Any) -> None:
        self.index = index
        self.name_in_seal = name_in_seal
        super().__init__(*args, **kwargs)

    # What Django asks a field

    def _check_str_default_value(self) -> list[Any]:
        return []

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        """Closed bytes; the row that opens them is not known here."""
        return None if value is None else Sealed(stored=bytes(value))

    def to_python(self, value: Any) -> Any:
        """Forms and checks hand in clear values; they stay as they are."""
        return value

    def pre_save(self, model_instance: models.Model, add: bool) -> Ciphertext | None:
        """What goes into the database; the blind index is set on the row at the same time."""
        self.write_index(model_instance)
        held = model_instance.__dict__.get(self.attname)
        if held is None:
            return None
        if not isinstance(held, Sealed):
            held = Sealed(clear=held)
        if held._stored is not None and not add:
            return Ciphertext(held._stored)
        if held._stored is not None:
            raise SealBroken(f"{self.model.__name__}: a copied row needs its sealed fields set anew.")
        return self.close(held._clear, model_instance)

    def get_prep_value(self, value: Any) -> Any:
        """Sealed bytes pass, and nothing else but an empty text that has no index to go with it."""
        if value is None or isinstance(value, Ciphertext) or (value in ("", b"") and not self.index):
            return value
        raise NotPossibleSealed(f"{self.name} is sealed: set it on a row and save that row.")

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """As the database's driver wants bytes."""
        value = value if prepared else self.get_prep_value(value)
        return None if value is None else connection.Database.Binary(bytes(value) if value else b"")

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> str:
        """Refuses expressions: the database cannot compute a sealed text."""
        if hasattr(value, "as_sql"):
            raise NotPossibleSealed(f"{self.name} is sealed: the database cannot compute it.")
        return "%s"

    def get_lookup(self, lookup_name: str) -> Any:
        """Only "is it there at all" can be asked."""
        if lookup_name == "isnull":
            return IsNull
        raise NotPossibleSealed(f"{self.name} is sealed: look it up by its blind index.")

    def get_transform(self, lookup_name: str) -> Never:
        """Refused."""
        raise NotPossibleSealed(f"{self.name} is sealed: look it up by its blind index.")

    def value_to_string(self, obj: models.Model) -> str:
        """Refused: a dump of the tables would carry the clear text."""
        raise NotPossibleSealed(f"{self.name} is sealed and not written into dumps.")

    # Closing and opening

    def checked(self, value: Any) -> Any:
        """The clear value, if it is of the right type. Raises TypeError otherwise, without showing it."""
        if not isinstance(value, self.clear_type):
            raise TypeError(f"{self.name} takes {self.clear_type.__name__}, not {type(value).__name__}.")
        return value

    def write_index(self, row: models.Model) -> None:
        """Set the blind index of a value that was set; one that came from the database has its index already."""
        held = row.__dict__.get(self.attname)
        if self.index and (held is None or (isinstance(held, Sealed) and held._stored is None)):
            value = held._clear if held else ""
            setattr(row, self.index, blind_index(value, self.column_name) if value else None)

    @property
    def column_name(self) -> str:
        """The constant name of table and column that the seal is bound to; never the table's name in the database."""
        return self.name_in_seal or f"{self.model._meta.label_lower}.{self.attname}"

    def close(self, value: Any, row: models.Model) -> Ciphertext:
        """The value sealed for this row. An empty one is stored as empty, so that blank needs no key."""
        clear = self.checked(value).encode() if self.clear_type is str else bytes(self.checked(value))
        if not clear:
            return Ciphertext(b"")
        nonce = token_bytes(NONCE_BYTES)
        box = AESGCM(keys.of(_key_id(row)))
        return Ciphertext(VERSION + nonce + box.encrypt(nonce, clear, self._bound_to(row)))

    def open(self, stored: bytes, row: models.Model) -> Any:
        """The clear value. Raises SealBroken where it was changed or moved, KeyGone where its key was destroyed."""
        if not stored:
            return self.clear_type()
        box = AESGCM(keys.of(_key_id(row)))
        if stored[:1] != VERSION:
            raise SealBroken(f"{self.column_name} does not hold a sealed value.")
        nonce, rest = stored[1 : 1 + NONCE_BYTES], stored[1 + NONCE_BYTES :]
        try:
            clear = box.decrypt(nonce, rest, self._bound_to(row))
        except (InvalidTag, ValueError):
            raise SealBroken(f"{self.column_name} was changed, or moved here from elsewhere.") from None
        return clear.decode() if self.clear_type is str else clear

    def _bound_to(self, row: models.Model) -> bytes:
        number = row.pk if isinstance(row.pk, UUID) else UUID(str(row.pk))
        return self.column_name.encode() + b"\0" + number.bytes


def _key_id(row: models.Model) -> UUID:
    key_id = row.__dict__.get("key_id") or getattr(row, "key_id", None)
    if key_id is None:
        raise keys.KeyGone(f"This {type(row).__name__} has no key.")
    return key_id if isinstance(key_id, UUID) else UUID(str(key_id))


class SealedTextField(SealedField):
    """A text that only this row's key opens; reading the attribute gives a ``str``."""

    clear_type = str
    _pyi_private_set_type: str
    _pyi_private_get_type: str  # type: ignore[assignment]


class SealedBytesField(SealedField):
    """Bytes that only this row's key opens; reading the attribute gives ``bytes``."""

    clear_type = bytes
    _pyi_private_set_type: bytes
    _pyi_private_get_type: bytes


class SealedRow(models.Model):
    """What a model with a blind index stands on: the index is written whenever its field is, also alone."""

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Save; with ``update_fields`` the blind index of each sealed field among them is saved too."""
        if update_fields is not None:
            named = set(update_fields)
            indexes = {f.index for f in self._meta.fields if isinstance(f, SealedField) and f.index and f.name in named}
            update_fields = named | indexes
        for field in self._meta.fields:
            # Before Django walks the fields: the index may stand above the text it belongs to.
            if isinstance(field, SealedField) and field.attname in self.__dict__:
                field.write_index(self)
        super().save(*args, update_fields=update_fields, **kwargs)
