"""Where a picture is uploaded: said at the field what is taken, and cleaned before anything is stored."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.forms import FileField
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.account import AvatarPreferencesForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm
from wagtail.images.utils import get_allowed_image_extensions

from core.media.metadata import LONGEST_SIDE, OTHER_KIND, clean_picture, clean_upload, pixel_limit

HELP = _(
    "%(formats)s, at most %(size)s and %(pixels)s megapixels. Where and when it was taken is removed. "
    "A large picture is made smaller (%(side)s pixels at most). A moving picture becomes a still one."
)
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


class PictureForm(BaseImageForm):
    """Wagtail's, on each of its ways: one picture, several at a time, in the chooser, a newer file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("file"):
            self.fields["file"] = PictureField(label=field.label, required=field.required, widget=field.widget)


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
