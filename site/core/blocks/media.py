"""Pictures, sound and film, with the words that those need who do not see or hear."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    StructBlock,
    StructBlockValidationError,
    StructValue,
    TextBlock,
)
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from core.blocks.choices import LanguageBlock


class NamedImageBlock(ImageBlock):
    """Wagtail names the picture in it "Image" in every language."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.child_blocks["image"].label = _("Picture")


class PictureBlock(StructBlock):
    """A picture with its words."""

    image = NamedImageBlock(label=_("Picture"))
    caption = CharBlock(label=_("Caption"), required=False, max_length=200)

    class Meta:
        icon = "image"
        label = _("Picture")
        group = _("Text and pictures")
        template = "core/blocks/picture.html"
        preview_template = "core/blocks/previews/picture.html"
        layout = "text"
        description = _("Hands, tools, steam, tables. A face only with consent.")

    @cached_property
    def search_index(self) -> bool:
        return True


def _spoken_language() -> LanguageBlock:
    help_text = _("Left empty for music, or where nobody speaks.")
    return LanguageBlock(label=_("The language spoken"), required=False, help_text=help_text)


class _RecordingBlock(StructBlock):
    """A file of our own with its words beside it (WCAG 1.2.1, 1.2.2): nothing is embedded from other hosts."""

    extensions: frozenset[str] = frozenset()

    def clean(self, value: StructValue) -> StructValue:
        cleaned = super().clean(value)
        errors = {}
        if cleaned["file"] and cleaned["file"].file_extension.lower() not in self.extensions:
            kinds = ", ".join(sorted(self.extensions))
            errors["file"] = ValidationError(
                _("Choose a file of one of these kinds: %(kinds)s."), params={"kinds": kinds}
            )
        if not self.is_deferred_validation:
            errors |= self.missing_words(cleaned)
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return cleaned

    def missing_words(self, value: StructValue) -> dict[str, ValidationError]:
        return {}


class SoundBlock(_RecordingBlock):
    """A sound file; the transcript is required."""

    extensions = frozenset({"m4a", "mp3", "ogg", "opus"})

    title = CharBlock(label=_("Title"), max_length=120)
    file = DocumentChooserBlock(label=_("Sound file"), help_text=_("mp3, m4a, ogg or opus. Upload it here first."))
    language = _spoken_language()
    transcript = TextBlock(
        label=_("Transcript"),
        help_text=_("Every word that is said, for those who cannot hear it. For music: what is heard."),
    )

    class Meta:
        icon = "media"
        label = _("Sound")
        group = _("Sound and film")
        template = "core/blocks/sound.html"
        preview_template = "core/blocks/previews/sound.html"
        layout = "aside"
        description = _("A sound file with its transcript.")


class FilmBlock(_RecordingBlock):
    """A film; captions or a transcript are required."""

    extensions = frozenset({"mp4", "webm"})

    title = CharBlock(label=_("Title"), max_length=120)
    file = DocumentChooserBlock(label=_("Film file"), help_text=_("mp4 or webm. Upload it here first."))
    language = _spoken_language()
    captions = DocumentChooserBlock(label=_("Captions"), required=False, help_text=_("A WebVTT file (.vtt)."))
    transcript = TextBlock(
        label=_("Transcript"), required=False, help_text=_("Every word that is said, and what is seen.")
    )

    class Meta:
        icon = "media"
        label = _("Film")
        group = _("Sound and film")
        template = "core/blocks/film.html"
        preview_template = "core/blocks/previews/film.html"
        description = _("A film with captions or a transcript.")

    def missing_words(self, value: StructValue) -> dict[str, ValidationError]:
        if value["captions"] and value["captions"].file_extension.lower() != "vtt":
            return {"captions": ValidationError(_("Captions are a WebVTT file: its name ends in .vtt."))}
        if value["captions"] and not value["language"]:
            return {"language": ValidationError(_("Choose the language of the captions."))}
        if not (value["captions"] or value["transcript"]):
            text = _("Add captions or a transcript, so that those who cannot hear can follow.")
            return {"transcript": ValidationError(text)}
        return {}
