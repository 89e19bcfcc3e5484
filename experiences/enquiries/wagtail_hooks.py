"""The inbox in Wagtail's admin: viewset, panel on the home page, report, log actions."""

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail.permissions import policy_registry

from experiences.enquiries.inbox.viewset import EnquiryViewSet
from experiences.enquiries.inbox.waiting import add_waiting_panel
from experiences.enquiries.models import Enquiry

hooks.register("construct_homepage_panels", add_waiting_panel)


@hooks.register("register_admin_viewset")
def register_inbox() -> EnquiryViewSet:
    """The viewset of the inbox."""
    return EnquiryViewSet()


class HistoryMenuItem(MenuItem):
    """A link to Wagtail's site history of enquiries, for users who may view enquiries.

    Wagtail's own link is shown only to users with permissions on pages.
    """

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(policy_registry.get_by_type(Enquiry).user_has_permission(request.user, "view"))


@hooks.register("register_reports_menu_item")
def register_history() -> HistoryMenuItem:
    """The link in the menu of reports."""
    of_enquiries = f"?object_type={ContentType.objects.get_for_model(Enquiry).pk}"
    url = reverse("wagtailadmin_reports:site_history") + of_enquiries
    return HistoryMenuItem(_("What was done in the inbox"), url, name="inbox-history", icon_name="history")


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """What staff can do with an enquiry. The log holds no text of a visitor: more people read it than the inbox."""
    for action, label, message in (
        ("take", _("Take an enquiry"), _("Took the enquiry")),
        ("give_back", _("Give an enquiry back"), _("Gave the enquiry back")),
        ("hand_over", _("Hand an enquiry over"), _("Handed the enquiry over")),
        ("reply", _("Reply to an enquiry"), _("Replied to the visitor")),
        ("call", _("Log a call"), _("Called the visitor")),
        ("note", _("Note on an enquiry"), _("Wrote a note")),
        ("status", _("Change an enquiry's state"), _("Changed the state")),
        ("send_again", _("Send an e-mail again"), _("Sent a failed e-mail again")),
        ("send_now", _("Send a held e-mail now"), _("Sent a held e-mail at once")),
        ("release", _("Release an enquiry"), _("Released the enquiry from quarantine")),
        ("spam", _("Judge spam"), _("Marked the enquiry as spam")),
    ):
        actions.register_action(f"enquiries.{action}", label, message)
