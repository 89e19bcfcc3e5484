"""The demo mailbox in the admin: its URLs and its menu item."""

from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import AdminOnlyMenuItem

from demo import mailbox


@hooks.register("register_admin_urls")
def mailbox_urls() -> list[URLPattern | URLResolver]:
    return [path("demo-mailbox/", include((mailbox.urlpatterns, "demo_mailbox")))]


@hooks.register("register_admin_menu_item")
def mailbox_menu_item() -> AdminOnlyMenuItem:
    url = reverse("demo_mailbox:index")
    return AdminOnlyMenuItem(_("Demo mailbox"), url, name="demo-mailbox", icon_name="mail", order=9000)
