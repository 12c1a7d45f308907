"""The languages a shop and its articles can say they use, each called by its own name."""

from django.db import models


class Language(models.TextChoices):
    """A language by its two letters."""

    ENGLISH = "en", "English"
    GERMAN = "de", "Deutsch"
    FRENCH = "fr", "Français"
    SPANISH = "es", "Español"
    ITALIAN = "it", "Italiano"
    PORTUGUESE = "pt", "Português"
    DUTCH = "nl", "Nederlands"
    POLISH = "pl", "Polski"
    SWEDISH = "sv", "Svenska"
    TURKISH = "tr", "Türkçe"
    ARABIC = "ar", "العربية"
    HINDI = "hi", "हिन्दी"
    JAPANESE = "ja", "日本語"
    CHINESE = "zh", "中文"
    RUSSIAN = "ru", "Русский"
    KOREAN = "ko", "한국어"
    THAI = "th", "ไทย"
