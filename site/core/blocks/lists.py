"""Blocks that list facts about a person: skills, languages, questions, limits."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ListBlock,
    StructBlock,
)

from core.blocks.choices import Known, LanguageBlock, QuietChoiceBlock


class AskMeBlock(StructBlock):
    """What I like to be asked."""

    questions = ListBlock(CharBlock(max_length=160), label=_("Ask me about"), min_num=1)

    class Meta:
        icon = "help"
        label = _("Ask me about")
        group = _("Facts about me")
        template = "core/blocks/ask_me.html"
        layout = "aside"
        description = _("Questions that I like to be asked: a way in for a shy guest.")
        preview_value = {"questions": [_("why the griddle is domed"), _("what to do with yesterday's bread")]}


class DoDontBlock(StructBlock):
    """What I do, and what I do not: the limits that make a promise one can keep."""

    do = ListBlock(CharBlock(max_length=160), label=_("I do"), min_num=1)
    dont = ListBlock(CharBlock(max_length=160), label=_("I do not"), min_num=1)

    class Meta:
        icon = "tick-inverse"
        label = _("I do / I do not")
        group = _("Facts about me")
        template = "core/blocks/do_dont.html"
        description = _("Exactly what is offered, and what is not.")
        preview_value = {"do": [_("Bake with four to eight guests")], "dont": [_("Cook whole dinners")]}


class SpokenLanguageBlock(StructBlock):
    language = LanguageBlock()
    words = CharBlock(label=_("In plain words"), max_length=160, help_text=_("For example: I lead the whole evening."))

    class Meta:
        icon = "globe"
        label = _("Language")


class LanguagesBlock(StructBlock):
    """The languages we can meet in. In plain words: a level (CEFR) is private."""

    languages = ListBlock(SpokenLanguageBlock(), label=_("Languages"), min_num=1)

    class Meta:
        icon = "globe"
        label = _("Languages")
        group = _("Facts about me")
        template = "core/blocks/languages.html"
        layout = "aside"
        description = _("Which languages we can meet in, in plain words.")
        preview_value = {
            "languages": [
                {"language": "ar", "words": _("My first language.")},
                {"language": "sv", "words": _("I lead the whole evening in it.")},
            ]
        }


class KnownSkillBlock(StructBlock):
    words = CharBlock(label=_("Skill, in the host's own words"), max_length=120)
    known = QuietChoiceBlock(choices=Known.choices, label=_("How we know"))
    detail = CharBlock(
        label=_("More about how we know"),
        required=False,
        max_length=120,
        help_text=_("For example: four evenings."),
    )

    class Meta:
        icon = "pick"
        label = _("Skill")


class SkillsBlock(StructBlock):
    """What I can do, and how we know."""

    skills = ListBlock(KnownSkillBlock(), label=_("Skills"), min_num=1)

    class Meta:
        icon = "pick"
        label = _("What I can do, and how we know")
        group = _("Facts about me")
        template = "core/blocks/skills.html"
        description = _("Skills in the host's own words, each with how we know.")
        preview_value = {
            "skills": [
                {"words": _("Flatbread on a domed griddle"), "known": "tested", "detail": _("four evenings")},
                {"words": _("Slow doughs"), "known": "seen", "detail": ""},
            ]
        }
