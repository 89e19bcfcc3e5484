"""Blocks that tell a story: the skill, a moment, what we do together, a quote, something to take home."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ListBlock,
    StructBlock,
    StructBlockValidationError,
    StructValue,
    TextBlock,
)

from core.blocks.choices import LanguageBlock, QuietChoiceBlock, RecipeKind, Wall


class OriginalWordsBlock(TextBlock):
    """Words in the language they were said in. Never a segment to translate: they would be replaced by Swedish."""

    def get_translatable_segments(self, value: str) -> list[Any]:
        return []


class SkillStoryBlock(StructBlock):
    """My skill: the four questions that make a stranger understand a craft."""

    what = TextBlock(label=_("What it is"), help_text=_("So exact that someone in the same trade would nod."))
    taught_by = TextBlock(
        label=_("Who taught me"),
        required=False,
        help_text=_("Whole sentences: visitors do not see the question. My grandmother taught me when I was nine."),
    )
    hard = TextBlock(
        label=_("What is hard"),
        required=False,
        help_text=_("Whole sentences here too: The hard thing is the heat."),
    )
    proud_of = TextBlock(
        label=_("What I am proud of"),
        required=False,
        help_text=_("Whole sentences here too: I am proudest of my thinnest bread."),
    )

    class Meta:
        icon = "pick"
        label = _("My skill")
        group = _("The story")
        template = "core/blocks/skill.html"
        layout = "text"
        description = _("What it is, who taught me, what is hard, what I am proud of.")
        preview_value = {
            "what": _("I bake bread so thin that you can read through it."),
            "taught_by": _("My grandmother stood behind me and held my wrists until they understood."),
            "hard": _("The heat. You hear it before you see it."),
            "proud_of": _("My thinnest bread weighed thirty-five grams."),
        }


class MomentBlock(StructBlock):
    """One scene that the reader can smell and touch."""

    text = TextBlock(label=_("Moment"), help_text=_("One scene: a smell, hands, a place. Three sentences are enough."))
    wall = QuietChoiceBlock(choices=Wall.choices, default=Wall.ROS, label=_("Background colour"))

    class Meta:
        icon = "image"
        label = _("A moment")
        group = _("The story")
        template = "core/blocks/moment.html"
        layout = "wall"
        description = _("One scene on a painted wall.")
        preview_value = {
            "text": _("The window steams up. Eight people stand around the griddle, silent."),
            "wall": "ros",
        }


class TogetherStepBlock(StructBlock):
    title = CharBlock(label=_("Step"), max_length=80)
    text = TextBlock(label=_("What happens"), required=False)

    class Meta:
        icon = "list-ol"
        label = _("Step")


class TogetherBlock(StructBlock):
    """What we do together, step by step."""

    steps = ListBlock(TogetherStepBlock(), label=_("Steps"), min_num=2)

    class Meta:
        icon = "list-ol"
        label = _("What we do together")
        group = _("The story")
        template = "core/blocks/together.html"
        description = _("Step by step, from the door to the goodbye.")
        preview_value = {
            "steps": [
                {"title": _("Flour on our hands"), "text": _("We tie our aprons and weigh the flour.")},
                {"title": _("The griddle"), "text": _("One movement, twenty seconds, and the bread lifts.")},
            ]
        }


class QuoteBlock(StructBlock):
    """A quote, beside the words as they were said."""

    words = TextBlock(label=_("Quote"))
    original = OriginalWordsBlock(
        label=_("In the original language"),
        required=False,
        help_text=_("As it was said. It is shown beside the translation in every language."),
    )
    original_language = LanguageBlock(label=_("The original language"), required=False)
    speaker = CharBlock(label=_("Who said it"), required=False, max_length=120)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        group = _("The story")
        template = "core/blocks/quote.html"
        description = _("What someone said, in two languages side by side.")
        preview_value = {
            "words": _("Bread waits for no one. When it calls you, you put out your hand."),
            "original": "الخبز لا ينتظر أحدًا. حين يناديك، تمدّ يدك.",
            "original_language": "ar",
            "speaker": _("My grandmother"),
        }

    def clean(self, value: StructValue) -> StructValue:
        cleaned = super().clean(value)
        # A draft is kept half filled in.
        if not self.is_deferred_validation and bool(cleaned["original"]) != bool(cleaned["original_language"]):
            missing = "original_language" if cleaned["original"] else "original"
            text = _("The original words and their language belong together: give both or neither.")
            raise StructBlockValidationError(block_errors={missing: ValidationError(text)})
        return cleaned


class RecipeBlock(StructBlock):
    """Something to take home. The rights stay with the person."""

    kind = QuietChoiceBlock(choices=RecipeKind.choices, default=RecipeKind.RECIPE, label=_("Kind"))
    title = CharBlock(label=_("Title"), max_length=120)
    needs = ListBlock(CharBlock(max_length=160), label=_("What you need"), required=False, default=[])
    steps = ListBlock(TextBlock(rows=2), label=_("How to do it, or the verses"), min_num=1)
    rights = CharBlock(
        label=_("Whose it is"),
        max_length=200,
        help_text=_("For example: The recipe is Samira's. Share it, with her name."),
    )

    class Meta:
        icon = "clipboard-list"
        label = _("Recipe, instructions or song")
        group = _("The story")
        template = "core/blocks/recipe.html"
        description = _("Something to take home; the rights stay with the person.")
        preview_value = {
            "kind": "recipe",
            "title": _("Bread in a frying pan"),
            "needs": [_("180 g flour, 150 ml water, 1 tsp salt")],
            "steps": [_("Knead for ten minutes. Rest for an hour."), _("Roll thin, and then a little thinner.")],
            "rights": _("The recipe is Samira's. Share it, with her name."),
        }


class NextBlock(StructBlock):
    """What I want next: work, studies, a stall on the square."""

    text = TextBlock(label=_("What I want next"))
    wall = QuietChoiceBlock(choices=Wall.choices, default=Wall.MOSSA, label=_("Background colour"))

    class Meta:
        icon = "arrow-right"
        label = _("What I want next")
        group = _("The story")
        template = "core/blocks/next.html"
        layout = "wall"
        description = _("What the person wants to come of it.")
        preview_value = {"text": _("I want to bake for a café two mornings a week."), "wall": "mossa"}
