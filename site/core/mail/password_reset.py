"""The form to ask for a new password (setting WAGTAILADMIN_USER_PASSWORD_RESET_FORM)."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from wagtail.admin.forms.auth import PasswordResetForm as WagtailPasswordResetForm

from core.mail.placeholders import placeholder


class PlaceholderTokens:
    """In the place of Django's token generator: its token is made when the mail is sent."""

    def make_token(self, user: AbstractBaseUser) -> str:
        return placeholder("password", user.pk)


class PasswordResetForm(WagtailPasswordResetForm):
    """Wagtail's form, whose mail has no secret while it is in the outbox."""

    def save(self, **options: Any) -> None:
        super().save(**{**options, "token_generator": PlaceholderTokens()})
