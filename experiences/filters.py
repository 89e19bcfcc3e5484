"""What a visitor may ask of the list: without a script, kept in a shared link, and kind about nonsense."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from core.languages import display
from core.languages.characters import bare, western
from core.languages.table import direction
from experiences.querysets import AT_THE_WEEKEND, IN_THE_EVENING, ExperienceQuerySet

# More people than any of our rooms holds: then it is a question for us, not for a list.
MOST_PEOPLE = 500


class When(models.TextChoices):
    """Only what the dates themselves can answer."""

    DATES = "dates", gettext_lazy("Fixed dates")
    EVENING = "evening", gettext_lazy("Evenings, from 17")
    WEEKEND = "weekend", gettext_lazy("Saturdays and Sundays")
    AGREEMENT = "agreement", gettext_lazy("A day by agreement")


@dataclass(frozen=True)
class Kind:
    """A category as the filter offers it. `language`: that of its name, where it is not the reader's."""

    slug: str
    name: str
    language: str = ""


@dataclass(frozen=True)
class Chosen:
    """One thing that was asked for, and the list without it."""

    words: str
    without: str
    language: str = ""


class PeopleField(forms.IntegerField):
    """A number in the digits of any script, whatever was copied along with it."""

    def to_python(self, value: Any) -> int | None:
        return super().to_python(western(bare(value or "")))


class ExperienceFilter(forms.Form):
    """GET parameters `kind` (several), `people`, `when`, `language`; the same words in every language of the site.

    An answer that makes no sense is told at its field and left out; the others still count.
    """

    kind = forms.MultipleChoiceField(
        label=gettext_lazy("Kind"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("One of the kinds asked for does not exist. Choose here.")},
    )
    people = PeopleField(
        label=gettext_lazy("How many are you?"),
        required=False,
        min_value=1,
        max_value=MOST_PEOPLE,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input", "autocomplete": "off"}),
        error_messages={
            "invalid": gettext_lazy("Write how many of you there are in digits, for example 6."),
            "min_value": gettext_lazy("Write 1 or more."),
            "max_value": gettext_lazy("Are you more than %(limit_value)s? Then write to us, and we plan it together."),
        },
    )
    when = forms.ChoiceField(
        label=gettext_lazy("When"),
        required=False,
        choices=[("", gettext_lazy("Any time")), *When.choices],
        widget=forms.Select(attrs={"class": "input"}),
        error_messages={"invalid_choice": gettext_lazy("That time is not in the list. Choose here.")},
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Led in"),
        required=False,
        widget=forms.Select(attrs={"class": "input"}),
        error_messages={"invalid_choice": gettext_lazy("Nobody leads in that language right now. Choose here.")},
    )

    def __init__(self, data: QueryDict, *, kinds: Sequence[Kind], led_in: Sequence[str]) -> None:
        """`kinds`, `led_in` (codes of languages): what there is to choose from."""
        super().__init__(_without_invisible(data), auto_id="filter-%s")
        self.kinds = {kind.slug: kind for kind in kinds}
        self.led_in = led_in
        names = sorted((display.language(code), code) for code in led_in)
        self._choose_from("kind", [(kind.slug, _in_its_language(kind)) for kind in kinds])
        self._choose_from("language", [("", _("Any language")), *((code, name) for name, code in names)])

    def _choose_from(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> None:
        """Of several kinds, the known ones count also when one is unknown."""
        asked = self.data.getlist("kind") if isinstance(self.data, QueryDict) else []
        self.cleaned_data.setdefault("kind", [slug for slug in asked if slug in self.kinds])

    def apply(self, experiences: ExperienceQuerySet, now: datetime) -> ExperienceQuerySet:
        """Those that answer everything that was asked."""
        asked = self.cleaned_data
        if asked["kind"]:
            experiences = experiences.in_categories(asked["kind"])
        if asked.get("language"):
            experiences = experiences.led_in(asked["language"])
        return self._for_people_and_time(experiences, now)

    def _for_people_and_time(self, experiences: ExperienceQuerySet, now: datetime) -> ExperienceQuerySet:
        """Together, because it is one date that must have the seats and the right hour."""
        people, when = self.cleaned_data.get("people"), self.cleaned_data.get("when")
        if when:  # A paused one has no day at all.
            experiences = experiences.open()
        if when == When.AGREEMENT:
            return experiences.on_a_day_of_ones_own(people)
        if when:
            which = {When.EVENING: IN_THE_EVENING, When.WEEKEND: AT_THE_WEEKEND}.get(When(when), {})
            return experiences.on_a_date(now, people or 1, **which)
        return experiences.for_people(people, now) if people else experiences

    @property
    def problems(self) -> list[tuple[str, str]]:
        """What could not be used: (id of the field's input, of several the first; what to do about it)."""
        return [
            (self[name].id_for_label or f"{self[name].auto_id}_0", " ".join(map(str, errors)))
            for name, errors in self.errors.items()
        ]

    @property
    def in_fields(self) -> list[forms.BoundField]:
        """What stands beside the kinds; languages only where there is a choice."""
        names = ["people", "when", *(["language"] if len(self.led_in) > 1 or self["language"].errors else [])]
        return [self[name] for name in names]

    def sentence(self, count: int) -> str:
        """What the list shows, said whole: Six experiences: food or craft, for 4 people."""
        experiences, comma = experiences_in_words(count), pgettext("between conditions", ", ")
        conditions = [_condition(name, value) for name, value in self._asked() if name != "kind"]
        if self.cleaned_data["kind"]:
            values = {"experiences": experiences, "kinds": self._kinds_in_words()}
            return comma.join([_("%(experiences)s: %(kinds)s") % values, *conditions])
        if not conditions:
            return experiences
        values = {"experiences": experiences, "conditions": comma.join(conditions)}
        return _("%(experiences)s %(conditions)s") % values

    def _kinds_in_words(self) -> str:
        """Food, craft or outdoors. After a colon, any name that an editor gives reads well."""
        *rest, last = [display.noun_in_sentence(self.kinds[slug].name) for slug in self.cleaned_data["kind"]]
        if not rest:
            return last
        joined = pgettext("between things in a row", ", ").join(rest)
        return pgettext("the last of things to choose from", "%(rest)s or %(last)s") % {"rest": joined, "last": last}

    def chosen(self) -> list[Chosen]:
        """What is asked for now, each with the address of the list without it."""
        return [
            Chosen(self._words(name, value), self._without(name, value), self._language(name, value))
            for name, value in self._asked()
        ]

    def _asked(self) -> Iterator[tuple[str, Any]]:
        for name in self.fields:
            value = self.cleaned_data.get(name)
            for single in value if isinstance(value, list) else [value] if value else []:
                yield name, single

    def _words(self, name: str, value: Any) -> str:
        return self.kinds[value].name if name == "kind" else display.capital_first(_condition(name, value))

    def _language(self, name: str, value: Any) -> str:
        return self.kinds[value].language if name == "kind" else ""

    def _without(self, name: str, value: Any) -> str:
        """The query string that keeps everything else that was understood. The page is left out: back to the first."""
        left = QueryDict(mutable=True)
        for other, single in self._asked():
            if (other, single) != (name, value):
                left.appendlist(other, str(single))
        return f"?{left.urlencode()}"

    def query(self) -> str:
        """All that was understood, for links to further pages: `kind=mat&people=4`."""
        kept = QueryDict(mutable=True)
        for name, value in self._asked():
            kept.appendlist(name, str(value))
        return kept.urlencode()


def _without_invisible(data: QueryDict) -> QueryDict:
    """Every answer is a code or a number: a link may have picked something up on its way."""
    kept = QueryDict(mutable=True)
    for name, values in data.lists():
        kept.setlist(name, [bare(value) for value in values])
    return kept


def _in_its_language(kind: Kind) -> str:
    if not kind.language:
        return kind.name
    return format_html('<span lang="{}" dir="{}">{}</span>', kind.language, direction(kind.language), kind.name)


def _condition(name: str, value: Any) -> str:
    """A condition inside a sentence."""
    if name == "people":
        return ngettext("for %(people)s person", "for %(people)s people", value) % {"people": value}
    if name == "language":
        return _("led in %(language)s") % {"language": display.language_in_sentence(value)}
    return {
        When.DATES: _("on fixed dates"),
        When.EVENING: _("in the evening"),
        When.WEEKEND: _("on Saturdays and Sundays"),
        When.AGREEMENT: _("on a day by agreement"),
    }[When(value)]


def experiences_in_words(count: int) -> str:
    """How many, as one writes it: in words up to twelve, each a phrase of its own because languages count in forms."""
    words = {
        0: _("No experiences"),
        1: _("One experience"),
        2: _("Two experiences"),
        3: _("Three experiences"),
        4: _("Four experiences"),
        5: _("Five experiences"),
        6: _("Six experiences"),
        7: _("Seven experiences"),
        8: _("Eight experiences"),
        9: _("Nine experiences"),
        10: _("Ten experiences"),
        11: _("Eleven experiences"),
        12: _("Twelve experiences"),
    }
    if count in words:
        return words[count]
    return ngettext("%(count)s experience", "%(count)s experiences", count) % {"count": display.number(count)}
