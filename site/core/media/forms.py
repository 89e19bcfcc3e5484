"""Where a picture is uploaded: said at the field what is taken, and cleaned before anything is stored."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.forms import FileField
from django.template.defaultfilters import filesizeformat
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.account import AvatarPreferencesForm
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm
from wagtail.images.utils import get_allowed_image_extensions

from core.media.kept_file import KeepsFile
from core.media.metadata import LONGEST_SIDE, OTHER_KIND, clean_picture, clean_upload, pixel_limit

HELP = _(
    "%(formats)s, at most %(size)s and %(pixels)s megapixels. Where and when it was taken is removed. "
    "A large picture is made smaller (%(side)s pixels at most). A moving picture becomes a still one."
)
DESCRIPTION_HELP = _("What the picture shows, for those who cannot see it. Needed, unless it is only decoration.")
AVATAR_SIDE = 400


def what_is_taken(side: int) -> str:
    """The kinds and limits in words. `side`: how long a picture is kept at most, in pixels."""
    return HELP % {
        "formats": ", ".join(get_allowed_image_extensions()).upper(),
        "size": filesizeformat(settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE),
        "pixels": pixel_limit()["limit"],
        "side": side,
    }


class PictureField(WagtailImageField):
    """Gives a clean picture, or says what to do. Its content decides what it is; the ending of its name follows.

    Wagtail's own decodes the whole picture before it looks at its size, and breaks off at one that is cut short.
    """

    default_validators: ClassVar[list[Any]] = []

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.help_text = what_is_taken(LONGEST_SIDE)
        self.error_messages["invalid_image_extension"] = OTHER_KIND

    def to_python(self, data: Any) -> Any:
        file: Any = FileField.to_python(self, data)
        if file is not None:
            clean_upload(file)
        return file


class PictureForm(KeepsFile, BaseImageForm):
    """Wagtail's, on each of its ways: one picture, several at a time, in the chooser, a newer file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("file"):
            self.fields["file"] = PictureField(label=field.label, required=field.required, widget=field.widget)
        if description := self.fields.get("description"):
            description.help_text = DESCRIPTION_HELP
            # A star, but no attribute: browsers and Wagtail's script would ask for words of a decoration, too.
            description.widget.use_required_attribute = lambda initial: False
            self._mark_description(needed=True)

    def full_clean(self) -> None:
        """The model asks for the description, or for the tick instead of it: the field's mark alone asks for one."""
        self._mark_description(needed=False)
        super().full_clean()
        self._mark_description(needed=True)

    def _mark_description(self, *, needed: bool) -> None:
        if description := self.fields.get("description"):
            description.required = needed


class DocumentForm(KeepsFile, BaseDocumentForm):
    """Wagtail's, which does not say what kinds of files it takes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("file"):
            kinds = _("Sound, film, captions or PDF: %(kinds)s.") % {
                "kinds": ", ".join(settings.WAGTAILDOCS_EXTENSIONS).upper()
            }
            field.help_text = format_lazy("{} {}", kinds, field.help_text)


class AvatarForm(AvatarPreferencesForm):
    """The form for a profile picture. Wagtail's account page uses it by a patch (core.patches.wagtail).

    Wagtail's scales an avatar without turning it upright, and keeps what the camera wrote in a small one.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["avatar"].help_text = what_is_taken(AVATAR_SIDE)

    def clean_avatar(self) -> Any:
        file = self.cleaned_data.get("avatar")
        return (
            clean_picture(file, longest_side=AVATAR_SIDE) if isinstance(file, UploadedFile) else self._original_avatar
        )
