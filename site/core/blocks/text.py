"""Running text, steps, callouts, amounts, questions: what standard pages are made of."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    IntegerBlock,
    ListBlock,
    PageChooserBlock,
    RichTextBlock,
    StructBlock,
    StructBlockValidationError,
    StructValue,
    TextBlock,
)

from core.blocks.choices import QuietChoiceBlock, Wall
from core.blocks.story import TogetherStepBlock

TEXT = ["bold", "link", "ul", "ol"]


class ParagraphsBlock(StructBlock):
    """Running text with a heading of its own."""

    heading = CharBlock(label=_("Heading"), required=False, max_length=120)
    text = RichTextBlock(label=_("Text"), features=TEXT)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        group = _("Text and pictures")
        template = "core/blocks/paragraphs.html"
        layout = "text"
        description = _("Running text, with or without a heading.")
        preview_value = {"heading": _("You ask, we answer"), "text": _("An enquiry is not binding.")}

    def get_preview_value(self) -> Any:
        """Rich text is written out at once: not before the editor's language is known."""
        words = self.meta.preview_value
        return self.normalize({"heading": words["heading"], "text": f"<p>{words['text']}</p>"})


class PageLinkBlock(StructBlock):
    """A button or a link to one of our own pages."""

    page = PageChooserBlock(label=_("Page"), required=False)
    words = CharBlock(label=_("Words on the link"), required=False, max_length=60)

    class Meta:
        icon = "link"
        label = _("Link")

    def clean(self, value: StructValue) -> StructValue:
        cleaned = super().clean(value)
        if not self.is_deferred_validation and bool(cleaned["page"]) != bool(cleaned["words"]):
            missing = "words" if cleaned["page"] else "page"
            raise StructBlockValidationError(
                block_errors={missing: ValidationError(_("A link needs both a page and words."))}
            )
        return cleaned


class StepsBlock(StructBlock):
    """How something goes, in a few numbered steps."""

    heading = CharBlock(label=_("Heading"), max_length=120)
    steps = ListBlock(TogetherStepBlock(), label=_("Steps"), min_num=2, max_num=6)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        group = _("Text and pictures")
        template = "core/blocks/steps.html"
        description = _("Two to six steps side by side.")
        preview_value = {
            "heading": _("How it works"),
            "steps": [
                {"title": _("You read"), "text": _("Choose.")},
                {"title": _("You write"), "text": _("In your language.")},
            ],
        }


class CalloutBlock(StructBlock):
    """A heading, a few sentences and a link, on a wall of their own."""

    heading = CharBlock(label=_("Heading"), max_length=120)
    text = TextBlock(label=_("Text"))
    link = PageLinkBlock(label=_("Link"))

    class Meta:
        icon = "doc-full"
        label = _("Callout")


class CalloutsBlock(StructBlock):
    """One to three callouts beside each other."""

    callouts = ListBlock(CalloutBlock(), label=_("Callouts"), min_num=1, max_num=3)
    wall = QuietChoiceBlock(choices=Wall.choices, default=Wall.LIN, label=_("Background colour"))

    class Meta:
        icon = "doc-full"
        label = _("Callouts")
        group = _("Text and pictures")
        template = "core/blocks/callouts.html"
        layout = "wall"
        description = _("One to three short texts with a link each, on a painted wall.")
        preview_value = {
            "callouts": [
                {"heading": _("For groups"), "text": _("Tell us who you are."), "link": {"page": None, "words": ""}}
            ],
            "wall": "lin",
        }


class AmountRowBlock(StructBlock):
    label = CharBlock(label=_("Row"), max_length=120)
    kronor = IntegerBlock(label=_("Kronor"), min_value=0)

    class Meta:
        icon = "table"
        label = _("Row")


class AmountsBlock(StructBlock):
    """Where the money goes: a small table of kronor."""

    caption = CharBlock(label=_("What the table shows"), max_length=120)
    rows = ListBlock(AmountRowBlock(), label=_("Rows"), min_num=1)

    class Meta:
        icon = "table"
        label = _("Table of kronor")
        group = _("Text and pictures")
        template = "core/blocks/amounts.html"
        layout = "text"
        description = _("A small table: what, and how many kronor.")
        preview_value = {"caption": _("Of 450 kronor"), "rows": [{"label": _("The host's pay"), "kronor": 270}]}


class QuestionBlock(StructBlock):
    question = CharBlock(label=_("Question"), max_length=160)
    answer = TextBlock(label=_("Answer"))

    class Meta:
        icon = "help"
        label = _("Question and answer")
        group = _("Text and pictures")
        template = "core/blocks/question.html"
        layout = "text"
        description = _("A question that guests ask, and its answer.")
        preview_value = {
            "question": _("Can I come on my own?"),
            "answer": _("Yes. You bake together with other guests."),
        }
