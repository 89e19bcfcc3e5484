"""The states of an enquiry, and whose turn it is in each."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EnquiryStatus(models.TextChoices):
    NEW = "new", _("New")
    OPEN = "open", _("Open")
    WAITING_VISITOR = "waiting_visitor", _("Waiting for the visitor")
    WAITING_PROVIDER = "waiting_provider", _("Waiting for the host")
    OFFER_SENT = "offer_sent", _("Offer sent")
    BOOKED = "booked", _("Booked")
    DELIVERED = "delivered", _("Delivered")
    CLOSED = "closed", _("Closed")
    DECLINED = "declined", _("Declined")
    DUPLICATE = "duplicate", _("Duplicate")
    SPAM = "spam", _("Suspected spam")
    REOPENED = "reopened", _("Reopened")


# The next step is ours; in all other states it is the visitor's or the host's, or there is none.
WAITING_FOR_US = (EnquiryStatus.NEW, EnquiryStatus.OPEN, EnquiryStatus.REOPENED)
ENDED = (
    EnquiryStatus.DELIVERED,
    EnquiryStatus.CLOSED,
    EnquiryStatus.DECLINED,
    EnquiryStatus.DUPLICATE,
    EnquiryStatus.SPAM,
)
