"""A form with a file that is refused for another field keeps the file: a browser forgets it with each answer."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.forms import CharField, Form, HiddenInput
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.models import UploadedFile as Waiting


class KeepsFile(Form):
    """Base of a form whose field `file` is uploaded by `user`.

    The file waits as one of Wagtail's `UploadedFile`s, of this user and this kind only; a hidden field names it. What
    is not used is deleted within a day (core.media.uploads.clear_abandoned).
    """

    KEPT = "kept_file"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.user = kwargs.get("user")
        super().__init__(*args, **kwargs)
        if self.user and "file" in self.fields:
            self.fields[self.KEPT] = CharField(widget=HiddenInput, required=False)
            # The form asks, and knows of a file that waits; browsers and Wagtail's script do not.
            self.fields["file"].widget.use_required_attribute = lambda initial: False
            if self.is_bound:
                self._take_kept_file()

    def full_clean(self) -> None:
        super().full_clean()
        # Not where Wagtail keeps the file itself: several at a time.
        if self.is_bound and self.errors and self.add_prefix(self.KEPT) in self.data:
            self._keep_file()

    def _take_kept_file(self) -> None:
        """Put the file that waits where a newly chosen one would be, unless there is one."""
        number = self.data.get(self.add_prefix(self.KEPT), "")
        name = self.add_prefix("file")
        waiting = self._waiting().filter(pk=number).first() if number.isdecimal() and len(number) < 19 else None
        if waiting and name not in self.files:
            with waiting.file.open() as file:
                self.files = self.files.copy()
                self.files[name] = SimpleUploadedFile(waiting.file.name.rpartition("/")[2], file.read())

    def _keep_file(self) -> None:
        """Store the file of a form that has errors, none of them at the file, and say so beside the field."""
        file = self.cleaned_data.get("file")
        if "file" in self.errors or not isinstance(file, UploadedFile):
            return
        file.seek(0)
        content_type = ContentType.objects.get_for_model(self._meta.model)  # type: ignore[attr-defined]
        waiting = Waiting.objects.create(file=file, uploaded_by_user=self.user, for_content_type=content_type)
        data: Any = self.data
        self.data = data = data.copy()
        data[self.add_prefix(self.KEPT)] = str(waiting.pk)
        text = _("“%(name)s” is kept. You do not need to choose it again.") % {"name": file.name}
        self["file"].help_text = format_html("<strong>{}</strong> {}", text, self["file"].help_text)

    def _waiting(self) -> Any:
        content_type = ContentType.objects.get_for_model(self._meta.model)  # type: ignore[attr-defined]
        return Waiting.objects.filter(uploaded_by_user=self.user, for_content_type=content_type)
