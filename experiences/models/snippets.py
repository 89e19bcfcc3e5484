"""Translatable snippets that editors choose for pages: categories, places, skills, testimonials."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import ProtectedError, Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import PreviewableMixin, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from core.forms.fields import AlphabeticalSelect
from core.languages.table import CHOICES
from core.translation.locales import is_source
from experiences.querysets import SnippetQuerySet, TestimonialQuerySet


class Category(TranslatableMixin, models.Model):
    """A kind of experience (food, craft, music), by which visitors filter the list."""

    name = models.CharField(_("name"), max_length=60)
    slug = models.SlugField(
        _("word in addresses"),
        max_length=60,
        help_text=_("The same in every language. Shared links keep working."),
    )
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0, help_text=_("Low numbers come first."))

    objects = SnippetQuerySet.as_manager()

    panels = [FieldPanel("name"), FieldRowPanel(["slug", "sort_order"])]
    override_translatable_fields = [
        SynchronizedField("slug", overridable=False),
        SynchronizedField("sort_order", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["sort_order", "name"]
        constraints = [models.UniqueConstraint(fields=["slug", "locale"], name="category_slug_once_a_language")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """No other category has the slug, in any language: forms have no locale, and translations copy the slug."""
        super().clean()
        others = Category.objects.exclude(translation_key=self.translation_key)
        same = others.filter(slug=self.slug).select_related("locale")
        if taken := min(same, key=lambda other: not is_source(other), default=None):
            text = _("The category “%(name)s” has this word already. Choose another.")
            raise ValidationError({"slug": ValidationError(text, code="taken", params={"name": taken})})


class Place(TranslatableMixin, models.Model):
    """Where an experience takes place. Pages show name, kind and area; only guests who have booked get the address."""

    class Kind(models.TextChoices):
        OURS = "ours", _("Our place")
        HOST = "host", _("The host's place")
        YOURS = "yours", _("Your place")
        OUTDOORS = "outdoors", _("Outdoors")

    name = models.CharField(_("name"), max_length=80, help_text=_("As a guest would say it: Our kitchen."))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.OURS)
    area = models.CharField(
        _("part of town"), max_length=120, blank=True, help_text=_("For example: in central Växjö.")
    )
    address = models.CharField(
        _("address"),
        max_length=200,
        blank=True,
        help_text=_("Never shown on the site. Staff send it once the guest has booked."),
    )

    objects = SnippetQuerySet.as_manager()

    panels = [FieldRowPanel(["name", "kind"]), FieldPanel("area"), FieldPanel("address")]
    override_translatable_fields = [
        SynchronizedField("kind"),
        SynchronizedField("address", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Skill(TranslatableMixin, models.Model):
    """A skill of hosts, in the words that visitors search for: flatbread, calligraphy, oud."""

    name = models.CharField(_("name"), max_length=80)

    objects = SnippetQuerySet.as_manager()

    panels = [FieldPanel("name")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Raises ProtectedError while a host has it: it would vanish from the host's page without notice."""
        if hosts := set(self.providers.all()):
            raise ProtectedError(f"{self} is a skill of {', '.join(map(str, hosts))}.", hosts)
        return super().delete(*args, **kwargs)


class Testimonial(PreviewableMixin, TranslatableMixin, models.Model):
    """What a guest said: translated into each language, with the original if that was not Swedish."""

    __test__ = False  # for pytest: not a test class

    words = models.TextField(_("what the guest said"), max_length=600)
    original = models.TextField(
        _("in the original language"),
        max_length=600,
        blank=True,
        help_text=_("As it was said, when it was not Swedish."),
    )
    original_language = models.CharField(_("the original language"), max_length=8, blank=True, choices=CHOICES)
    guest = models.CharField(
        pgettext_lazy("who said it", "guest"),
        max_length=80,
        help_text=_("First name and when: Ingrid, guest in October."),
    )

    objects = TestimonialQuerySet.as_manager()

    panels = [
        FieldPanel("words"),
        MultiFieldPanel(["original", FieldPanel("original_language", widget=AlphabeticalSelect)]),
        FieldPanel("guest"),
    ]
    override_translatable_fields = [
        SynchronizedField("original", overridable=False),
        SynchronizedField("original_language", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("testimonial")
        verbose_name_plural = _("testimonials")
        constraints = [
            models.CheckConstraint(
                condition=Q(original="", original_language="") | ~Q(original="") & ~Q(original_language=""),
                name="testimonial_original_with_its_language",
            )
        ]

    def __str__(self) -> str:
        return f"{self.guest}: {self.words[:60]}"

    @property
    def language(self) -> str:
        return str(self.locale.language_code)

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "experiences/previews/testimonial.html"

    def clean(self) -> None:
        super().clean()
        if bool(self.original) != bool(self.original_language):
            field = "original_language" if self.original else "original"
            raise ValidationError(
                {field: _("The original words and their language belong together: give both or neither.")}
            )
