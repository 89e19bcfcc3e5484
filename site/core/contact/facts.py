"""SiteSettings as templates use them: how to reach us, the promised answer time, the footer. One query a request."""

import re
from dataclasses import dataclass
from datetime import time
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import JSONObject
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Site

from core.contact.models import SiteFooter, SiteSettings, SocialLink
from core.web.page_cache.memory import kept
from core.web.request import once
from core.web.site_address import site_of


@dataclass(frozen=True)
class SiteFacts:
    """The values of SiteSettings, with the footer in the reader's language, else in Swedish."""

    name: str
    phone: str = ""
    email: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    opens: time | None = None
    closes: time | None = None
    answer_days: int = SiteSettings._meta.get_field("answer_days").default
    footer: str = ""
    footer_language: str = ""
    social_links: tuple[dict[str, str], ...] = ()

    @property
    def address(self) -> str:
        """Street, postcode and town on one line; empty without a street."""
        town = " ".join(filter(None, (self.postcode, self.town)))
        return ", ".join(filter(None, (self.street, town))) if self.street else ""


def site_facts(request: HttpRequest) -> SiteFacts:
    """The settings of the request's site; queried once a request at most."""
    return once(request, "core.site_facts", lambda: _kept(request))


def _kept(request: HttpRequest) -> SiteFacts:
    site = site_of(request)
    return kept(request, ("core.site_facts", site and site.pk, get_language()), lambda: _read(site))


def _read(site: Site | None) -> SiteFacts:
    name = (site and site.site_name) or settings.WAGTAIL_SITE_NAME
    row: dict[str, Any] | None = site and _rows(site).values(*_COLUMNS).first()
    if row is None:
        return SiteFacts(name=name)
    row["social_links"] = tuple(row.pop("links"))
    row |= {key: row[key] or "" for key in ("footer", "footer_language")}
    return SiteFacts(name=name, **row)


_COLUMNS = (
    *("phone", "email", "street", "postcode", "town", "opens", "closes", "answer_days"),
    *("footer", "footer_language", "links"),
)


def _rows(site: Site) -> QuerySet[SiteSettings]:
    language = get_language() or settings.LANGUAGE_CODE
    footers = (
        SiteFooter.objects.filter(settings=OuterRef("pk"), locale__language_code__in=[language, settings.LANGUAGE_CODE])
        .annotate(
            distance=Case(
                When(locale__language_code=language, then=Value(0)), default=Value(1), output_field=IntegerField()
            )
        )
        .order_by("distance")
    )
    links = SocialLink.objects.filter(settings=OuterRef("pk")).order_by("sort_order")
    rows: QuerySet[SiteSettings] = SiteSettings.objects.filter(site=site).annotate(
        footer=Subquery(footers.values("text")[:1]),
        footer_language=Subquery(footers.values("locale__language_code")[:1]),
        links=ArraySubquery(links.values(link=JSONObject(name="name", url="url"))),
    )
    return rows


def phone_uri(phone: str) -> str:
    """A tel: URI (RFC 3966) of a Swedish number: 0470-12 34 56 → tel:+46470123456."""
    digits = re.sub(r"[^\d+]", "", phone.replace("(0)", ""))
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    elif digits.startswith("0"):
        digits = f"+46{digits[1:]}"
    return f"tel:{digits}"
