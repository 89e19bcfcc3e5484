"""The catalogue for templates: here, on the home page and in search.

In the language that is active while they are drawn: the reader's, inside an untranslated page the Swedish.

{% host_hangings %}                        the hosts' cloths under one rod; twelve at most, then a link to all
{% experience_showcase 5 heading="…" %}    cards, nearest date first, none that is paused
{% guests_said 1 %}                        what guests said last
{% house_cloth as name %}                  the word of one host's cloth
{% host_names hosts link=True as names %}  names in a sentence, each in its own direction, perhaps linked
{% only_in code %}                         a note, where a card's page is not in the reader's language
"""

from collections.abc import Sequence
from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.languages import display
from core.templatetags.language_tags import lang_attrs
from core.translation.reading import reader_url
from core.web.request import once, request_of
from experiences.models import (
    ExperienceIndexPage,
    ExperiencePage,
    ProviderIndexPage,
    ProviderPage,
    Testimonial,
)
from experiences.selectors import complete_cards

register = template.Library()

# Under the rod of the home page: more would be too narrow to be looked at.
MOST_HANGINGS = 12
HOUSE = "selvedge"


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


@register.simple_tag
def only_in(code: str) -> str:
    """What a card says of a page that the reader's language lacks."""
    if code == get_language():
        return ""
    return _("Only in %(language)s so far") % {"language": display.language_in_sentence(code)}


@register.simple_tag(takes_context=True)
def host_names(context: Context, hosts: Sequence[ProviderPage], link: bool = False) -> SafeString:
    """Samira Khoury and Nour Issa."""
    names = [
        format_html(
            '<a href="{}"><bdi{}>{}</bdi></a>', reader_url(host, request_of(context)), lang_attrs(host), host.title
        )
        if link
        else format_html("<bdi{}>{}</bdi>", lang_attrs(host), host.title)
        for host in hosts
    ]
    # Safe: every name is escaped above; the words between them are ours.
    return mark_safe(display.sentence_list(names))


@register.simple_tag
def host_list(hosts: Sequence[ProviderPage]) -> str:
    """The same as plain text: for titles."""
    return display.sentence_list(host.title for host in hosts)


def _first_hosts(context: Context) -> list[ProviderPage]:
    """The first hosts by name, one more than are shown. One query a request, for `host_hangings` and `house_cloth`."""

    def query() -> list[ProviderPage]:
        language = _language()
        hosts = ProviderPage.objects.readable_in(language).alphabetical(language).for_cards()
        return list(hosts[: MOST_HANGINGS + 1])

    return once(request_of(context), "experiences.first_hosts", query)


@register.inclusion_tag("components/hangings.html", takes_context=True)
def host_hangings(context: Context) -> dict[str, Any]:
    """Published hosts in the reader's language, by name. One query; a second for the link to all."""
    hosts, request = _first_hosts(context), request_of(context)
    more = len(hosts) > MOST_HANGINGS
    everyone = ProviderIndexPage.objects.readable_in(_language()).first() if more else None
    return {"hosts": hosts[:MOST_HANGINGS], "everyone": everyone, "request": request}


@register.inclusion_tag("components/showcase.html", takes_context=True)
def experience_showcase(context: Context, how_many: int, heading: str = "") -> dict[str, Any]:
    """The next experiences: never one that is paused, as nobody can come to it."""
    language = _language()
    open_ones = ExperiencePage.objects.readable_in(language).open()
    nearest = open_ones.nearest_first(timezone.now(), language).for_cards(language)[:how_many]
    everything = ExperienceIndexPage.objects.readable_in(language).first()
    return {
        "experiences": complete_cards(nearest, ProviderPage.objects.all(), language),
        "everything": everything,
        "heading": heading,
        "request": request_of(context),
    }


@register.inclusion_tag("components/testimonials.html", takes_context=True)
def guests_said(context: Context, how_many: int) -> dict[str, Any]:
    """What was said last about an experience that one can read."""
    language = _language()
    return {"testimonials": Testimonial.objects.readable_in(language).newest_on_show()[:how_many]}


@register.simple_tag(takes_context=True)
def house_cloth(context: Context) -> str:
    """The word of one host's cloth, for where a cloth stands for all of them."""
    hosts = _first_hosts(context)
    return hosts[-1].cloth_word if hosts else HOUSE
