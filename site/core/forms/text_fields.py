"""Text fields of forms: what people paste is tidied, and a name of invisible characters is missing.

Visitors' forms build on them. Registered for every form that Wagtail's admin makes of a model (pages, snippets,
settings). The text blocks of stories make their fields themselves: core.patches.wagtail.
"""

from typing import Any

from django import forms
from django.db import models
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminAutoHeightTextInput

from core.languages import characters


class LineField(forms.CharField):
    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return (characters.line(text) or self.empty_value) if isinstance(text, str) else text


class WordsField(forms.CharField):
    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return (characters.words(text) or self.empty_value) if isinstance(text, str) else text


def register() -> None:
    """Called once, when the site starts.

    Only for these classes themselves: a slug or an address is checked by a field of its own.
    """
    line, words = {"form_class": LineField}, {"form_class": WordsField, "widget": AdminAutoHeightTextInput}
    register_form_field_override(models.CharField, override=line, exact_class=True)
    register_form_field_override(models.TextField, override=words, exact_class=True)
