"""Who hosts an experience, and what guests said of it: rows of its page."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    PageChooserPanel,
)
from wagtail.models import Orderable

from experiences.models.experience import ExperiencePage
from experiences.models.provider import ProviderPage
from experiences.models.snippets import Testimonial


class ExperienceProvider(Orderable):
    """Who hosts an experience; the first one is the one on the card."""

    page = ParentalKey(ExperiencePage, on_delete=models.CASCADE, related_name="experience_providers")
    provider = models.ForeignKey(
        ProviderPage, verbose_name=_("host"), on_delete=models.PROTECT, related_name="provider_experiences"
    )

    panels = [PageChooserPanel("provider")]

    class Meta(Orderable.Meta):
        verbose_name = _("host of the experience")
        # Asked at the end of a publication: two rows that change places are saved one after the other.
        constraints = [
            models.UniqueConstraint(
                fields=["page", "provider"],
                deferrable=models.Deferrable.DEFERRED,
                name="provider_once_an_experience",
            )
        ]


class ExperienceTestimonial(Orderable):
    """A testimonial shown on an experience."""

    page = ParentalKey(ExperiencePage, on_delete=models.CASCADE, related_name="experience_testimonials")
    testimonial = models.ForeignKey(
        Testimonial, verbose_name=_("testimonial"), on_delete=models.CASCADE, related_name="shown_on"
    )

    panels = [FieldPanel("testimonial")]

    class Meta(Orderable.Meta):
        verbose_name = _("testimonial on the page")
