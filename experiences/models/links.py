"""The hosts and testimonials of an experience: rows of its page, in the editor's order."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from experiences.models.experience import ExperiencePage
from experiences.models.host_chooser import HostChooser
from experiences.models.provider import ProviderPage
from experiences.models.snippets import Testimonial


class ExperienceProvider(Orderable):
    """A host of an experience, by the host's Swedish page. The first row's host gives the card its cloth."""

    page = ParentalKey(ExperiencePage, on_delete=models.CASCADE, related_name="experience_providers")
    provider = models.ForeignKey(
        ProviderPage, verbose_name=_("host"), on_delete=models.PROTECT, related_name="provider_experiences"
    )

    panels = [FieldPanel("provider", widget=HostChooser)]

    class Meta(Orderable.Meta):
        verbose_name = _("host of the experience")
        # Deferred to the commit: while two rows swap their hosts, both have the same one for a moment.
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
