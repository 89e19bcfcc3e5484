"""What every room shares: people, pictures, files, the frame of a page, the site's settings, mail to be sent."""

from typing import Any, ClassVar
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, Image
from wagtail.models import Locale, Orderable, Page, PageViewRestriction
from wagtail.url_routing import RouteResult
from wagtail_localize.fields import SynchronizedField

from core import schedule
from core.page_form import CopyForm, PageForm
from core.permissions import BasePagePermissionTester
from core.pictures import PictureFieldFile, check_room, made_or_told
from core.querysets import OutgoingMailQuerySet
from core.settings_form import SettingsForm
from core.translation import routing, saving, slugs
from core.translation.locales import is_source
from core.uploads import is_what_it_is_called, kinds_like
from core.web.counters import HourlyCount


class User(AbstractUser):
    """Someone who logs in. Ours from the first migration, so that a later need is an ordinary change."""


class CustomImage(AbstractImage):
    """A picture with what a reader needs (alternative text) and what its maker is owed (name, rights)."""

    # Not `decorative`: Wagtail sets an attribute of that name on every image as it loads.
    is_decorative = models.BooleanField(
        _("only decoration"),
        default=False,
        help_text=_("Tick if the picture says nothing that the text does not. Screen readers then pass it by."),
    )
    photographer = models.CharField(_("photographer"), max_length=120, blank=True)
    rights = models.CharField(
        _("rights"),
        max_length=200,
        blank=True,
        help_text=_("How we may use it: own picture, lent by the host, a licence by its name."),
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

    def clean(self) -> None:
        super().clean()
        if not self.description and not self.is_decorative:
            text = _("Describe what the picture shows, or tick that it is only decoration.")
            raise ValidationError({"description": ValidationError(text, code="no_alt_text")})

    def get_rendition(self, filter: Filter | str) -> AbstractRendition:
        with made_or_told(self, filter):
            return super().get_rendition(filter)

    def get_renditions(self, *filters: Filter | str) -> dict[str, AbstractRendition]:
        with made_or_told(self, *filters):
            return super().get_renditions(*filters)

    def create_rendition(self, filter: Filter) -> AbstractRendition:
        check_room()
        return super().create_rendition(filter)

    def create_renditions(self, *filters: Filter) -> dict[Filter, AbstractRendition]:
        """One by one, each with its row. Wagtail stores all files first: where one fails, the others would be left."""
        return {filter: self.create_rendition(filter) for filter in filters}

    @property
    def default_alt_text(self) -> str:
        """The description; nothing for decoration (WCAG 1.1.1)."""
        return "" if self.is_decorative else self.description


# Wagtail's field and its column stay as they are: only what it does as it stores a file is ours.
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
        if self.file and not is_what_it_is_called(self.file):
            text = _("The file is not what its name says. Save it anew in the program that made it.")
            raise ValidationError({"file": ValidationError(text, code="other_kind")})
        kinds = kinds_like(stored.file.name) if stored and stored.file else frozenset()
        if kinds and self.file and not kinds & kinds_like(self.file.name):
            text = _("Choose a file of the same kind as before: %(kinds)s.")
            params = {"kinds": ", ".join(sorted(kinds))}
            raise ValidationError({"file": ValidationError(text, code="other_kind", params=params)})


class BasePage(Page):
    """The frame of every page: what search engines and sharing show."""

    share_image = models.ForeignKey(
        CustomImage,
        verbose_name=_("picture when shared"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown when someone shares the page. Without one, the host's cloth is shown."),
    )

    promote_panels = [
        MultiFieldPanel(
            ["slug", "seo_title", "search_description", "share_image"],
            heading=_("In search engines and when shared"),
        ),
        MultiFieldPanel(["show_in_menus"], heading=_("In the menu")),
    ]
    override_translatable_fields = [SynchronizedField("share_image")]
    base_form_class = PageForm
    copy_form_class = CopyForm
    private_page_options: ClassVar[list[str]] = []  # core.permissions says why

    # What the page's template shows of other tables: fetched in the same query, by the names of the foreign keys.
    load_with: ClassVar[tuple[str, ...]] = ("share_image",)

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        slugs.check_slug(self)

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """By hand in Swedish only: pages in other languages are made by translating one."""
        return bool(is_source(parent) and super().can_create_at(parent))

    def can_move_to(self, parent: Page) -> bool:
        return not slugs.is_taken_by_the_site(self.slug, parent) and bool(super().can_move_to(parent))

    def facts_in_words(self) -> list[str]:
        """What the page shows in words and holds in none of its `search_fields`: visitors find it by them too.

        No search field itself: Wagtail's own index, which the admin asks, would read it five times with each save.
        """
        return []

    def permissions_for_user(self, user: Any) -> BasePagePermissionTester:
        return BasePagePermissionTester(user, self)

    def check_may_be_live(self) -> None:
        """Raises core.publishing.Refused. Asked in the transaction of every save that leaves the page live."""

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Every path to the reader passes here: facts follow the Swedish page, no words are lost (core.translation)."""
        whole = kwargs.get("update_fields") is None
        if whole and saving.waits_for_publication(self):
            return
        saving.before(self, whole=whole)
        if whole:
            schedule.settle(self)
            if self.live:
                self.check_may_be_live()
        super().save(*args, **kwargs)
        if whole:
            saving.after(self)

    def with_content_json(self, content: dict[str, Any]) -> "BasePage":
        """Each draft and each earlier version is read here: without hours that have passed."""
        page: BasePage = super().with_content_json(content)
        schedule.forget_past_hours(page, self)
        return page

    @cached_property
    def in_languages(self) -> dict[str, Page]:
        """The live pages that say this one, by language code; the router gives them along, else one query."""
        live = Page.objects.live().filter(translation_key=self.translation_key).select_related("locale")
        return {page.locale.language_code: page for page in live}

    @cached_property
    def families_above(self) -> list[dict[str, Page]]:
        """From the home page down to the parent, each by language code; the router gives them along, else one query."""
        above = [self.path[:length] for length in range(2 * self.steplen, len(self.path), self.steplen)]
        keys = Page.objects.filter(path__in=above).values("translation_key")
        families: dict[UUID, dict[str, Page]] = {}
        for page in Page.objects.filter(translation_key__in=keys).select_related("locale") if above else ():
            families.setdefault(page.translation_key, {})[page.locale.language_code] = page
        return sorted(families.values(), key=lambda family: min(len(page.path) for page in family.values()))

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """Wagtail's, in one query instead of two: without aliases (core.translation) it need not look for them."""
        above = [self.path[:length] for length in range(self.steplen, len(self.path) + 1, self.steplen)]
        return PageViewRestriction.objects.filter(page__path__in=above)

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """The first page of a language asks our router, which knows the Swedish pages behind untranslated ones."""
        if self.depth == 2:
            return routing.find(request, path_components)
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, moved_to: str = "", **kwargs: Any) -> HttpResponse:
        """`moved_to`: the page's one address in the reader's language, where it was asked for under another."""
        if moved_to:
            question = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
            return HttpResponseRedirect(moved_to + question)
        response: HttpResponse = super().serve(request, *args, **kwargs)
        return response


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
        help_text=_("On working days. Promised answers are due at this hour."),
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

    def clean(self) -> None:
        super().clean()
        if self.opens and self.closes and self.opens >= self.closes:
            raise ValidationError({"closes": _("Closing comes after opening.")})


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


class MailCount(HourlyCount):
    """How many automatic mails left in an hour: to one mailbox, because of one network, in all. Kept for a day."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "hour"], name="one_mail_count_an_hour")]


class OutgoingMail(models.Model):
    """A mail that has been promised: written in the transaction of what it is about, sent by a worker."""

    class Status(models.TextChoices):
        DUE = "due", _("waiting")
        HELD = "held", _("held back")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")

    # Said by the caller (`enquiry:12:confirmation`): the same mail promised twice is one mail.
    key = models.CharField(max_length=120, unique=True)
    # Fixed when the mail is promised: a mailbox can fold a second copy, after a kill in the middle of sending.
    message_id = models.CharField(max_length=200, unique=True)
    in_reply_to = models.CharField(max_length=200, blank=True)
    to = models.EmailField(max_length=254)
    reply_to = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    language = models.CharField(max_length=12)
    # Written by the site, not by a person: other machines must not answer it (RFC 3834).
    automatic = models.BooleanField(default=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.DUE)
    attempts = models.PositiveIntegerField(default=0)
    first_try = models.DateTimeField(null=True, blank=True)
    next_try = models.DateTimeField(default=timezone.now)
    # Which cap holds it back (core.mail_caps.Cap), and its counters, to be asked again; both empty once it may leave.
    held_by = models.CharField(max_length=10, blank=True)
    counted_by = models.JSONField(default=list, blank=True)
    # Why the last attempt did not succeed; empty as long as none has failed, and once the mail is sent.
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        indexes = [
            models.Index(fields=["next_try"], condition=models.Q(status="due"), name="outgoing_mail_due"),
            models.Index(fields=["next_try"], condition=models.Q(status="held"), name="outgoing_mail_held"),
        ]

    def __str__(self) -> str:
        return f"{self.key} → {self.language}"
