"""The filters of the list of experiences: a GET form. Invalid values are reported and left out, the others apply."""

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
from core.languages.characters import bare
from core.languages.table import direction
from core.languages.written_numbers import read_number
from experiences.querysets import AT_THE_WEEKEND, IN_THE_EVENING, ExperienceQuerySet

# No experience has room for so many: the error asks visitors to write to us instead.
MOST_PEOPLE = 500


class When(models.TextChoices):
    """The choices of the filter `when`: which dates, or a day by agreement."""

    DATES = "dates", gettext_lazy("Fixed dates")
    EVENING = "evening", gettext_lazy("Evenings, from 17:00")
    WEEKEND = "weekend", gettext_lazy("Saturdays and Sundays")
    AGREEMENT = "agreement", gettext_lazy("A day by arrangement")


@dataclass(frozen=True)
class Kind:
    """A category as a choice of the filter. `language`: of its name, if that is not the reader's language."""

    slug: str
    name: str
    language: str = ""


@dataclass(frozen=True)
class Chosen:
    """A filter value in use: its label, and the query string of the list without it."""

    words: str
    without: str
    language: str = ""


class PeopleField(forms.IntegerField):
    """A number as people write it, in digits of any script: "24 elever"; of a range, its higher number."""

    def to_python(self, value: Any) -> int | None:
        if not (text := bare(str(value or ""))):
            return None
        if (number := read_number(text, highest=True)) is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return number


class ExperienceFilter(forms.Form):
    """GET parameters `kind` (several), `people`, `when`, `language`; the same values in every language of the site.

    An invalid value is an error at its field and is left out; the valid ones still filter.
    """

    kind = forms.MultipleChoiceField(
        label=gettext_lazy("Kind"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("One of the kinds asked for does not exist. Choose here.")},
    )
    people = PeopleField(
        label=gettext_lazy("How many of you are there?"),
        required=False,
        min_value=1,
        max_value=MOST_PEOPLE,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input"}),
        error_messages={
            "invalid": gettext_lazy("Write how many of you there are in digits, for example 6."),
            "min_value": gettext_lazy("Write 1 or more."),
            "max_value": gettext_lazy(
                "Are there more than %(limit_value)s of you? Write to us, and we will plan it together."
            ),
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
        label=gettext_lazy("Language"),
        required=False,
        widget=forms.Select(attrs={"class": "input"}),
        error_messages={
            "invalid_choice": gettext_lazy("We have no host who leads in that language right now. Choose here.")
        },
    )

    def __init__(self, data: QueryDict, *, kinds: Sequence[Kind], led_in: Sequence[str]) -> None:
        """`kinds`, `led_in` (language codes): the choices."""
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
        """Use the known kinds even if another one is unknown: the field drops all of them then."""
        asked = self.data.getlist("kind") if isinstance(self.data, QueryDict) else []
        self.cleaned_data.setdefault("kind", [slug for slug in asked if slug in self.kinds])

    def apply(self, experiences: ExperienceQuerySet, now: datetime) -> ExperienceQuerySet:
        """The experiences that meet all valid filter values."""
        asked = self.cleaned_data
        if asked["kind"]:
            experiences = experiences.in_categories(asked["kind"])
        if asked.get("language"):
            experiences = experiences.led_in(asked["language"])
        return self._for_people_and_time(experiences, now)

    def _for_people_and_time(self, experiences: ExperienceQuerySet, now: datetime) -> ExperienceQuerySet:
        """Both in one condition: the same date must have the seats and be at the right time."""
        people, when = self.cleaned_data.get("people"), self.cleaned_data.get("when")
        if people or when:  # A paused experience takes no guests, and has no date at all.
            experiences = experiences.open()
        if when == When.AGREEMENT:
            return experiences.by_agreement(people)
        if when:
            which = {When.EVENING: IN_THE_EVENING, When.WEEKEND: AT_THE_WEEKEND}.get(When(when), {})
            return experiences.on_a_date(now, people or 1, **which)
        return experiences.for_people(people, now) if people else experiences

    @property
    def problems(self) -> list[tuple[str, str]]:
        """For each invalid value: the id of the field's (first) input, and the error messages."""
        return [
            (self[name].id_for_label or f"{self[name].auto_id}_0", " ".join(map(str, errors)))
            for name, errors in self.errors.items()
        ]

    @property
    def in_fields(self) -> list[forms.BoundField]:
        """The fields besides `kind`; `language` only if there are several, or if it has an error."""
        names = ["people", "when", *(["language"] if len(self.led_in) > 1 or self["language"].errors else [])]
        return [self[name] for name in names]

    def sentence(self, count: int) -> str:
        """What the list shows, as a sentence: Six experiences: food or craft, for 4 people."""
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
        """The chosen kinds as a list: food, craft or outdoors. It follows a colon, where any category's name fits."""
        *rest, last = [display.noun_in_sentence(self.kinds[slug].name) for slug in self.cleaned_data["kind"]]
        if not rest:
            return last
        joined = pgettext("between things in a row", ", ").join(rest)
        return pgettext("the last of things to choose from", "%(rest)s or %(last)s") % {"rest": joined, "last": last}

    def chosen(self) -> list[Chosen]:
        """Each filter value in use, with the query string of the list without it."""
        return [
            Chosen(self._words(name, value), self._without(name, value), self._language(name, value))
            for name, value in self._asked()
        ]

    def _asked(self) -> Iterator[tuple[str, Any]]:
        """Each valid value as (field name, value); of several kinds, each."""
        for name in self.fields:
            value = self.cleaned_data.get(name)
            for single in value if isinstance(value, list) else [value] if value else []:
                yield name, single

    def _words(self, name: str, value: Any) -> str:
        return self.kinds[value].name if name == "kind" else display.capital_first(_condition(name, value))

    def _language(self, name: str, value: Any) -> str:
        return self.kinds[value].language if name == "kind" else ""

    def _without(self, name: str, value: Any) -> str:
        """The query string of all other valid values. Without `page`: the shorter list begins at its first page."""
        left = QueryDict(mutable=True)
        for other, single in self._asked():
            if (other, single) != (name, value):
                left.appendlist(other, str(single))
        return f"?{left.urlencode()}"

    @property
    def group(self) -> int | None:
        """The number of people that was asked for, if they are several."""
        people = self.cleaned_data.get("people")
        return people if people and people > 1 else None

    def query(self) -> str:
        """The query string of all valid values, for links to further pages: `kind=mat&people=4`."""
        kept = QueryDict(mutable=True)
        for name, value in self._asked():
            kept.appendlist(name, str(value))
        return kept.urlencode()


def _without_invisible(data: QueryDict) -> QueryDict:
    """The data without invisible characters: values are codes and numbers, and a copied link may have gained some."""
    kept = QueryDict(mutable=True)
    for name, values in data.lists():
        kept.setlist(name, [bare(value) for value in values])
    return kept


def _in_its_language(kind: Kind) -> str:
    """The name, marked with its language if that is not the reader's."""
    if not kind.language:
        return kind.name
    return format_html('<span lang="{}" dir="{}">{}</span>', kind.language, direction(kind.language), kind.name)


def _condition(name: str, value: Any) -> str:
    """A filter value as part of a sentence: "for 4 people"."""
    if name == "people":
        return ngettext("for %(people)s person", "for %(people)s people", value) % {"people": value}
    if name == "language":
        return _("led in %(language)s") % {"language": display.language_in_sentence(value)}
    return {
        When.DATES: _("on fixed dates"),
        When.EVENING: _("in the evening"),
        When.WEEKEND: _("on Saturdays and Sundays"),
        When.AGREEMENT: _("on a day by arrangement"),
    }[When(value)]


def experiences_in_words(count: int) -> str:
    """The number of experiences, in words up to twelve. A msgid for each, as languages inflect words with numbers."""
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
