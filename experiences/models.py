"""The catalogue: who can do what, and what a guest can come and do.

Only what is published lives here. Contact data, consent, support notes and enquiries are private and have models of
their own: a page's revisions keep old text for ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, OuterRef, Prefetch, ProtectedError, Q, Subquery, prefetch_related_objects
from django.db.models.functions import JSONObject
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.queryset import FakeQuerySet
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
)
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField
from wagtail.models import Locale, Orderable, Page, PageManager, PreviewableMixin, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from core.blocks.media import PictureBlock
from core.blocks.streams import StoryBlock
from core.blocks.text import QuestionBlock
from core.forms.fields import ChoicesArrayField, SpokenLanguagesField, items_field
from core.languages import display
from core.languages.table import CHOICES
from core.models import BasePage, CustomImage
from core.translation.locales import is_source
from experiences.allergens import Allergen
from experiences.blocks import EnquiryQuestionBlock, StepBlock
from experiences.filters import ExperienceFilter, Kind
from experiences.page_form import ExperienceForm
from experiences.querysets import (
    CatalogueQuerySet,
    ExperienceQuerySet,
    ProviderQuerySet,
    SnippetQuerySet,
    TestimonialQuerySet,
    live_hosts,
)
from experiences.rules import (
    NoLiveHost,
    check_all,
    check_alt_text,
    check_group_size,
    check_no_free_from,
    no_live_host,
)

# Cards on one page of a list.
CARDS_A_PAGE = 24
# The pictures of a card, made once for all cards of a list. Said again in components/experience_card.html.
CARD_PICTURES = [f"format-{kind}|fill-{side}x{side}" for side in (400, 800) for kind in ("avif", "webp", "jpeg")]


def page_of_list(items: Any, request: HttpRequest) -> PageOfList[Any]:
    """One page of a list. A number that makes no sense gives the first, one too high the last."""
    return Paginator(items, CARDS_A_PAGE).get_page(request.GET.get("page"))


class Category(TranslatableMixin, models.Model):
    """A kind of experience: food, craft, music. What the list is filtered by."""

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
        """In every language: a form has no locale, and translations take the Swedish word."""
        super().clean()
        others = Category.objects.exclude(translation_key=self.translation_key)
        same = others.filter(slug=self.slug).select_related("locale")
        if taken := min(same, key=lambda other: not is_source(other), default=None):
            text = _("The category “%(name)s” has this word already. Choose another.")
            raise ValidationError({"slug": ValidationError(text, code="taken", params={"name": taken})})


class Place(TranslatableMixin, models.Model):
    """Where it happens. The page says the kind and the part of town; the address is for those who have booked."""

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
        help_text=_("Never shown on the site. Staff send it when the guest has booked."),
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
    """A skill as visitors look for it: flatbread, calligraphy, oud."""

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
        """Not while a host has it: it would go from the page without a word."""
        if hosts := set(self.providers.all()):
            raise ProtectedError(f"{self} is a skill of {', '.join(map(str, hosts))}.", hosts)
        return super().delete(*args, **kwargs)


class Testimonial(PreviewableMixin, TranslatableMixin, models.Model):
    """What a guest said, in the language it was said in and translated."""

    __test__ = False  # pytest: words of a guest, no test

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

    panels = [FieldPanel("words"), MultiFieldPanel(["original", "original_language"]), FieldPanel("guest")]
    override_translatable_fields = [
        SynchronizedField("original", overridable=False),
        SynchronizedField("original_language", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("testimonial")
        verbose_name_plural = _("testimonials")

    def __str__(self) -> str:
        return f"{self.guest}: {self.words[:60]}"

    # What components/testimonial.html shows, and where it stands.
    SHOWN = {
        **{name: name for name in ("words", "original", "original_language", "guest")},
        "language": "locale__language_code",
    }

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


class ExperienceIndexPage(BasePage):
    """All experiences, with filters that work without a script."""

    lead = models.TextField(_("lead"), max_length=400, blank=True)

    objects = PageManager.from_queryset(CatalogueQuerySet)()

    content_panels = [*BasePage.content_panels, "lead"]
    search_fields = [*BasePage.search_fields, index.SearchField("lead")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["experiences.ExperiencePage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of experiences")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        language, now = self.locale.language_code, timezone.now()
        everything = ExperiencePage.objects.readable_in(language)
        with override(language):
            form = _filter_for(everything, request, language)
            found = form.apply(everything, now).nearest_first(now, language).for_cards(language)
            results = page_of_list(found, request)
            results.object_list = complete_cards(results.object_list, language)
            context.update(form=form, results=results, sentence=form.sentence(results.paginator.count))
        return context


def _filter_for(everything: ExperienceQuerySet, request: HttpRequest, language: str) -> ExperienceFilter:
    """The filter with what there is to choose from: the kinds and languages of the experiences that can be read."""
    offered = everything.offered()
    shown = {slug for slug, _languages, _count in offered} | set(request.GET.getlist("kind"))
    categories: Iterable[Any] = Category.objects.readable_in(language)
    kinds = [
        Kind(category.slug, category.name, _unless(category.locale.language_code, language))
        for category in categories
        if category.slug in shown
    ]
    form = ExperienceFilter(request.GET, kinds=kinds, led_in=sorted({c for row in offered for c in row[1]}))
    form.is_valid()
    return form


def _unless(code: str, reader: str) -> str:
    """A language to be marked, because it is not the reader's."""
    return "" if code == reader else code


class ProviderIndexPage(BasePage):
    """All who host."""

    lead = models.TextField(_("lead"), max_length=400, blank=True)

    objects = PageManager.from_queryset(CatalogueQuerySet)()

    content_panels = [*BasePage.content_panels, "lead"]
    search_fields = [*BasePage.search_fields, index.SearchField("lead")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["experiences.ProviderPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of hosts")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        language = self.locale.language_code
        hosts = ProviderPage.objects.readable_in(language).alphabetical(language).for_cards()
        results = page_of_list(hosts, request)
        find_renditions([host.portrait for host in results.object_list])
        context.update(results=results)
        return context


class ProviderPage(BasePage):
    """A provider's story. The title is the name as wanted; the line says what the person can do, never a status."""

    pronunciation = models.CharField(
        _("how the name is said"),
        max_length=80,
        blank=True,
        help_text=_("Stress in capitals: sa-MI-ra KHO-ri."),
    )
    line = models.CharField(
        _("one line"),
        max_length=140,
        help_text=_("Verb, skill, for whom: Bakes flatbread for those who want flour on their hands."),
    )
    short_line = models.CharField(
        _("a few words"),
        max_length=40,
        blank=True,
        help_text=_("Under the cloth on the home page: bread on a griddle."),
    )
    portrait = models.ForeignKey(
        CustomImage,
        verbose_name=_("portrait"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("With consent for pictures. Without one, the host's cloth is shown, and the page is whole."),
    )
    portrait_alt = models.CharField(
        _("what the portrait shows"),
        max_length=200,
        blank=True,
        help_text=_("Left empty, the picture's own description is used."),
    )
    cloth = models.CharField(
        _("word for the cloth"),
        max_length=80,
        blank=True,
        help_text=_(
            "The host's pattern is woven from this word. Left empty: from the page's address. Add +1 for another cloth."
        ),
    )
    skills = ParentalManyToManyField(Skill, verbose_name=_("skills"), blank=True, related_name="providers")
    story = StreamField(StoryBlock(), verbose_name=_("story"), blank=True)

    objects = PageManager.from_queryset(ProviderQuerySet)()
    load_with = (*BasePage.load_with, "portrait")

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(["pronunciation", "line", "short_line"], heading=_("In one line")),
        MultiFieldPanel(["portrait", "portrait_alt", "cloth"], heading=_("Portrait and cloth")),
    ]
    story_panels = [
        HelpPanel(
            content=_(
                "Could a skilled Swedish craftsperson's page be written with the same sentences? Then it is right."
            )
        ),
        FieldPanel("story"),
    ]
    skill_panels = [FieldPanel("skills")]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Who")),
            ObjectList(story_panels, heading=_("Story")),
            ObjectList(skill_panels, heading=_("Skills")),
            ObjectList(BasePage.promote_panels, heading=_("Sharing")),
            ObjectList(BasePage.settings_panels, heading=_("Publishing")),
        ]
    )
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("line"),
        index.SearchField("story"),
        index.RelatedFields("skills", [index.SearchField("name")]),
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("portrait"),
        SynchronizedField("cloth", overridable=False),
        SynchronizedField("skills"),
    ]
    parent_page_types = ["experiences.ProviderIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("host")
        verbose_name_plural = _("hosts")

    def clean(self) -> None:
        super().clean()
        check_alt_text(self, "portrait", "portrait_alt")

    @property
    def name_and_line(self) -> str:
        """What a title, a search hit and a shared link say: the name alone says nothing to a stranger."""
        return f"{self.title}: {self.line.removesuffix('.')}" if self.line else self.title

    @cached_property
    def cloth_word(self) -> str:
        """What the cloth is woven from. Lists fetch it with the rows (`ProviderQuerySet.with_cloth`)."""
        return self.cloth or self.swedish.slug or self.title

    @property
    def swedish(self) -> Page:
        """The page that this one is a translation of; itself in Swedish, or while that one is a draft."""
        swedish: Page = self.in_languages.get(settings.LANGUAGE_CODE, self)
        return swedish

    @property
    def swedish_name(self) -> str:
        """The name in Swedish spelling, where it differs: what stands on the door and in our mail."""
        return "" if self.swedish.title == self.title else str(self.swedish.title)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        language, now = self.locale.language_code, timezone.now()
        hosted = ExperiencePage.objects.readable_in(language).hosted_by(self)
        cards = complete_cards(hosted.nearest_first(now, language).for_cards(language), language)
        skills = Skill.objects.same_as(self.skills.values_list("id", flat=True)).readable_in(language)
        context.update(experiences=cards, skills=skills)
        return context


class ExperiencePage(BasePage):
    """What a guest can come and do: every fact that one chooses and plans by."""

    class PricePer(models.TextChoices):
        PERSON = "person", _("per person")
        GROUP = "group", _("per group")

    class State(models.TextChoices):
        OPEN = "open", _("Open for enquiries")
        PAUSED = "paused", _("Paused")

    class Food(models.TextChoices):
        NONE = "none", _("No food")
        KNOWN = "known", _("Food, allergens known")
        UNKNOWN = "unknown", _("Food, allergens not known")

    summary = models.TextField(
        _("summary"), max_length=400, help_text=_("Two sentences. Begin with what the guest does.")
    )
    category = models.ForeignKey(
        Category, verbose_name=_("category"), null=True, on_delete=models.PROTECT, related_name="experiences"
    )
    picture = models.ForeignKey(
        CustomImage,
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Hands, tools, steam, tables. Without one, the host's cloth is shown."),
    )
    picture_alt = models.CharField(
        _("what the picture shows"),
        max_length=200,
        blank=True,
        help_text=_("Left empty, the picture's own description is used."),
    )
    story = StreamField(StoryBlock(), verbose_name=_("story"), blank=True)

    # Null in drafts only: an editor may begin with the story. What is published has passed `full_clean`.
    price = models.PositiveIntegerField(_("price"), null=True, help_text=_("Whole kronor, VAT included."))
    price_per = models.CharField(_("for"), max_length=8, choices=PricePer.choices, default=PricePer.PERSON)
    price_covers = models.CharField(
        _("what the price covers"),
        max_length=200,
        blank=True,
        help_text=_("For example: flour, toppings, tea and an apron."),
    )
    duration = models.PositiveSmallIntegerField(
        _("length"), null=True, validators=[MinValueValidator(1)], help_text=_("Minutes, from welcome to goodbye.")
    )
    duration_note = models.CharField(
        _("the length includes"),
        max_length=120,
        blank=True,
        help_text=_("For example: including laying the table and washing up."),
    )
    group_min = models.PositiveSmallIntegerField(_("smallest group"), null=True, validators=[MinValueValidator(1)])
    group_max = models.PositiveSmallIntegerField(_("largest group"), null=True, validators=[MinValueValidator(1)])
    place = models.ForeignKey(
        Place, verbose_name=_("place"), null=True, on_delete=models.PROTECT, related_name="experiences"
    )
    languages = SpokenLanguagesField(
        verbose_name=_("led in"), help_text=_("Languages that the whole visit can be led in.")
    )
    some_languages = SpokenLanguagesField(
        verbose_name=_("and a little"),
        blank=True,
        help_text=_("Languages that are enough for showing and laughing."),
    )

    by_agreement = models.BooleanField(
        _("by agreement"), default=False, help_text=_("Guests may ask for a day of their own.")
    )
    lead_days = models.PositiveSmallIntegerField(
        _("lead time"),
        null=True,
        blank=True,
        help_text=_("Days ahead that the host needs to know, for a day by agreement."),
    )

    steps = StreamField([("step", StepBlock())], verbose_name=_("from start to end"), blank=True)
    included = items_field(_("included"), _("What the price gives."))
    not_included = items_field(_("not included"), _("What a guest could think is included."))
    bring = items_field(_("bring"), _("What the guest takes along."))
    suits = items_field(_("good for"), _("Whom it is for, and from what age."))

    food = models.CharField(_("food"), max_length=8, choices=Food.choices, default=Food.NONE)
    allergens = ChoicesArrayField(
        models.CharField(max_length=12, choices=Allergen.choices),
        verbose_name=_("allergens in the food"),
        default=list,
        blank=True,
        help_text=_("The fourteen that must be told (EU 1169/2011, annex II)."),
    )
    food_note = models.TextField(
        _("about the food"),
        max_length=500,
        blank=True,
        help_text=_("What we know, and what we do not. Never promise “free from”."),
    )

    access_steps = models.CharField(_("steps and doors"), max_length=160, blank=True)
    access_toilet = models.CharField(_("toilet"), max_length=160, blank=True)
    access_seating = models.CharField(_("seating"), max_length=160, blank=True)
    access_noise = models.CharField(_("sound"), max_length=160, blank=True)
    companion_free = models.BooleanField(
        _("a companion comes free"),
        default=True,
        help_text=_("Someone who comes along to assist a guest pays nothing."),
    )

    if_plans_change = models.TextField(
        _("if plans change"),
        max_length=500,
        blank=True,
        help_text=_("Until when one may rebook or cancel, and what happens if the host is ill."),
    )
    booking_steps = items_field(_("how booking works"), _("Five steps. Left empty, the usual five are shown."))
    as_gift = models.TextField(
        _("as a gift"), max_length=400, blank=True, help_text=_("Left empty, it is not offered as a gift.")
    )
    gallery = StreamField([("picture", PictureBlock())], verbose_name=_("gallery"), blank=True)
    questions = StreamField([("question", QuestionBlock())], verbose_name=_("questions and answers"), blank=True)
    enquiry_questions = StreamField(
        StreamBlock([("question", EnquiryQuestionBlock())], max_num=6, required=False),
        verbose_name=_("questions in the enquiry form"),
        blank=True,
        help_text=_("Only what the host must know before answering. Never about health."),
    )

    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    state_note = models.CharField(
        _("why it is paused"),
        max_length=160,
        blank=True,
        help_text=_("An honest line: Paused until March, Mirwais builds new frames."),
    )

    objects = PageManager.from_queryset(ExperienceQuerySet)()
    base_form_class = ExperienceForm
    load_with = (*BasePage.load_with, "picture")

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        InlinePanel("experience_providers", heading=_("Hosts"), label=_("Host"), min_num=1),
        FieldPanel("category"),
        MultiFieldPanel(["picture", "picture_alt"], heading=_("Picture")),
        FieldPanel("story"),
        FieldPanel("gallery"),
    ]
    fact_panels = [
        MultiFieldPanel([FieldRowPanel(["price", "price_per"]), "price_covers"], heading=_("Price")),
        MultiFieldPanel(["duration", "duration_note"], heading=_("Length")),
        FieldRowPanel(["group_min", "group_max"], heading=_("Group")),
        FieldPanel("place"),
        MultiFieldPanel([FieldPanel("languages", required_on_save=False), "some_languages"], heading=_("Languages")),
        FieldPanel("included"),
        FieldPanel("not_included"),
        FieldPanel("bring"),
        FieldPanel("suits"),
        MultiFieldPanel(["food", "allergens", "food_note"], heading=_("Food and allergens")),
        MultiFieldPanel(
            ["access_steps", "access_toilet", "access_seating", "access_noise", "companion_free"],
            heading=_("Access"),
        ),
    ]
    when_panels = [
        FieldPanel("steps"),
        InlinePanel("dates", heading=_("Fixed dates"), label=_("Date")),
        MultiFieldPanel(["by_agreement", "lead_days"], heading=_("By agreement")),
        MultiFieldPanel(["state", "state_note"], heading=_("State")),
    ]
    booking_panels = [
        FieldPanel("booking_steps"),
        FieldPanel("if_plans_change"),
        FieldPanel("as_gift"),
        FieldPanel("questions"),
        FieldPanel("enquiry_questions"),
        InlinePanel("experience_testimonials", heading=_("What guests said"), label=_("Testimonial")),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("What")),
            ObjectList(fact_panels, heading=_("Facts")),
            ObjectList(when_panels, heading=_("When")),
            ObjectList(booking_panels, heading=_("Booking")),
            ObjectList(BasePage.promote_panels, heading=_("Sharing")),
            ObjectList(BasePage.settings_panels, heading=_("Publishing")),
        ]
    )
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("story"),
        index.SearchField("included"),
        index.SearchField("bring"),
        index.SearchField("suits"),
        index.SearchField("steps"),
        index.SearchField("questions"),
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("picture"),
        # A number, a choice or a relation is a fact: changed in Swedish, it is changed in every language.
        *(
            SynchronizedField(name, overridable=False)
            for name in (
                "category",
                "price",
                "price_per",
                "duration",
                "group_min",
                "group_max",
                "place",
                "languages",
                "some_languages",
                "by_agreement",
                "lead_days",
                "food",
                "allergens",
                "companion_free",
                "state",
                "experience_providers",
                "dates",
                "experience_testimonials",
            )
        ),
    ]
    parent_page_types = ["experiences.ExperienceIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("experience")
        verbose_name_plural = _("experiences")
        constraints = [
            models.CheckConstraint(
                condition=Q(group_min__gte=1) & Q(group_min__lte=F("group_max")),
                name="experience_group_min_up_to_max",
            ),
            models.CheckConstraint(condition=Q(duration__gte=1), name="experience_takes_time"),
        ]

    def clean(self) -> None:
        super().clean()
        check_all(
            partial(check_group_size, self),
            partial(check_alt_text, self, "picture", "picture_alt"),
            partial(check_no_free_from, self),
        )

    @property
    def is_paused(self) -> bool:
        return self.state == self.State.PAUSED

    def check_may_be_live(self) -> None:
        """Raises NoLiveHost. Holds the host's row until the save is done: one who is withdrawn meanwhile takes the
        experience along (experiences.withdrawal)."""
        super().check_may_be_live()
        if not self.live_hosts().select_for_update(of=("self",), no_key=True).order_by("pk"):
            raise NoLiveHost(no_live_host(self.hosts_chosen()))

    def hosts_chosen(self) -> list[ProviderPage]:
        """As the rows of this very object say, live or not, in order."""
        return [row.provider for row in self.experience_providers.all() if row.provider_id]

    def live_hosts(self) -> Any:
        """The Swedish pages of those among them who are live."""
        chosen = [row.provider_id for row in self.experience_providers.all()]
        return live_hosts(translation_key__in=ProviderPage.objects.filter(pk__in=chosen).values("translation_key"))

    @cached_property
    def hosts(self) -> list[ProviderPage]:
        """Published hosts in the page's language, the first one first. Lists fill it for all their cards at once."""
        chosen = self.experience_providers.all()
        if isinstance(chosen, FakeQuerySet):
            return self._hosts_of_draft()
        return hosts_of([self.pk], self.locale.language_code)[self.pk]

    def _hosts_of_draft(self) -> list[ProviderPage]:
        """The same of a preview, whose rows no table knows yet."""
        keys = [host.translation_key for host in self.hosts_chosen()]
        language = self.locale.language_code
        found = ProviderPage.objects.readable_in(language).filter(translation_key__in=keys).for_cards()
        return sorted(found, key=lambda host: keys.index(host.translation_key))

    def facts_in_words(self) -> list[str]:
        """Kind, place, languages, food, access and hosts."""
        code = self.locale.language_code
        with override(code):
            around = self._words_around(code)
            kind, place = around["kind"] or {}, around["place"] or {}
            words = [
                kind.get("name"),
                *(f"{host.title}: {host.line}" for host in self.hosts),
                *(place.get(name) for name in ("name", "area")),
                # One by one: in a row, Arabic writes its "and" onto the next word, which then is not found.
                *map(display.language, [*self.languages, *self.some_languages]),
                self.price_covers,
                *(Allergen(allergen).label for allergen in self.allergens),
                self.food_note,
                *(getattr(self, f"access_{what}") for what in ("steps", "toilet", "seating", "noise")),
                self.as_gift,
            ]
        return [str(word) for word in words if word]

    @property
    def cloth_word(self) -> str:
        """The first host's cloth; without a host, one of the page's own."""
        return self.hosts[0].cloth_word if self.hosts else self.slug or self.title or "selvedge"

    @property
    def dates_to_come(self) -> list[ExperienceDate]:
        """From now on, also the full ones."""
        return list(self.dates.filter(start__gt=timezone.now()).order_by("start"))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        dates = self.dates_to_come
        context.update(
            hosts=self.hosts,
            dates=dates,
            next_date=next((date for date in dates if date.seats), None),
            allergens=[Allergen(code).label for code in self.allergens],
            **self._words_around(self.locale.language_code),
        )
        return context

    def _words_around(self, language: str) -> dict[str, Any]:
        """The snippets that the page shows, in its own language, with what each says: `kind`, `place`, `said`.

        One query for three tables, in every language: they hang on a row that is always there. By primary keys, so
        that a preview shows what has been chosen and not yet saved.
        """
        kind = Category.objects.same_as([self.category_id]).readable_in(language)
        place = Place.objects.same_as([self.place_id]).readable_in(language)
        chosen = self.experience_testimonials.values_list("testimonial", flat=True)
        said = Testimonial.objects.same_as(chosen).readable_in(language).in_order_of(self)
        return (
            Locale.objects.annotate(
                kind=Subquery(kind.values(row=JSONObject(name="name", language="locale__language_code"))[:1]),
                place=Subquery(
                    place.values(
                        row=JSONObject(name="name", area="area", kind="kind", language="locale__language_code")
                    )[:1]
                ),
                said=ArraySubquery(said.values(row=JSONObject(**Testimonial.SHOWN))),
            )
            .values("kind", "place", "said")
            .get(language_code=settings.LANGUAGE_CODE)
        )


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


class ExperienceDate(Orderable):
    """A fixed date that one can ask for."""

    page = ParentalKey(ExperiencePage, on_delete=models.CASCADE, related_name="dates")
    start = models.DateTimeField(_("start"))
    seats = models.PositiveSmallIntegerField(_("seats"), help_text=_("How many can come; 0 when it is full."))

    panels = [FieldRowPanel(["start", "seats"])]

    class Meta(Orderable.Meta):
        verbose_name = _("fixed date")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "start"],
                deferrable=models.Deferrable.DEFERRED,
                name="date_once_an_experience",
            )
        ]

    @property
    def day(self) -> str:
        """The day in Stockholm, as an address carries it: 2027-02-04."""
        return timezone.localtime(self.start).date().isoformat()


class ExperienceTestimonial(Orderable):
    """A testimonial shown on an experience."""

    page = ParentalKey(ExperiencePage, on_delete=models.CASCADE, related_name="experience_testimonials")
    testimonial = models.ForeignKey(
        Testimonial, verbose_name=_("testimonial"), on_delete=models.CASCADE, related_name="shown_on"
    )

    panels = [FieldPanel("testimonial")]

    class Meta(Orderable.Meta):
        verbose_name = _("testimonial on the page")


def hosts_of(pages: Iterable[int], language: str) -> dict[int, list[ProviderPage]]:
    """Published hosts of experiences (primary keys), in the reader's language, in order. One query, however many."""
    found: dict[int, list[ProviderPage]] = {page: [] for page in pages}
    rows = ExperienceProvider.objects.filter(page__in=found)
    own_rows = rows.filter(provider__translation_key=OuterRef("translation_key"))
    hosts = (
        ProviderPage.objects.readable_in(language)
        .filter(translation_key__in=rows.values("provider__translation_key"))
        .annotate(hosted=ArraySubquery(own_rows.values(row=JSONObject(place="sort_order", row="pk", page="page_id"))))
        .for_cards()
    )
    placed = [(row["place"] or 0, row["row"], row["page"], host) for host in hosts for row in host.hosted]
    for _place, _row, page, host in sorted(placed, key=lambda row: row[:2]):
        found[page].append(host)
    return found


def complete_cards(experiences: Iterable[ExperiencePage], language: str) -> list[ExperiencePage]:
    """Give each its hosts and its picture's sizes: the same two queries for one card and for seventy."""
    cards = list(experiences)
    hosts = hosts_of([card.pk for card in cards], language)
    for card in cards:
        card.hosts = hosts[card.pk]
    find_renditions([card.picture for card in cards])
    return cards


def find_renditions(pictures: Sequence[CustomImage | None]) -> None:
    """All the sizes that cards need, in one query; none without pictures."""
    sizes = CustomImage.get_rendition_model().objects.filter(filter_spec__in=CARD_PICTURES)
    prefetch_related_objects(
        [picture for picture in pictures if picture],
        Prefetch("renditions", queryset=sizes, to_attr="prefetched_renditions"),
    )
