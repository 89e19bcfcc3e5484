"""{% navigation as nav %}: nav.main and nav.footer. {% crumbs page as way %}: from the home page to the parent."""

from django import template
from django.template.context import Context
from wagtail.models import Page

from core.web.request import once, request_of
from home import navigation as menus

register = template.Library()


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> menus.Navigation:
    """Computed once a request: the masthead and the footer both show it."""
    request, page = request_of(context), context.get("page")
    if request is None:
        return menus.Navigation()
    here = page if isinstance(page, Page) else None
    return once(request, "home.navigation", lambda: menus.navigation(request, here))


@register.simple_tag(takes_context=True)
def crumbs(context: Context, page: Page) -> tuple[menus.Link, ...]:
    """The pages from the home page down to `page`'s parent; none without a request."""
    request = request_of(context)
    return menus.crumbs(request, page) if request else ()
