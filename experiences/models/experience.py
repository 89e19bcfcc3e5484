"""The page of an experience."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from modelcluster.queryset import FakeQuerySet
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from core.blocks.media import PictureBlock
from core.blocks.streams import StoryBlock
from core.blocks.text import QuestionBlock
from core.forms.fields import ChoicesArrayField, SpokenLanguagesField, items_field
from core.languages import display
from core.models import BasePage, CustomImage
from core.pages.pausing import Pausable
from core.pages.publishing import Refusal
from core.translation.locales import source_rows
from experiences.allergens import Allergen
from experiences.blocks import EnquiryQuestionBlock, StepBlock
from experiences.models.experience_advice import advice_on_days, advice_on_prices
from experiences.models.experience_panels import TABS
from experiences.models.provider import ProviderPage
from experiences.models.snippets import Category, Place, Testimonial
from experiences.page_form import ExperienceForm
from experiences.querysets import ExperienceQuerySet
from experiences.rules import check_all, check_group_size, check_no_free_from, fill_alt_text
from experiences.selectors import snippets_of_draft, snippets_of_page
from experiences.states import ExperienceState

if TYPE_CHECKING:
    from experiences.models.dates import ExperienceDate


class ExperiencePage(Pausable, BasePage):
    """What a guest can come and do. Published only with a live host."""

    class PricePer(models.TextChoices):
        PERSON = "person", _("per person")
        GROUP = "group", _("per group")

    State = ExperienceState

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
        on_delete=models.PROTECT,
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
        help_text=_("For example: Flour, toppings, tea and the loan of an apron are included."),
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
        verbose_name=_("partly led in"),
        blank=True,
        help_text=_("Languages that are enough for showing and laughing."),
    )

    by_agreement = models.BooleanField(
        _("by arrangement"), default=False, help_text=_("Guests may ask for a day of their own.")
    )
    lead_days = models.PositiveSmallIntegerField(
        _("lead time"),
        null=True,
        blank=True,
        help_text=_("How many days ahead the host needs to know, for a day by arrangement."),
    )

    steps = StreamField([("step", StepBlock())], verbose_name=_("from start to end"), blank=True)
    included = items_field(_("included"), _("What the guest gets for the price."))
    not_included = items_field(_("not included"), _("What a guest could think is included."))
    bring = items_field(_("bring"), _("What the guest brings along."))
    suits = items_field(_("good for"), _("Who it is for, and from what age."))

    food = models.CharField(_("food"), max_length=8, choices=Food.choices, default=Food.NONE)
    allergens = ChoicesArrayField(
        models.CharField(max_length=12, choices=Allergen.choices),
        verbose_name=_("allergens in the food"),
        default=list,
        blank=True,
        help_text=_("The fourteen that must be declared (EU 1169/2011, annex II)."),
    )
    food_note = models.TextField(
        _("about the food"),
        max_length=500,
        blank=True,
        help_text=_("What we know, and what we do not. Never promise “free from”."),
    )

    access_steps = models.CharField(
        _("steps and doors"),
        max_length=160,
        blank=True,
        help_text=_("For example: No steps. The narrowest door is 84 cm wide."),
    )
    access_toilet = models.CharField(
        _("toilet"),
        max_length=160,
        blank=True,
        help_text=_("For example: A toilet with room for a wheelchair, on the same floor."),
    )
    access_seating = models.CharField(
        _("seating"),
        max_length=160,
        blank=True,
        help_text=_("For example: Chairs with backs. Everything can be done sitting."),
    )
    access_noise = models.CharField(
        _("sound"),
        max_length=160,
        blank=True,
        help_text=_("The word “Sound:” comes before it. For example: quiet, but for the fan now and then."),
    )
    companion_free = models.BooleanField(
        _("companions come free"),
        default=True,
        help_text=_("Someone who comes along to assist a guest pays nothing."),
    )

    if_plans_change = models.TextField(
        _("if plans change"),
        max_length=500,
        blank=True,
        help_text=_("How late a guest may rebook or cancel, and what happens if the host is ill."),
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
        help_text=_("An honest line: Paused until March while Mirwais builds new frames."),
    )

    objects = PageManager.from_queryset(ExperienceQuerySet)()
    base_form_class = ExperienceForm
    load_with = (*BasePage.load_with, "picture")
    left_out_of_copies = (*BasePage.left_out_of_copies, "dates", "state", "state_note")

    edit_handler = TABS
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
        # Numbers, choices and relations: the same in every language, changed on the Swedish page only.
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
    texts_about_now = ("state_note",)
    parent_page_types = ["experiences.ExperienceIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("experience")
        verbose_name_plural = _("experiences")
        constraints = [
            models.CheckConstraint(
                condition=Q(group_min__gte=1) & Q(group_max__gte=1) & Q(group_min__lte=F("group_max")),
                name="experience_group_min_up_to_max",
            ),
            models.CheckConstraint(condition=Q(duration__gte=1), name="experience_takes_time"),
        ]
        indexes = [
            # Lists sort and filter all experiences by these, and read the rows, which are wide, of one page only.
            models.Index(
                fields=["page_ptr"],
                include=["state", "category", "languages", "by_agreement", "group_min", "group_max"],
                name="experience_in_lists",
            )
        ]

    def clean(self) -> None:
        super().clean()
        fill_alt_text(self, "picture", "picture_alt")
        check_all(partial(check_group_size, self), partial(check_no_free_from, self))

    @classmethod
    def to_serve(cls) -> Any:
        rows: Any = super().to_serve()
        return rows.with_pause_codes()

    @property
    def is_paused(self) -> bool:
        """By an editor, or by the site. In querysets: `open`, `with_is_open`, `nearest_first`."""
        return self.is_paused_by_editor or self.is_paused_by_site

    @property
    def is_paused_by_editor(self) -> bool:
        return self.state == self.State.PAUSED

    @property
    def pause_note(self) -> str:
        """The editor's line, in the page's language. Empty while only the site has paused it (see `pause_words`), and
        in a translation until the line as it is has been translated."""
        return self.state_note if self.is_paused_by_editor else ""

    def advice(self) -> list[Refusal]:
        """What nothing forbids, and an editor will want to know."""
        return [*super().advice(), *advice_on_days(self), *advice_on_prices(self)]

    def lock_for_publishing(self) -> None:
        """Lock the live hosts too: one that is unpublished meanwhile waits, and then withdraws this experience.

        The hosts first: so does a withdrawal (experiences.withdrawal), and neither waits for the other in a circle.
        """
        list(self.live_hosts().order_by("pk").select_for_update(of=("self",), no_key=True).values_list("pk"))
        super().lock_for_publishing()

    def hosts_chosen(self) -> list[ProviderPage]:
        """The hosts in the rows of this object, saved or not: live or not, in the editor's order."""
        return [row.provider for row in self.experience_providers.all() if row.provider_id]

    def live_hosts(self) -> Any:
        """The live Swedish pages of `hosts_chosen()`, as a queryset."""
        return self.host_pages().live()

    def host_pages(self) -> Any:
        """The Swedish pages of `hosts_chosen()`, live or not, as a queryset."""
        chosen = ProviderPage.objects.filter(pk__in=[row.provider_id for row in self.experience_providers.all()])
        return source_rows(ProviderPage.objects.filter(translation_key__in=chosen.values("translation_key")))

    @cached_property
    def hosts(self) -> list[ProviderPage]:
        """Live hosts in the page's language, else in Swedish, in the editor's order. Lists set it (complete_cards)."""
        chosen = self.experience_providers.all()
        if isinstance(chosen, FakeQuerySet):
            return self._hosts_of_draft()
        hosts: dict[int, list[ProviderPage]] = ProviderPage.objects.hosts_of([self.pk], self.locale.language_code)
        return hosts[self.pk]

    def _hosts_of_draft(self) -> list[ProviderPage]:
        """`hosts` for a preview, whose rows are not in the database yet."""
        keys = [host.translation_key for host in self.hosts_chosen()]
        language = self.locale.language_code
        found = ProviderPage.objects.readable_in(language).filter(translation_key__in=keys).for_cards()
        return sorted(found, key=lambda host: keys.index(host.translation_key))

    def extra_search_texts(self) -> list[str]:
        """Category, hosts, place, languages, price note, food, access and gift text, in the page's language."""
        code = self.locale.language_code
        with override(code):
            around = self._snippets_shown(code)
            category, place = around["category"] or {}, around["place"] or {}
            words = [
                category.get("name"),
                *(f"{host.title}: {host.line}" for host in self.hosts),
                *(place.get(name) for name in ("name", "area")),
                # Each alone: in a list, Arabic joins "and" to the next word, which a search would not find.
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
        """The text that the page's cloth is generated from: the first host's; without a host, the page's slug."""
        return self.hosts[0].cloth_word if self.hosts else self.slug or self.title or "selvedge"

    @property
    def dates_to_come(self) -> list[ExperienceDate]:
        """Future dates, also those without seats."""
        return list(self.dates.filter(start__gt=timezone.now()).order_by("start"))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        dates: Any = SimpleLazyObject(lambda: self.dates_to_come)
        around: Any = SimpleLazyObject(lambda: self._snippets_shown(self.locale.language_code))
        context.update(
            hosts=SimpleLazyObject(lambda: self.hosts),
            dates=dates,
            next_date=SimpleLazyObject(lambda: next((date for date in dates if date.seats), None)),
            allergens=[Allergen(code).label for code in self.allergens],
            category=SimpleLazyObject(lambda: around["category"]),
            place=SimpleLazyObject(lambda: around["place"]),
            said=SimpleLazyObject(lambda: around["said"]),
        )
        return context

    def _snippets_shown(self, language: str) -> dict[str, Any]:
        """`category`, `place` and `said` in `language`. By primary keys: a preview shows unsaved choices too."""
        types = (Category, Place, Testimonial, language)
        values = {"categories": [self.category_id], "places": [self.place_id], "page": self.pk}
        chosen = self.experience_testimonials.all()
        if isinstance(chosen, FakeQuerySet):
            [shown] = snippets_of_draft(*types, said=[row.testimonial_id for row in chosen], **values)
        else:
            [shown] = snippets_of_page(*types, **values)
        return dict(shown)
