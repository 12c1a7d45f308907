"""A file that is handed in goes onto the disk sealed, as it comes: no piece of it ever lies there open."""

from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

from courtesy.privacy import sealed_files
from courtesy.privacy.sealed_files import Writing

WHOLE = "whole"
"""A field behind the file in the form: where it is missing, the line broke before the end."""


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
