"""Privacy's place among the apps; its checks run with Django's own."""

from django.apps import AppConfig
from django.core.checks import register


class PrivacyConfig(AppConfig):
    """Registers the checks that find undeclared fields; `courtesy` runs all checks before it opens a socket."""

    name = "courtesy.privacy"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the checks. They are imported here because they need the models, which exist only now."""
        from courtesy.privacy import checks  # noqa: PLC0415

        register(checks.every_field_is_declared, "courtesy")
        register(checks.sealed_fields_stand_on_sealed_rows, "courtesy")
        register(checks.registers_stay_as_written, "courtesy")
