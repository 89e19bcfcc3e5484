"""The form to log in by (setting WAGTAILADMIN_USER_LOGIN_FORM)."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from wagtail.admin.forms.auth import LoginForm as WagtailLoginForm

from core.languages import characters


class UserNameField(forms.CharField):
    def to_python(self, value: Any) -> str:
        return characters.bare(super().to_python(value) or "")


class LoginForm(WagtailLoginForm):
    """A user name copied out of a mail brings more along than one sees."""

    username = UserNameField(max_length=254, widget=forms.TextInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """With a label in the reader's language: Wagtail's field has none, and Django makes one of its name."""
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")
