"""Which blocks a story is made of.

Each block says to an editor what it is for, and shows it. `Meta.layout` says how it is placed on a page (sections.py).
"""

from wagtail.blocks import StreamBlock

from core.blocks.lists import AskMeBlock, DoDontBlock, LanguagesBlock, SkillsBlock
from core.blocks.media import FilmBlock, PictureBlock, SoundBlock
from core.blocks.story import MomentBlock, NextBlock, QuoteBlock, RecipeBlock, SkillStoryBlock, TogetherBlock
from core.blocks.text import ParagraphsBlock


class StoryBlock(StreamBlock):
    """The story of a provider or of an experience."""

    skill = SkillStoryBlock()
    moment = MomentBlock()
    together = TogetherBlock()
    quote = QuoteBlock()
    recipe = RecipeBlock()
    next = NextBlock()
    ask_me = AskMeBlock()
    do_dont = DoDontBlock()
    languages = LanguagesBlock()
    skills = SkillsBlock()
    paragraphs = ParagraphsBlock()
    picture = PictureBlock()
    sound = SoundBlock()
    film = FilmBlock()
