"""Every table is as its room’s steps make it; tests make the one of the keys without them."""

from io import StringIO

import pytest
from django.core.management import call_command


@pytest.mark.django_db(databases="__all__")
def test_no_model_has_changed_without_a_step():
    said = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said, no_color=True)
    except SystemExit:
        pytest.fail(said.getvalue())
