"""The models of every room, gathered where Django looks for an app's models."""

from core.contact.models import SiteFooter, SiteSettings, SocialLink
from core.jobs.models import JobState, RefusedHour
from core.mail.models import MailCount, OutgoingMail
from core.media.models import CustomDocument, CustomImage, CustomRendition
from core.pages.models import BasePage
from core.pages.pausing import Pause
from core.people.models import User

__all__ = [
    "BasePage",
    "CustomDocument",
    "CustomImage",
    "CustomRendition",
    "JobState",
    "MailCount",
    "OutgoingMail",
    "Pause",
    "RefusedHour",
    "SiteFooter",
    "SiteSettings",
    "SocialLink",
    "User",
]
