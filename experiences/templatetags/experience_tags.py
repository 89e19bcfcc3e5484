"""Template tags of the catalogue, also for the home page and the search page.

Text is in the active language: the reader's or, inside an untranslated page, Swedish.

{% host_hangings %}                        a row of the hosts' cloths; twelve at most, then a link to all hosts
{% experience_showcase 5 heading="…" %}    cards of experiences, nearest date first, none that is paused
{% other_experiences page way|last %}      three others, each with the reason; below an experience and its confirmation
{% guests_said 1 %}                        the newest testimonials
{% cloth_of_a_host as name %}              the `cloth_word` of one host, for {% weave %}
{% host_names hosts link=True as names %}  names in a sentence, each in its own direction, linked if asked for
{% only_in code %}                         "Only in Swedish so far", if `code` is not the reader's language
"""

from collections.abc import Sequence
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template.context import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.languages import display
from core.templatetags.core_tags import SITE_CLOTH
from core.templatetags.language_tags import lang_attrs
from core.translation.reading import reader_url
from core.web.page_cache.memory import kept
from core.web.prepared import Prepared
from core.web.request import once, request_of
from experiences.models import (
    ExperienceIndexPage,
    ExperiencePage,
    ProviderIndexPage,
    ProviderPage,
    Testimonial,
)
from experiences.querysets import ProviderQuerySet
from experiences.selectors import complete_cards, nearest_open_cards, other_cards

register = template.Library()

# In one row on the home page: more cloths would be too narrow to see their patterns.
MOST_HANGINGS = 12
# Below an experience: enough to go on, few enough to choose from.
MOST_OTHERS = 3


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


@register.simple_tag
def only_in(code: str) -> str:
    """A note for a card whose page is in another language than the reader's; empty for the reader's own."""
    if code == get_language():
        return ""
    return _("Only in %(language)s so far") % {"language": display.language_in_sentence(code)}


@register.simple_tag(takes_context=True)
def host_names(context: Context, hosts: Sequence[ProviderPage], link: bool = False) -> SafeString:
    """The names as part of a sentence: Samira Khoury and Nour Issa."""
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
    """`host_names` as plain text, for <title>."""
    return display.sentence_list(host.title for host in hosts)


def _first_by_name(language: str) -> ProviderQuerySet:
    hosts: ProviderQuerySet = ProviderPage.objects.readable_in(language).alphabetical(language).for_cards()
    return hosts[: MOST_HANGINGS + 1]


_hosts_by_name = Prepared(_first_by_name)
_list_of_experiences = Prepared(lambda language: ExperienceIndexPage.objects.readable_in(language)[:1])


def _first_hosts(context: Context) -> list[ProviderPage]:
    """The first hosts by name, one more than are shown. One query a request, for both tags that ask."""

    def query() -> list[ProviderPage]:
        return _hosts_by_name(_language())

    return once(request_of(context), "experiences.first_hosts", query)


@register.inclusion_tag("components/hangings.html", takes_context=True)
def host_hangings(context: Context) -> dict[str, Any]:
    """Live hosts by name, in the reader's language. One query; a second for the link to all hosts."""
    hosts, request = _first_hosts(context), request_of(context)
    more = len(hosts) > MOST_HANGINGS
    everyone = ProviderIndexPage.objects.readable_in(_language()).first() if more else None
    return {"hosts": hosts[:MOST_HANGINGS], "everyone": everyone, "request": request}


@register.inclusion_tag("components/showcase.html", takes_context=True)
def experience_showcase(context: Context, how_many: int, heading: str = "") -> dict[str, Any]:
    """Cards of the open experiences with the nearest dates."""
    language, request = _language(), request_of(context)
    cards = nearest_open_cards(ExperiencePage, language, how_many, now=timezone.now())
    return {
        "experiences": complete_cards(cards, ProviderPage.objects.all(), language),
        "everything": _list_of_everything(request, language),
        "heading": heading,
        "request": request,
    }


def _list_of_everything(request: HttpRequest | None, language: str) -> ExperienceIndexPage | None:
    key = ("experiences.everything", language)
    return kept(request, key, lambda: next(iter(_list_of_experiences(language)), None))


@register.inclusion_tag("components/others.html", takes_context=True)
def other_experiences(context: Context, page: ExperiencePage, everything: Any = None) -> dict[str, Any]:
    """Three open experiences besides this one, each with the reason. Two queries, three with pictures.

    `everything`: the link to the list (of the crumbs).
    """
    language = _language()
    cards = other_cards(
        *(ExperiencePage, language, MOST_OTHERS),
        **{"page": page.pk, "key": page.translation_key, "kinds": [page.category_id], "now": timezone.now()},
    )
    others = complete_cards(cards, ProviderPage.objects.all(), language)
    return {
        "others": [(card, _reason(card)) for card in others],
        "everything": everything,
        "request": request_of(context),
    }


def _reason(card: ExperiencePage) -> str:
    """Why `card` is shown beside another experience (selectors.other_cards)."""
    if card.has_same_host and card.hosts:
        names = display.sentence_list([host.title for host in card.hosts])
        return _("Also with %(hosts)s") % {"hosts": names}
    if card.has_same_kind:
        return _("The same kind: %(kind)s") % {"kind": card.category_name}
    return _("Soon") if card.next_start else _("When it suits you")


@register.inclusion_tag("components/testimonials.html", takes_context=True)
def guests_said(context: Context, how_many: int) -> dict[str, Any]:
    """The newest testimonials of live experiences."""
    language = _language()
    return {"testimonials": Testimonial.objects.readable_in(language).of_live_experiences()[:how_many]}


@register.simple_tag(takes_context=True)
def cloth_of_a_host(context: Context) -> str:
    """The `cloth_word` of one host, for all hosts; without hosts the site's own."""
    hosts = _first_hosts(context)
    return hosts[-1].cloth_word if hosts else SITE_CLOTH
