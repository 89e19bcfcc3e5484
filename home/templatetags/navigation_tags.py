"""{% navigation as nav %}: nav.main and nav.footer. {% crumbs page as way %}: from the home page to the parent."""

from typing import Any

from django import template
from django.template.context import Context
from wagtail.models import Page

from home import navigation as menus

register = template.Library()


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> menus.Navigation:
    """Asked for once a request, by the masthead and the footer."""
    request: Any = context.get("request")
    if request is None:
        return menus.Navigation()
    if not hasattr(request, "_navigation"):
        page = context.get("page")
        request._navigation = menus.navigation(request, page if isinstance(page, Page) else None)
    found: menus.Navigation = request._navigation
    return found


@register.simple_tag(takes_context=True)
def crumbs(context: Context, page: Page) -> tuple[menus.Link, ...]:
    request = context.get("request")
    return menus.crumbs(request, page) if request else ()
