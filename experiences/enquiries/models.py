"""The enquiry and its timeline. Plain models, not pages: page revisions keep old text for ever, and this is private."""

import re

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy

from core.models import OutgoingMail
from core.web.counters import HourlyCount
from experiences.enquiries.querysets import EnquiryQuerySet
from experiences.enquiries.states import EnquiryStatus
from experiences.models import ExperiencePage

MORE_THAN_A_NAME = re.compile(r"[\d,،;؛:/|()\[\]@]|\s[-–—]\s")


class Enquiry(models.Model):
    """One visitor's question, until it is answered, booked or closed."""

    class Purpose(models.TextChoices):
        BOOK = "book", _("I want to book")
        QUESTION = "question", _("I have a question")
        GIFT = "gift", _("It’s a gift")
        GROUP = "group", _("We are a group or a company")
        PRESS = "press", _("I’m a journalist")
        ACCESS = "access", _("Something on the website is stopping me")

    Status = EnquiryStatus

    reference = models.CharField(_("reference"), max_length=16, unique=True)
    # `receiving.submission_key`: HMAC of the answers and the day, so that a form sent twice finds the first enquiry.
    submission = models.CharField(max_length=64, unique=True, editable=False)
    # In the URL of the confirmation page. Secret, unlike the reference, which is said on the phone.
    token = models.CharField(max_length=43, unique=True, editable=False)

    experience = models.ForeignKey(
        ExperiencePage,
        verbose_name=_("experience"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="enquiries",
        help_text=_("The Swedish page. Empty: the visitor wants help choosing."),
    )
    # The title when the enquiry came in: the page may be renamed or deleted.
    experience_title = models.CharField(max_length=255, blank=True)
    purpose = models.CharField(_("about"), max_length=10, choices=Purpose.choices, default=Purpose.BOOK)
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(_("language of our answer"), max_length=12)
    page_language = models.CharField(_("language of the page"), max_length=12)
    people = models.PositiveIntegerField(_("how many people"), null=True, blank=True)
    when_text = models.CharField(_("when"), max_length=300, blank=True)
    when_date = models.DateField(_("date"), null=True, blank=True)
    arrange = models.CharField(_("to arrange"), max_length=500, blank=True)
    message = models.TextField(_("message"), max_length=5000, blank=True)
    message_dir = models.CharField(max_length=3, choices=[("ltr", "ltr"), ("rtl", "rtl")], default="ltr")
    # Answers to the editors' own questions, in the words of the form: [{"question": str, "answer": str}, …].
    # Asked in another language they have `question_sv` and `answer_sv` too. `about`: the title of the experience that
    # asked, when the visitor chose another one.
    extra_answers = models.JSONField(_("further answers"), default=list, blank=True)
    wants_news = models.BooleanField(_("wants news by e-mail"), default=False)

    status = models.CharField(_("state"), max_length=16, choices=Status.choices, default=Status.NEW)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=pgettext_lazy("of an enquiry", "owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="enquiries",
    )
    created_at = models.DateTimeField(_("came in"), default=timezone.now)
    # The date promised on the confirmation page, in UTC. Computed once; changes only on release from quarantine.
    answer_due = models.DateTimeField(_("answer due"))
    answered_at = models.DateTimeField(_("first answered"), null=True, blank=True)
    spam_score = models.PositiveSmallIntegerField(default=0)
    # Values of `spam.Sign`, whose points add up to the score.
    spam_signs = models.JSONField(default=list, blank=True)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["status", "-created_at"], name="enquiry_by_status"),
            models.Index(fields=["answer_due"], name="enquiry_by_answer_due"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(email="", phone=""), name="enquiry_can_be_answered"),
            models.CheckConstraint(condition=Q(status__in=EnquiryStatus.values), name="enquiry_status"),
        ]
        permissions = [("answer_enquiry", gettext_noop("Can answer enquiries"))]

    def __str__(self) -> str:
        return self.reference

    @property
    def greeted_as(self) -> str:
        """The name for a greeting; empty where it is more than a name: "Förskolan Kastanjen, Elisabet", "Klass 4B"."""
        return "" if MORE_THAN_A_NAME.search(self.name) else self.name

    @property
    def is_about_website(self) -> bool:
        """Whether it tells of an obstacle on the website, and of no experience."""
        return self.purpose == self.Purpose.ACCESS

    @property
    def next_step(self) -> str:
        """What a visitor is told to expect: "proposal" (day, price), "certificate", "opening" (it is paused), "mending"
        (of the website) or "answer"."""
        if self.is_about_website:
            return "mending"
        if self.purpose in (self.Purpose.QUESTION, self.Purpose.PRESS):
            return "answer"
        if self.purpose == self.Purpose.GIFT:
            return "certificate"
        return "opening" if self.experience and self.experience.is_paused else "proposal"


class TimelineEntry(models.Model):
    """One thing that happened to an enquiry: it came in, or a reply, a note, a change or a mail. Ordered by time."""

    class Kind(models.TextChoices):
        RECEIVED = "received", _("Received")
        REPLY = "reply", _("Reply")
        NOTE = "note", _("Note")
        CHANGE = "change", pgettext_lazy("in a timeline", "Change")
        MAIL = "mail", _("Mail")

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="timeline")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    at = models.DateTimeField(default=timezone.now)
    # None: the visitor, or the site itself.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.TextField(blank=True)
    text_dir = models.CharField(max_length=3, choices=[("ltr", "ltr"), ("rtl", "rtl")], default="ltr")
    # CHANGE: {"field": "status", "from": "new", "to": "open"}; the fields are status, owner and mail.
    # REPLY: {"subject": str}. NOTE of a call: {"call": true}. MAIL: {"mail": "confirmation" or "notice"}.
    data = models.JSONField(default=dict, blank=True)
    mail = models.OneToOneField(
        OutgoingMail, null=True, blank=True, on_delete=models.SET_NULL, related_name="timeline_entry"
    )

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["enquiry", "at"], name="timeline_of_an_enquiry")]

    def __str__(self) -> str:
        return f"{self.enquiry_id} {self.kind}"


class SendingRate(HourlyCount):
    """How many enquiries of an hour share an IP address, network, e-mail address or message. See `services.spam`.

    Enquiries received, not mails sent: those are counted by `core.mail.models.MailCount`.
    """

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "hour"], name="one_count_an_hour")]
