"""The image, rendition and document models."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, Image

from core.media.in_use import InUse
from core.media.memory import working_on_picture
from core.media.pictures import PictureFieldFile, check_writable, source_image_errors
from core.media.uploads import interchangeable_suffixes, matches_suffix


class CustomImage(AbstractImage):
    """A picture with alternative text, photographer and rights."""

    # Not `decorative`: Wagtail sets an attribute of that name on every image as it loads.
    is_decorative = models.BooleanField(
        _("only decoration"),
        default=False,
        help_text=_("Tick if the picture says nothing that the text does not. Screen readers then skip it."),
    )
    photographer = models.CharField(_("photographer"), max_length=120, blank=True)
    rights = models.CharField(
        _("rights"),
        max_length=200,
        blank=True,
        help_text=_("How we may use it: our own picture, lent by the host, or the name of a licence."),
    )

    admin_form_fields = (
        "title",
        "file",
        "description",
        "is_decorative",
        "photographer",
        "rights",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(Image.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(description="", is_decorative=False), name="picture_described_or_decorative"
            )
        ]

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Raises InUse for a picture that a page has chosen, as for one in a text: 403 where a view handles it not."""
        try:
            return super().delete(*args, **kwargs)
        except InUse:
            raise
        except models.ProtectedError as error:
            raise InUse(str(error.args[0]), error.protected_objects) from error

    def clean(self) -> None:
        super().clean()
        if not self.description and not self.is_decorative:
            text = _("Describe what the picture shows, or tick that it is only decoration.")
            raise ValidationError({"description": ValidationError(text, code="no_alt_text")})

    def get_rendition(self, filter: Filter | str) -> AbstractRendition:
        with source_image_errors(self, filter):
            return super().get_rendition(filter)

    def get_renditions(self, *filters: Filter | str) -> dict[str, AbstractRendition]:
        with source_image_errors(self, *filters):
            return super().get_renditions(*filters)

    def create_rendition(self, filter: Filter) -> AbstractRendition:
        check_writable()
        with working_on_picture():
            return super().create_rendition(filter)

    def create_renditions(self, *filters: Filter) -> dict[Filter, AbstractRendition]:
        """One by one, each with its row. Wagtail stores all files first; if one fails, the others have no row."""
        return {filter: self.create_rendition(filter) for filter in filters}

    @property
    def default_alt_text(self) -> str:
        """The description; empty for a decorative picture (WCAG 1.1.1)."""
        return "" if self.is_decorative else self.description


# The field and its column are Wagtail's; only the class that stores the file is ours.
CustomImage._meta.get_field("file").attr_class = PictureFieldFile


class CustomRendition(AbstractRendition):
    """A picture in one size and format."""

    image = models.ForeignKey(CustomImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("image", "filter_spec", "focal_point_key"), name="one_rendition_each")
        ]


class CustomDocument(AbstractDocument):
    """An uploaded file: sound, film, captions, a leaflet."""

    admin_form_fields = Document.admin_form_fields

    class Meta(Document.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def clean(self) -> None:
        super().clean()
        stored = type(self)._default_manager.filter(pk=self.pk).first()
        try:
            self._check_file(stored)
        except ValidationError:
            if stored:
                self.file = stored.file  # Wagtail's page looks for it, and would say that it is missing.
            raise

    def _check_file(self, stored: "CustomDocument | None") -> None:
        if self.file and not matches_suffix(self.file):
            text = _("The file is not what its name says. Save it again in the program that made it.")
            raise ValidationError({"file": ValidationError(text, code="other_kind")})
        kinds = interchangeable_suffixes(stored.file.name) if stored and stored.file else frozenset()
        if kinds and self.file and not kinds & interchangeable_suffixes(self.file.name):
            text = _("Choose a file of the same kind as before: %(kinds)s.")
            params = {"kinds": ", ".join(sorted(kinds))}
            raise ValidationError({"file": ValidationError(text, code="other_kind", params=params)})
