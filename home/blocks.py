"""The sections of the home page."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, IntegerBlock, StreamBlock, StructBlock, TextBlock

from core.blocks.choices import QuietChoiceBlock, Wall
from core.blocks.media import PictureBlock
from core.blocks.story import MomentBlock, QuoteBlock
from core.blocks.text import CalloutsBlock, PageLinkBlock, ParagraphsBlock, StepsBlock


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
        preview_value = {"heading": _("Come hungry, go home skilled"), "how_many": 5}


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
        description = _("How to give an experience away, beside a picture of the certificate.")
        preview_value = {
            "heading": _("Give an hour, not a thing"),
            "text": _("A gift certificate with the host's name and story."),
            "to": _("To you who always bake"),
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
