"""The inbox in Wagtail's admin: its URLs, its menu item, its permissions."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import ModelAdminURLFinder
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import policy_registry

from experiences.enquiries.inbox import listing, views
from experiences.enquiries.models import Enquiry


class EnquiryFinder(ModelAdminURLFinder):
    """The link from Wagtail's reports to an enquiry's page, for users who may view it."""

    def construct_edit_url(self, instance: Enquiry) -> str:
        return reverse("inbox:detail", args=[instance.pk])

    def get_edit_url(self, instance: Enquiry) -> str | None:
        policy = policy_registry.get(instance)
        may_see = not self.user or policy.user_has_permission_for_instance(self.user, "view", instance)
        return self.construct_edit_url(instance) if may_see else None


class EnquiryViewSet(ModelViewSet):
    """The staff's inbox. Without views to add, copy or delete: an enquiry comes from a visitor."""

    model = Enquiry
    name = "enquiries"
    url_namespace = "inbox"  # `enquiries:` is the namespace of the visitor's URLs.
    icon = "mail"
    menu_label = _("Inbox")
    menu_name = "inbox"
    menu_order = 90
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    form_fields: list[str] = []
    index_view_class = listing.InboxView
    list_per_page = 25
    url_finder_class = EnquiryFinder

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """The permissions that an administrator can give a group: only the two that the inbox checks."""
        return Permission.objects.filter(
            content_type__app_label="enquiries", codename__in=["view_enquiry", "answer_enquiry"]
        )

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """The arguments that our views accept: without the URL names of views that this viewset does not have."""
        common: dict[str, Any] = super().get_common_view_kwargs(**kwargs)
        return {key: value for key, value in common.items() if key in VIEW_KWARGS}

    def quarantine(self, **kwargs: Any) -> Any:
        """The view function of the quarantine."""
        return self.construct_view(
            listing.QuarantineView,
            paginate_by=self.list_per_page,
            index_url_name=self.get_url_name("quarantine"),
            index_results_url_name=self.get_url_name("quarantine_results"),
            header_icon="warning",
            **kwargs,
        )

    def get_urlpatterns(self) -> list[URLPattern]:
        actions = [
            path(f"<int:pk>/{address}/", self.construct_view(view), name=name)
            for name, (address, view) in ACTIONS.items()
        ]
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("quarantine/", self.quarantine(), name="quarantine"),
            path("quarantine/results/", self.quarantine(results_only=True), name="quarantine_results"),
            path("<int:pk>/", self.construct_view(views.EnquiryView), name="detail"),
            *actions,
            path("<int:pk>/mail/<int:entry>/", self.construct_view(views.SendAgainView), name="send_again"),
        ]


# Arguments of Wagtail's viewset that each of our views has an attribute for.
VIEW_KWARGS = ("model", "index_url_name", "index_results_url_name", "header_icon")
# Name of the URL: its last part, the view.
ACTIONS = {
    "take": ("take", views.TakeView),
    "give_back": ("give-back", views.GiveBackView),
    "hand_over": ("hand-over", views.HandOverView),
    "reply": ("reply", views.ReplyView),
    "call": ("call", views.CallView),
    "note": ("note", views.NoteView),
    "state": ("state", views.StateView),
    "release": ("release", views.ReleaseView),
    "spam": ("spam", views.SpamView),
}
