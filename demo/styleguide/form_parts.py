"""The parts of the enquiry form and of the search page, in their states."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils import timezone

from core.languages.display import language_in_sentence
from demo.styleguide.entries import Group, States
from demo.styleguide.samples import Samples, stream
from experiences.blocks import AnswerKind, EnquiryQuestionBlock
from experiences.enquiries.promise import answer_due, due_in_words
from experiences.enquiries.visitor.form import EnquiryForm

group = Group("Parts of the enquiry form and of the search")
IN_FORM = '<form class="form">{}</form>'
# Every field wrong, as no browser would send it.
WRONG = "name=&email=x&phone=x&people=many&when_date=2020-01-01&language=x&experience=x&purpose=x"


def _form(say: Samples, sent: str | None = None, **values: Any) -> EnquiryForm:
    """The form on an experience's page, which asks a question of each kind; `sent`: what came back."""
    page = say.experience(enquiry_questions=_questions(say), **values)
    form = EnquiryForm(QueryDict(sent) if sent is not None else None, language=say.language, page=page)
    if sent is not None:
        form.is_valid()
    return form


def _questions(say: Samples) -> Any:
    preview = EnquiryQuestionBlock().get_preview_value()
    asked = {"question": str(preview["question"]), "hint": say.long_note, "options": ["1–4", "5–12"]}
    kinds = [{"kind": kind, "must": kind == AnswerKind.CHOICE} for kind in AnswerKind.values]
    return stream("enquiry_questions", [asked | kind for kind in kinds])


def _aside(say: Samples, form: EnquiryForm, **facts: Any) -> dict[str, Any]:
    told = say.facts(**facts)
    return {"form": form, "facts": told, "due": due_in_words(answer_due(timezone.now(), told)), "cloth": "nour-issa"}


@group.entry("enquiries/form/section.html")
def section(say: Samples) -> States:
    yield "empty, with a question of each kind", _aside(say, _form(say))
    no_way = {"phone": "", "email": "", "opens": None}
    yield "as it was sent, every field wrong; no phone or e-mail of ours", _aside(say, _form(say, WRONG), **no_way)


@group.entry("enquiries/form/form.html")
def whole_form(say: Samples) -> States:
    form = EnquiryForm(language=say.language)
    yield "for who wants help to choose", {"form": form, "facts": say.facts(answer_days=1)}


@group.entry("enquiries/form/errors.html")
def errors(say: Samples) -> States:
    yield "one", {"form": _form(say, "name=Lena&purpose=question")}
    yield "many", {"form": _form(say, WRONG)}
    yield "none", {"form": _form(say)}


@group.entry("enquiries/form/field.html", around=IN_FORM)
def field(say: Samples) -> States:
    form, wrong = _form(say), _form(say, WRONG)
    for name in ("name", "people", "purpose", "experience", "message"):
        yield name, {"field": form[name]}
    for name in ("name", "when_date", "purpose"):
        yield f"{name}, wrong", {"field": wrong[name]}
    for question, kind in zip(form.question_fields, AnswerKind, strict=True):
        yield f"a question of the host's own: {kind}", {"field": question}


@group.entry("enquiries/form/label.html", around='<form class="form"><span class="label">{}</span></form>')
def label(say: Samples) -> States:
    form = _form(say)
    yield "needed", {"field": form["name"]}
    yield "if you like", {"field": form["people"]}
    yield "only if", {"field": form.question_fields[0]}


@group.entry("enquiries/form/hint_and_error.html", around=IN_FORM)
def hint_and_error(say: Samples) -> States:
    yield "hint", {"field": _form(say)["when_text"]}
    yield "hint and error", {"field": _form(say, f"{WRONG}&when_text={'x' * 400}")["when_text"]}
    yield "neither", {"field": _form(say)["name"]}


@group.entry("enquiries/reach_us.html")
def reach_us(say: Samples) -> States:
    yield "phone and e-mail", {"facts": say.facts()}
    yield "e-mail", {"facts": say.facts(phone="")}
    yield "neither", {"facts": say.facts(phone="", email="")}


@group.entry("search/help.html")
def search_help(say: Samples) -> States:
    others = [code for code in ("sv", "en", "ar") if code != say.language]
    elsewhere = [
        {"code": code, "name": language_in_sentence(code), "url": f"/{code}/search/", "number": number}
        for number, code in enumerate(others, start=1)
    ]
    yield "before a search", {}
    yield "nothing found", {"query": say.long_name, "elsewhere": []}
    yield "found in other languages", {"query": say.long_name, "elsewhere": elsewhere}
