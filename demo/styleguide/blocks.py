"""Every block of every stream: as an editor's preview shows it, and in further states."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.template.loader import get_template
from wagtail.blocks import Block, BoundBlock, StructValue

from core.blocks.choices import Wall
from core.blocks.sections import sections
from core.blocks.streams import StoryBlock
from demo.styleguide.entries import Entry, Group
from demo.styleguide.samples import Samples, picture, recording
from experiences.blocks import AnswerKind, EnquiryQuestionBlock, StepBlock
from home.blocks import HomeBlock, PageBodyBlock

STREAMS = (StoryBlock, PageBodyBlock, HomeBlock)
# How a block differs from its preview, by the name of the state.
Changes = Iterator[tuple[str, dict[str, Any]]]


def _quote(say: Samples) -> Changes:
    yield "said in the reader's language", {"original": say.long_note, "original_language": say.language}
    yield "beside its original", {"original": "Хліб ні на кого не чекає.", "original_language": "uk"}
    yield "no original, no speaker", {"original": "", "original_language": "", "speaker": ""}


def _recipe(say: Samples) -> Changes:
    yield "a song", {"kind": "song", "needs": [], "steps": [say.long_note, f"{say.long_title}\n{say.long_note}"]}


def _paragraphs(say: Samples) -> Changes:
    yield "no heading", {"heading": ""}


def _skill(say: Samples) -> Changes:
    yield "one answer", {"taught_by": "", "hard": "", "proud_of": ""}


def _walls(say: Samples) -> Changes:
    for wall in Wall.values:
        yield f"wall {wall}", {"wall": wall}


def _steps(say: Samples) -> Changes:
    yield "six, long words", {"steps": [{"title": say.long_title, "text": say.long_note}] * 6}


def _callouts(say: Samples) -> Changes:
    link = {"page": say.experience(), "words": say.long_name}
    yield (
        "three, long words, with links",
        {"callouts": [{"heading": say.long_title, "text": say.long_note, "link": link}] * 3},
    )


def _amounts(say: Samples) -> Changes:
    yield "many", {"rows": [{"label": say.long_note, "kronor": 10**number} for number in range(7)]}


def _gift(say: Samples) -> Changes:
    yield "long words", {"heading": say.long_title, "to": say.long_name}


def _questions_asked(say: Samples) -> Changes:
    for kind in AnswerKind:
        yield str(kind), {"kind": kind, "hint": say.long_note, "options": ["1–4", "5–12"], "must": kind == "number"}


def _step(say: Samples) -> Changes:
    yield "at the start", {"minutes": 0}
    yield "no text, long words", {"minutes": 1515, "title": say.long_title, "text": ""}


STATES: dict[str, Callable[[Samples], Changes]] = {
    "quote": _quote,
    "recipe": _recipe,
    "paragraphs": _paragraphs,
    "skill": _skill,
    "moment": _walls,
    "next": _walls,
    "steps": _steps,
    "together": _steps,
    "callouts": _callouts,
    "amounts": _amounts,
    "gift": _gift,
    "enquiry_question": _questions_asked,
    "step": _step,
}


# --- Blocks with files: what an editor's preview shows is a stand-in ------------------------------------------------
def _pictures(block: Block, say: Samples) -> Iterator[tuple[str, Any]]:
    yield "wide", StructValue(block, [("image", picture("table", "Lena Berg")), ("caption", say.long_note)])
    yield "no words", StructValue(block, [("image", picture("kite")), ("caption", "")])
    yield "its file is gone", StructValue(block, [("image", None), ("caption", say.long_note)])


def _recordings(block: Block, say: Samples) -> Iterator[tuple[str, Any]]:
    told = {"title": say.experience().title, "transcript": say.long_note, "captions": None}
    spoken = {"file": recording(), "language": "ar"}
    for state, change in (
        ("spoken, long words", spoken | {"title": say.long_title}),
        ("music", {"file": recording(), "language": ""}),
        ("its file is gone", spoken | {"file": None}),
    ):
        yield state, StructValue(block, (told | change).items())


WITH_FILES = {"picture": _pictures, "sound": _recordings, "film": _recordings}


def _values(name: str, block: Block, say: Samples) -> Iterator[tuple[str, Any]]:
    """Each state of a block with its value."""
    if name in WITH_FILES:
        yield from WITH_FILES[name](block, say)
        return
    preview = block.get_preview_value()
    yield "as in the editor's preview", preview
    for state, change in STATES[name](say) if name in STATES else ():
        yield state, block.normalize({**preview, **change})


def _states(name: str, block: Block, say: Samples) -> Iterator[tuple[str, BoundBlock]]:
    for state, value in _values(name, block, say):
        yield state, block.bind(value)


def _in_section(template: str, bound: BoundBlock, request: HttpRequest) -> str:
    """As a page lays it out."""
    return get_template("components/sections.html").render({"sections": sections([bound])}, request)


def _alone(template: str, bound: BoundBlock, request: HttpRequest) -> str:
    return str(bound.render(context={"request": request}))


def _entries() -> Iterator[Entry]:
    blocks = {block.meta.template: (name, block) for stream in STREAMS for name, block in stream().child_blocks.items()}
    for template, (name, block) in blocks.items():
        yield Entry(template, partial(_states, name, block), layout="wide", draw=_in_section)
    question, step = EnquiryQuestionBlock(), StepBlock()
    yield Entry(
        question.meta.template,
        partial(_states, "enquiry_question", question),
        around='<form class="form">{}</form>',
        draw=_alone,
    )
    yield Entry(step.meta.template, partial(_states, "step", step), around='<ol class="timeline">{}</ol>', draw=_alone)


group = Group("Blocks", list(_entries()))
