"""The tabs of an experience's edit form."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface

from core.models import BasePage

CONTENT = [
    *BasePage.content_panels,
    FieldPanel("summary"),
    InlinePanel("experience_providers", heading=_("Hosts"), label=_("host"), min_num=1),
    FieldPanel("category"),
    MultiFieldPanel(["picture", "picture_alt"], heading=_("Picture")),
    FieldPanel("story"),
    FieldPanel("gallery"),
]
FACTS = [
    MultiFieldPanel([FieldRowPanel(["price", "price_per"]), "price_covers"], heading=_("Price")),
    MultiFieldPanel(["duration", "duration_note"], heading=_("Length")),
    FieldRowPanel(["group_min", "group_max"], heading=_("Group")),
    FieldPanel("place"),
    MultiFieldPanel([FieldPanel("languages", required_on_save=False), "some_languages"], heading=_("Languages")),
    FieldPanel("included"),
    FieldPanel("not_included"),
    FieldPanel("bring"),
    FieldPanel("suits"),
    MultiFieldPanel(["food", "allergens", "food_note"], heading=_("Food and allergens")),
    MultiFieldPanel(
        ["access_steps", "access_toilet", "access_seating", "access_noise", "companion_free"],
        heading=_("Access"),
    ),
]
WHEN = [
    FieldPanel("steps"),
    InlinePanel("dates", heading=_("Fixed dates"), label=_("date")),
    MultiFieldPanel(["by_agreement", "lead_days"], heading=_("By arrangement")),
    MultiFieldPanel(["state", "state_note"], heading=_("State")),
]
BOOKING = [
    FieldPanel("booking_steps"),
    FieldPanel("if_plans_change"),
    FieldPanel("as_gift"),
    FieldPanel("questions"),
    FieldPanel("enquiry_questions"),
    InlinePanel("experience_testimonials", heading=_("What guests said"), label=_("testimonial")),
]
TABS = TabbedInterface(
    [
        ObjectList(CONTENT, heading=_("What")),
        ObjectList(FACTS, heading=_("Facts")),
        ObjectList(WHEN, heading=_("When")),
        ObjectList(BOOKING, heading=_("Booking")),
        ObjectList(BasePage.promote_panels, heading=_("Sharing")),
        ObjectList(BasePage.settings_panels, heading=_("Publishing")),
    ]
)
