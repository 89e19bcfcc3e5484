"""The blocks that stories and pages are made of. Each says to an editor what it is for, and shows it.

`Meta.layout` says how a block stands on a page (core.sections).
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    IntegerBlock,
    ListBlock,
    PageChooserBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
    StructBlockValidationError,
    StructValue,
    TextBlock,
)
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from core.languages.table import CHOICES

TEXT = ["bold", "link", "ul", "ol"]


class Wall(models.TextChoices):
    """The painted walls of the design: what a section hangs on."""

    ROS = "ros", _("Rose")
    VAU = "vau", _("Weld yellow")
    HIMMEL = "himmel", _("Sky")
    MOSSA = "mossa", _("Moss")
    LIN = "lin", _("Linen")


class Known(models.TextChoices):
    """How we know that somebody can do a thing. Never "validated"."""

    TOLD = "told", _("Told by the person")
    SEEN = "seen", _("Seen by us")
    TESTED = "tested", _("Tested with guests")
    CERTIFICATE = "certificate", _("Certificate")


class OriginalWordsBlock(TextBlock):
    """Words in the language they were said in. Never a segment to translate: they would be replaced by Swedish."""

    def get_translatable_segments(self, value: str) -> list[Any]:
        return []


class QuietChoiceBlock(ChoiceBlock):
    """A choice that no search finds: its words are the interface's, in the language of whoever saved the page."""

    def get_searchable_content(self, value: str) -> list[str]:
        return []


class LanguageBlock(QuietChoiceBlock):
    choices = CHOICES

    class Meta:
        label = _("Language")


class SkillStoryBlock(StructBlock):
    """My skill: the four questions that make a stranger understand a craft."""

    what = TextBlock(label=_("What it is"), help_text=_("So exact that someone from the same trade nods."))
    taught_by = TextBlock(label=_("Who taught me"), required=False)
    hard = TextBlock(label=_("What is hard"), required=False)
    proud_of = TextBlock(label=_("What I am proud of"), required=False)

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
    wall = QuietChoiceBlock(choices=Wall.choices, default=Wall.ROS, label=_("Wall"))

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
        help_text=_("As it was said. It stands beside the translation in every language."),
    )
    original_language = LanguageBlock(label=_("The original language"), required=False)
    speaker = CharBlock(label=_("Who said it"), required=False, max_length=120)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        group = _("The story")
        template = "core/blocks/quote.html"
        description = _("What somebody said, in two languages side by side.")
        preview_value = {
            "words": _("Bread waits for nobody. When it calls, you reach out your hand."),
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
    words = CharBlock(label=_("Skill, in own words"), max_length=120)
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
        description = _("Skills in own words, each with how we know.")
        preview_value = {
            "skills": [
                {"words": _("Flatbread on a domed griddle"), "known": "tested", "detail": _("four evenings")},
                {"words": _("Slow doughs"), "known": "seen", "detail": ""},
            ]
        }


class RecipeKind(models.TextChoices):
    RECIPE = "recipe", _("Recipe")
    PATTERN = "pattern", _("Instructions")
    SONG = "song", _("Song")


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
            "needs": [_("3 dl flour, 1.5 dl water, 1 tsp salt")],
            "steps": [_("Knead for ten minutes. Rest for an hour."), _("Roll thin, and then a little thinner.")],
            "rights": _("The recipe is Samira's. Share it, with her name."),
        }


class NextBlock(StructBlock):
    """What I want next: work, studies, a stall on the square."""

    text = TextBlock(label=_("What I want next"))
    wall = QuietChoiceBlock(choices=Wall.choices, default=Wall.MOSSA, label=_("Wall"))

    class Meta:
        icon = "arrow-right"
        label = _("What I want next")
        group = _("The story")
        template = "core/blocks/next.html"
        layout = "wall"
        description = _("What the person wants to come of it.")
        preview_value = {"text": _("I want to bake for a café two mornings a week."), "wall": "mossa"}


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
        preview_value = {"heading": _("You ask, we answer"), "text": _("An enquiry binds you to nothing.")}

    def get_preview_value(self) -> Any:
        """Rich text is written out at once: not before the editor's language is known."""
        words = self.meta.preview_value
        return self.normalize({"heading": words["heading"], "text": f"<p>{words['text']}</p>"})


class NamedImageBlock(ImageBlock):
    """Wagtail names the picture in it "Image" in every language."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.child_blocks["image"].label = _("Picture")


class PictureBlock(StructBlock):
    """A picture with its words."""

    image = NamedImageBlock(label=_("Picture"))
    caption = CharBlock(label=_("Caption"), required=False, max_length=200)

    class Meta:
        icon = "image"
        label = _("Picture")
        group = _("Text and pictures")
        template = "core/blocks/picture.html"
        preview_template = "core/blocks/previews/picture.html"
        layout = "text"
        description = _("Hands, tools, steam, tables. A face only with consent.")

    @cached_property
    def search_index(self) -> bool:
        return True


def _spoken_language() -> LanguageBlock:
    help_text = _("Left empty for music, or where nobody speaks.")
    return LanguageBlock(label=_("The language spoken"), required=False, help_text=help_text)


class _RecordingBlock(StructBlock):
    """A file of our own with its words beside it (WCAG 1.2.1, 1.2.2): nothing is embedded from other hosts."""

    extensions: frozenset[str] = frozenset()

    def clean(self, value: StructValue) -> StructValue:
        cleaned = super().clean(value)
        errors = {}
        if cleaned["file"] and cleaned["file"].file_extension.lower() not in self.extensions:
            kinds = ", ".join(sorted(self.extensions))
            errors["file"] = ValidationError(
                _("Choose a file of one of these kinds: %(kinds)s."), params={"kinds": kinds}
            )
        if not self.is_deferred_validation:
            errors |= self.missing_words(cleaned)
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return cleaned

    def missing_words(self, value: StructValue) -> dict[str, ValidationError]:
        return {}


class SoundBlock(_RecordingBlock):
    """A sound file; the transcript is required."""

    extensions = frozenset({"m4a", "mp3", "ogg", "opus"})

    title = CharBlock(label=_("Title"), max_length=120)
    file = DocumentChooserBlock(label=_("Sound file"), help_text=_("mp3, m4a, ogg or opus. Upload it here first."))
    language = _spoken_language()
    transcript = TextBlock(
        label=_("Transcript"),
        help_text=_("Every word that is said, for those who do not hear it. Of music: what is heard."),
    )

    class Meta:
        icon = "media"
        label = _("Sound")
        group = _("Sound and film")
        template = "core/blocks/sound.html"
        preview_template = "core/blocks/previews/sound.html"
        layout = "aside"
        description = _("A sound file with its transcript.")


class FilmBlock(_RecordingBlock):
    """A film; captions or a transcript are required."""

    extensions = frozenset({"mp4", "webm"})

    title = CharBlock(label=_("Title"), max_length=120)
    file = DocumentChooserBlock(label=_("Film file"), help_text=_("mp4 or webm. Upload it here first."))
    language = _spoken_language()
    captions = DocumentChooserBlock(label=_("Captions"), required=False, help_text=_("A WebVTT file (.vtt)."))
    transcript = TextBlock(
        label=_("Transcript"), required=False, help_text=_("Every word that is said, and what is seen.")
    )

    class Meta:
        icon = "media"
        label = _("Film")
        group = _("Sound and film")
        template = "core/blocks/film.html"
        preview_template = "core/blocks/previews/film.html"
        description = _("A film with captions or a transcript.")

    def missing_words(self, value: StructValue) -> dict[str, ValidationError]:
        if value["captions"] and value["captions"].file_extension.lower() != "vtt":
            return {"captions": ValidationError(_("Captions are a WebVTT file: its name ends in .vtt."))}
        if value["captions"] and not value["language"]:
            return {"language": ValidationError(_("Choose the language of the captions."))}
        if not (value["captions"] or value["transcript"]):
            text = _("Add captions or a transcript, so that those who do not hear can follow.")
            return {"transcript": ValidationError(text)}
        return {}


class StoryBlock(StreamBlock):
    """A provider's story (PRODUCT: "A provider's story"); an experience or a page may tell with the same blocks."""

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
    wall = QuietChoiceBlock(choices=Wall.choices, default=Wall.LIN, label=_("Wall"))

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
            "question": _("Can I come alone?"),
            "answer": _("Yes. You bake together with other guests."),
        }


class PageBodyBlock(StreamBlock):
    """A standard page: text first, and what a story may hold where it helps."""

    paragraphs = ParagraphsBlock()
    steps = StepsBlock()
    question = QuestionBlock()
    amounts = AmountsBlock()
    callouts = CalloutsBlock()
    quote = QuoteBlock()
    moment = MomentBlock()
    picture = PictureBlock()
    sound = SoundBlock()
    film = FilmBlock()
