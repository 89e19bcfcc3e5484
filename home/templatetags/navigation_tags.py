"""Menus and breadcrumbs (home.navigation).

{% navigation as nav %}     nav.main, nav.footer, nav.experiences
{% crumbs page as way %}    links from the home page to the page's parent
"""

from django import template
from django.template.context import Context
from wagtail.models import Page

from core.web.request import once, request_of
from home import navigation as menus

register = template.Library()


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> menus.Navigation:
    """The main menu and the footer's links. Computed once a request: the masthead and the footer both ask."""
    request, page = request_of(context), context.get("page")
    if request is None:
        return menus.Navigation()
    here = page if isinstance(page, Page) else None
    return once(request, "home.navigation", lambda: menus.navigation(request, here))


@register.simple_tag(takes_context=True)
def crumbs(context: Context, page: Page) -> tuple[menus.Link, ...]:
    """Links from the home page down to the page's parent; none without a request."""
    request = request_of(context)
    return menus.crumbs(request, page) if request else ()
