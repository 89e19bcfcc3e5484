"""The sections of the home page, and what standard pages are made of."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, IntegerBlock, StreamBlock, StructBlock, TextBlock

from core.blocks.choices import QuietChoiceBlock, Wall
from core.blocks.media import FilmBlock, PictureBlock, SoundBlock
from core.blocks.story import MomentBlock, QuoteBlock
from core.blocks.text import (
    AmountsBlock,
    CalloutsBlock,
    PageLinkBlock,
    ParagraphsBlock,
    QuestionBlock,
    StepsBlock,
)


class ShowcaseBlock(StructBlock):
    """The experiences with the nearest dates, queried when the page is shown; none that is paused or over."""

    heading = CharBlock(label=_("Heading"), max_length=120)
    how_many = IntegerBlock(label=_("How many"), min_value=2, max_value=8, default=5)

    class Meta:
        icon = "pick"
        label = _("Experiences")
        group = _("From the catalogue")
        template = "home/blocks/showcase.html"
        description = _("Experiences as large cards, those with the nearest date first.")
        preview_value = {"heading": _("Come hungry, go home knowing how"), "how_many": 5}


class GiftBlock(StructBlock):
    """Text about giving an experience away, beside a picture of the gift certificate."""

    heading = CharBlock(label=_("Heading"), max_length=120)
    text = TextBlock(label=_("Text"))
    to = CharBlock(label=_("Words on the picture of the certificate"), max_length=60)
    link = PageLinkBlock(label=_("Link"))
    wall = QuietChoiceBlock(choices=Wall.choices, default=Wall.ROS, label=_("Background colour"))

    class Meta:
        icon = "tag"
        label = _("Gift")
        group = _("From the catalogue")
        template = "home/blocks/gift.html"
        layout = "wall"
        description = _("How to give an experience as a gift, beside a picture of the certificate.")
        preview_value = {
            "heading": _("Give time, not things"),
            "text": _("A gift certificate with the host's name and story."),
            "to": _("For someone who always does the baking"),
            "link": {"page": None, "words": ""},
            "wall": "ros",
        }


class GuestsSaidBlock(StructBlock):
    """The newest testimonials of published experiences."""

    how_many = IntegerBlock(label=_("How many"), min_value=1, max_value=4, default=1)

    class Meta:
        icon = "openquote"
        label = _("What guests said")
        group = _("From the catalogue")
        template = "home/blocks/guests_said.html"
        description = _("Words of guests, in their own language and the reader's.")
        preview_value = {"how_many": 1}


class ClothBlock(StructBlock):
    """The cloth of one host across the whole width of the page."""

    class Meta:
        icon = "table"
        label = _("Cloth across the page")
        group = _("From the catalogue")
        template = "home/blocks/cloth.html"
        layout = "bleed"
        description = _("One of the hosts' cloths from edge to edge. At most one on a page.")
        preview_value: dict[str, str] = {}


class HomeBlock(StreamBlock):
    """The sections of the home page, in the editor's order; at most one of them is a cloth."""

    showcase = ShowcaseBlock()
    gift = GiftBlock()
    steps = StepsBlock()
    cloth = ClothBlock()
    guests_said = GuestsSaidBlock()
    callouts = CalloutsBlock()
    moment = MomentBlock()
    quote = QuoteBlock()
    paragraphs = ParagraphsBlock()
    picture = PictureBlock()

    class Meta:
        block_counts = {"cloth": {"max_num": 1}}


class FormLinkBlock(StructBlock):
    """The way to the enquiry form, which opens for what the reader has just read about."""

    heading = CharBlock(label=_("Heading"), max_length=120)
    text = TextBlock(label=_("Text"))
    words = CharBlock(label=_("Words on the button"), max_length=60)
    # Of experiences.enquiries.models.Enquiry.Purpose.
    about = QuietChoiceBlock(
        choices=[
            ("question", _("A question")),
            ("group", _("A group or a company")),
            ("press", _("The press")),
            ("access", _("An obstacle on the website")),
        ],
        default="question",
        label=_("What it is about"),
        help_text=_("Chosen in the form when it opens."),
    )

    class Meta:
        icon = "mail"
        label = _("To the form")
        group = _("Text and pictures")
        template = "home/blocks/form_link.html"
        layout = "text"
        description = _("A few sentences and a button to the enquiry form.")
        preview_value = {
            "heading": _("Tell us"),
            "text": _("Say what happened, in your language."),
            "words": _("Write to us"),
            "about": "question",
        }


class PageBodyBlock(StreamBlock):
    """A standard page: text first, and what a story may hold where it helps."""

    paragraphs = ParagraphsBlock()
    steps = StepsBlock()
    question = QuestionBlock()
    amounts = AmountsBlock()
    callouts = CalloutsBlock()
    form_link = FormLinkBlock()
    quote = QuoteBlock()
    moment = MomentBlock()
    picture = PictureBlock()
    sound = SoundBlock()
    film = FilmBlock()
