"""How to reach us, and what we promise: settings of the site."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Locale, Orderable

from core.contact.forms import SettingsForm


@register_setting(icon="site")
class SiteSettings(ClusterableModel, BaseSiteSetting):
    """How to reach us, and what we promise. One row for each site."""

    phone = models.CharField(_("phone"), max_length=30, blank=True, help_text=_("As people in Sweden write it."))
    email = models.EmailField(_("e-mail"), blank=True)
    street = models.CharField(_("street"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    town = models.CharField(_("town"), max_length=60, blank=True)
    opens = models.TimeField(_("opens"), null=True, blank=True, help_text=_("On working days."))
    closes = models.TimeField(
        _("closes"),
        null=True,
        blank=True,
        help_text=_("On working days. Promised answers are due at this time."),
    )
    answer_days = models.PositiveSmallIntegerField(
        _("promised answer time"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
        help_text=_("Working days. Every promise on the site and the staff's clock follow this number."),
    )

    panels_contact = [
        MultiFieldPanel(["phone", "email"], heading=_("Phone and e-mail")),
        MultiFieldPanel(["street", "postcode", "town"], heading=_("Address")),
        MultiFieldPanel(["opens", "closes"], heading=_("Hours")),
        InlinePanel("social_links", heading=_("Social links"), label=_("Link")),
    ]
    panels_promise = [FieldPanel("answer_days")]
    panels_footer = [InlinePanel("footers", heading=_("Footer"), label=_("Footer in one language"))]
    base_form_class = SettingsForm
    edit_handler = TabbedInterface(
        [
            ObjectList(panels_contact, heading=_("Contact")),
            ObjectList(panels_promise, heading=_("Promise")),
            ObjectList(panels_footer, heading=_("Footer")),
        ]
    )

    class Meta:
        verbose_name = _("contact and promises")
        constraints = [
            models.CheckConstraint(condition=Q(opens__lt=F("closes")), name="opens_before_it_closes"),
            models.CheckConstraint(condition=Q(answer_days__range=(1, 30)), name="answer_in_one_to_thirty_days"),
        ]

    def clean(self) -> None:
        super().clean()
        if self.opens and self.closes and self.opens >= self.closes:
            raise ValidationError({"closes": _("The closing time must be after the opening time.")})


class SocialLink(Orderable):
    """Where else we are. A link only: nothing is loaded from there."""

    settings = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="social_links")
    name = models.CharField(_("name"), max_length=40)
    url = models.URLField(_("address"))

    panels = [FieldPanel("name"), FieldPanel("url")]


class SiteFooter(Orderable):
    """The footer's own words in one language; a language without any shows the Swedish."""

    settings = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="footers")
    locale = models.ForeignKey(Locale, verbose_name=_("language"), on_delete=models.CASCADE, related_name="+")
    text = models.CharField(_("text"), max_length=240, help_text=_("Last on every page: who runs the site."))

    panels = [FieldPanel("locale"), FieldPanel("text")]

    class Meta(Orderable.Meta):
        # Asked at the end of the save: two rows that change languages are saved one after the other.
        constraints = [
            models.UniqueConstraint(
                fields=["settings", "locale"],
                deferrable=models.Deferrable.DEFERRED,
                name="one_footer_each_language",
            )
        ]
