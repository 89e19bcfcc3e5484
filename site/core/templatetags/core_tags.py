"""Template tags for every app: cloths and their walls, the site's contact details, sections of a stream, pictures.

{% weave name cut %}            the cloth of a name as inline SVG (core.design.weave); ids are counted
{% dye name %}                  the wall it hangs on: <body data-dye="{% dye name %}">
{% renditions image "fill-{1x1,2x2} format-{webp,jpeg}" as made %}   sizes of a picture; none where they cannot be made
{% picture_of made alt="" loading="lazy" %}                          Wagtail's <picture> of them
{% site_facts as facts %}       phone, email, address, opens, closes, answer_days, footer, social_links
{% sections page.body as … %}   a stream gathered into sections (core.blocks.sections), for components/sections.html
{{ code|direction }}            rtl or ltr        {{ code|own_name }}   what its speakers call a language
{{ facts.phone|phone_uri }}     tel:+46…
{{ facts.email|mail_uri }}      mailto:…
"""

from collections import Counter
from collections.abc import Iterable
from email.utils import parseaddr
from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.templatetags.wagtailuserbar import wagtailuserbar
from wagtail.images.models import Picture

from core.blocks.choices import Known, RecipeKind
from core.blocks.sections import Section, headings, reading, sections
from core.contact.facts import SiteFacts, phone_uri, site_facts
from core.design.cloth_picture import SHARE_SIZE
from core.design.weave import Cut, dye, weave
from core.languages.mail_addresses import mail_uri
from core.languages.table import direction
from core.media.pictures import renditions
from core.translation.reading import own_name
from core.web.request import once, request_of

register = template.Library()
register.filter("phone_uri", phone_uri)
register.filter("mail_uri", mail_uri)
register.filter("direction", direction)
register.filter("headings", headings)
register.filter("reading", reading)
register.filter("own_name", own_name)
register.simple_tag(dye)
register.simple_tag(renditions)

# A name and a cut of its cloth.
Cloth = tuple[str, str]

# The cloth of the site itself: the edging, the mark in the masthead, and where there is no host.
SITE_CLOTH = "selvedge"


def cloths_on_page(context: Context) -> Counter[Cloth]:
    """How often each cloth has been drawn on this page so far. Without a request: in this rendering."""
    return once(request_of(context) or context.render_context, "core.cloths", Counter[Cloth])


@register.simple_tag(name="weave", takes_context=True)
def weave_tag(context: Context, name: str = SITE_CLOTH, cut: Cut = "hang") -> SafeString:
    """The cloth of a name as SVG. The ids in it are numbered, so that none occurs twice on a page."""
    cloths = cloths_on_page(context)
    key = (name.strip().lower(), cut)
    cloths[key] += 1
    # Safe: made of numbers and of our own colour words; the name is only hashed.
    return mark_safe(weave(*key, nth=cloths[key]))


@register.simple_tag(name="site_facts", takes_context=True)
def site_facts_tag(context: Context) -> SiteFacts:
    """Without a request (pages 400 and 500): what the settings know, and no promise."""
    if request := request_of(context):
        return site_facts(request)
    return SiteFacts(settings.WAGTAIL_SITE_NAME, email=parseaddr(settings.DEFAULT_FROM_EMAIL)[1], answer_days=0)


@register.simple_tag(name="sections")
def sections_tag(blocks: Iterable[Any], wall: str = "") -> list[Section]:
    """The sections of a stream. `wall`: the hero's, which counts among the three of a page."""
    return sections(blocks, [wall])


@register.simple_tag
def section_of(block: Any) -> list[Section]:
    """One block as a section, for the editor's preview."""
    return sections([block])


@register.filter
def how_we_know(known: str) -> str:
    return str(Known(known).label)


@register.filter
def recipe_kind(kind: str) -> str:
    return str(RecipeKind(kind).label)


@register.simple_tag
def picture_of(made: dict[str, Any], **attrs: str) -> SafeString:
    html: SafeString = Picture(made, attrs).__html__()
    return html


@register.simple_tag(takes_context=True)
def share_picture(context: Context) -> dict[str, str | int]:
    """URL, width and height of the picture for og:image: the page's own, else the cloth of its `cloth_word`."""
    page, request = context.get("page"), request_of(context)
    if made := renditions(getattr(page, "share_image", None), "fill-{}x{}|format-jpeg".format(*SHARE_SIZE)):
        rendition = next(iter(made.values()))
        url, width, height = rendition.url, rendition.width, rendition.height
    else:
        url = reverse("cloth_picture", args=[getattr(page, "cloth_word", SITE_CLOTH)])
        width, height = SHARE_SIZE
    return {"url": request.build_absolute_uri(url) if request else url, "width": width, "height": height}


@register.simple_tag(takes_context=True)
def editors_bar(context: Context) -> str:
    """Wagtail's bar for who is logged in.

    A visitor without a session is not asked who they are: that would mark the page as different for each of them
    (`Vary: Cookie`), and no cache could keep it.
    """
    request = request_of(context)
    if request is None or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ""
    bar: str = wagtailuserbar(context)
    return bar
