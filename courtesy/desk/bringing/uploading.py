"""A file that is handed in goes onto the disk sealed, as it comes: no piece of it ever lies there open."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.db.models import Model
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from courtesy.privacy import keys, sealed_files
from courtesy.privacy.sealed_files import Writing

WHOLE = "whole"
"""A field behind the file in the form: where it is missing, the line broke before the end."""


def sealed(
    request: HttpRequest, taken: "Callable[[HttpRequest, SealedUpload], HttpResponse]", *, kept_as: type[Model]
) -> HttpResponse:
    """Take the one file of a form, sealed as it comes. ``taken`` answers; where it made no row of ``kept_as`` under the
    file's number, nothing of the file stays."""
    number = uuid4()
    upload = SealedUpload(request, number, keys.new(holder=number, at=now()))
    request.upload_handlers = [upload]
    answer = taken(request, upload)
    if not kept_as._default_manager.filter(pk=number).exists():
        sealed_files.delete(number)
        keys.destroy(number, at=now())
    return answer


def came_whole(request: HttpRequest, upload: "SealedUpload", form: Form) -> bool:
    """Whether the file is all here; where it is not, the form says so."""
    whole = upload.finished and WHOLE in request.POST
    if not whole:
        form.add_error("file", _("No file came, or the line broke before its end. Choose it again."))
    return whole


class SealedUpload(FileUploadHandler):
    """Seals the one file of a form under this number."""

    def __init__(self, request: HttpRequest, number: UUID, key_id: UUID) -> None:
        super().__init__(request)
        self.number, self.key_id = number, key_id
        self.writing: Writing | None = None
        self.finished = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """The first one counts."""
        super().new_file(*args, **kwargs)
        if self.writing is None:
            self.writing = sealed_files.write(self.number, key_id=self.key_id)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """A piece more."""
        if self.writing is not None and not self.finished:
            self.writing.add(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """It is all here. What Django is given knows its name and size, and no bytes."""
        if self.writing is None or self.finished:
            return None
        self.writing.finish()
        self.finished = True
        return UploadedFile(None, self.file_name, self.content_type, file_size)

    def upload_interrupted(self) -> None:
        """Nothing of it stays."""
        if self.writing is not None and not self.finished:
            self.writing.give_up()
