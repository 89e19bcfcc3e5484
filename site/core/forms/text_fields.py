"""Text fields of the admin's forms: what editors paste is tidied, and a name that nobody can see is missing.

Registered for every form that Wagtail's admin makes of a model (pages, snippets, settings), and for the text blocks of
stories, which make their fields themselves.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db import models
from wagtail.admin.forms.auth import LoginForm as WagtailLoginForm
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.blocks import CharBlock, TextBlock

from core.languages import characters


class LineField(forms.CharField):
    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return (characters.line(text) or self.empty_value) if isinstance(text, str) else text


class WordsField(forms.CharField):
    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return (characters.words(text) or self.empty_value) if isinstance(text, str) else text


class UserNameField(forms.CharField):
    def to_python(self, value: Any) -> str:
        return characters.bare(super().to_python(value) or "")


class LoginForm(WagtailLoginForm):
    """A user name copied out of a mail brings more along than one sees."""

    username = UserNameField(max_length=254, widget=forms.TextInput())


def register() -> None:
    """Called once, when the site starts.

    Only for these classes themselves: a slug or an address is checked by a field of its own.
    """
    line, words = {"form_class": LineField}, {"form_class": WordsField, "widget": AdminAutoHeightTextInput}
    register_form_field_override(models.CharField, override=line, exact_class=True)
    register_form_field_override(models.TextField, override=words, exact_class=True)
    _tidy_block(CharBlock, characters.line)
    _tidy_block(TextBlock, characters.words)


def _tidy_block(block_class: type[Any], tidy: Callable[[str], str]) -> None:
    theirs = block_class.clean

    def clean(self: Any, value: Any) -> Any:
        return theirs(self, tidy(value) if isinstance(value, str) else value)

    block_class.clean = clean
