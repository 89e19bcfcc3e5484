"""A visitor's way, from a story in Arabic to our answer in the mailbox; scripts are off in the visitor's browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page, expect

from demo import content_files as content
from tests.local.processes import wait_until

STORY = content.read("ar", "providers/samira-khoury")
EXPERIENCE = content.read("ar", "experiences/baka-brod-pa-het-plat")
QUESTION = "مرحبًا، نحن ثلاثة ونودّ أن نخبز معكم مساء الخميس. هل نستطيع أن نُحضر طفلًا؟"
ANSWER = "أهلًا وسهلًا، يوم الخميس مناسب. والطفل من سنّ العاشرة ضيف مرحّب به."
NAME = "ليلى حدّاد"
EMAIL = "leila@example.org"
REFERENCE = re.compile(r"SU-[0-9A-Z]{4}-\d\d")


def read_the_story(visitor: Page) -> None:
    """From the front door, in the language that the browser asks for, by the menu and the list."""
    visitor.goto("/")
    expect(visitor.locator("html")).to_have_attribute("lang", "ar")
    expect(visitor.locator("html")).to_have_attribute("dir", "rtl")
    visitor.locator(".menu-button").click()
    visitor.locator("#nav").get_by_role("link", name=content.read("ar", "pages/hosts")["title"]).click()
    visitor.locator("main").get_by_role("link", name=STORY["title"]).first.click()
    expect(visitor.locator("h1")).to_have_text(STORY["title"])
    skill = next(block for block in STORY["story"] if block["type"] == "skill")
    expect(visitor.locator("main")).to_contain_text(skill["what"])


def go_on_to_the_form(visitor: Page) -> Locator:
    visitor.locator("main").get_by_role("link", name=EXPERIENCE["title"]).first.click()
    expect(visitor.locator("h1")).to_have_text(EXPERIENCE["title"])
    visitor.locator(".bar a.button").click()
    expect(visitor).to_have_url(re.compile("#form$"))
    form = visitor.locator("form[method=post]")
    expect(form).to_be_in_viewport()
    expect(form.locator("[name=language]")).to_have_value("ar")
    return form


def send_with_a_mistake(visitor: Page, form: Locator) -> None:
    """Neither e-mail nor phone: the page again, told in its title, above the form and at the field; all kept."""
    title = visitor.title()
    form.locator("[name=name]").fill(NAME)
    form.locator(".fold--form summary").click()
    form.locator("[name=people]").fill("3")
    form.locator("[name=message]").fill(QUESTION)
    with visitor.expect_navigation() as answer:
        form.locator("button[type=submit]").click()
    assert answer.value
    assert answer.value.status == 422
    assert visitor.title().endswith(title)
    assert visitor.title() != title
    summary = visitor.locator(".notice--error")
    expect(summary).to_be_focused()
    expect(summary).to_be_in_viewport()
    at_the_field = form.locator("[aria-invalid=true]")
    expect(at_the_field.first).to_have_attribute("name", "email")
    told = summary.locator("a").first
    expect(form.locator(".field--error").first).to_contain_text(told.inner_text())
    told.click()
    expect(form.locator("[name=email]")).to_be_focused()
    for name, kept in (("name", NAME), ("people", "3"), ("message", QUESTION), ("language", "ar")):
        expect(form.locator(f"[name={name}]")).to_have_value(kept)


def send(visitor: Page, form: Locator) -> str:
    """Put right and sent: the confirmation, and from it the reference."""
    form.locator("[name=email]").fill(EMAIL)
    form.locator("button[type=submit]").click()
    expect(visitor.locator("h1")).to_be_visible()
    expect(visitor.locator("main")).to_contain_text(EXPERIENCE["title"])
    due = datetime.fromisoformat(visitor.locator("main time").first.get_attribute("datetime") or "")
    assert due > datetime.now(UTC)
    found = REFERENCE.search(visitor.locator("main").inner_text())
    assert found
    return found[0]


def open_mail(colleague: Page, *, to: str, words: str) -> Locator:
    """The mail in the demo's mailbox, as soon as it has come: its words."""
    mails = colleague.locator("main table tbody tr").filter(has_text=to)

    def has_come() -> bool:
        colleague.goto(f"/admin/demo-mailbox/?q={quote(words)}")
        return mails.count() > 0

    wait_until(has_come, f"a mail to {to} with {words}")
    mails.first.locator("a").first.click()
    text = colleague.locator("main .demo-mail__text")
    expect(text).to_contain_text(words)
    return text


def open_in_the_inbox(staff: Page, reference: str) -> None:
    """By the menu, and there by its reference."""
    staff.locator("[data-sidebar] a[href='/admin/enquiries/'], nav a[href='/admin/enquiries/']").first.click()
    staff.locator("main input[name=q]").fill(reference)
    row = staff.locator("main table tbody tr").filter(has_text=reference)
    expect(row).to_have_count(1)
    row.locator("a").first.click()
    expect(staff.locator(".enquiry-message")).to_have_text(QUESTION)
    expect(staff.locator(".enquiry-message")).to_have_attribute("dir", "rtl")


def take_it_and_answer(staff: Page) -> None:
    staff.locator("form[action$='/take/'] button").click()
    expect(staff.locator("form[action$='/give-back/']")).to_be_visible()
    reply = staff.locator("form[action$='/reply/']")
    expect(reply.locator("textarea")).to_have_attribute("dir", "rtl")
    reply.locator("textarea").fill(ANSWER)
    reply.locator("button[type=submit]").click()
    expect(staff.locator(".enquiry-line--reply .enquiry-line__text")).to_have_text(ANSWER)


@pytest.mark.slow
def test_a_visitor_reads_asks_and_is_answered(arrive: Callable[..., Page], log_in: Callable[..., Page]) -> None:
    visitor = arrive(390, 844, scripts=False, language="ar")
    read_the_story(visitor)
    form = go_on_to_the_form(visitor)
    send_with_a_mistake(visitor, form)
    reference = send(visitor, form)

    staff, mailbox = log_in("staff"), log_in("admin")
    receipt = open_mail(mailbox, to=EMAIL, words=reference)
    expect(receipt).to_contain_text(EXPERIENCE["title"])
    expect(receipt).not_to_contain_text(QUESTION)  # It could be a stranger's advertisement, sent to whom he likes.
    open_mail(mailbox, to="forfragan@example.se", words=reference)

    open_in_the_inbox(staff, reference)
    take_it_and_answer(staff)
    sent = staff.locator(".enquiry-line--reply .enquiry-mail--sent")

    def has_left() -> bool:
        staff.reload()
        return sent.count() == 1

    wait_until(has_left, "the reply has left")
    open_mail(mailbox, to=EMAIL, words=ANSWER)


@pytest.mark.parametrize("start", ["/sv/upplevelser/lyssna-pa-oud-i-skymningen/", "/sv/enquiry/"])
def test_who_goes_back_to_a_refused_form_sees_it(arrive: Callable[..., Page], start: str) -> None:
    """Without a script, and without a cookie (the witness of `arrive` sees to that)."""
    visitor = arrive(390, 844, scripts=False, language="sv")
    visitor.goto(start)
    form = visitor.locator("form[method=post]")
    form.locator("[name=message]").fill("Vi är tre.")
    with visitor.expect_navigation():
        form.locator("button[type=submit]").click()
    expect(visitor.locator(".notice--error")).to_be_visible()
    visitor.locator("a.wordmark").click()
    expect(visitor).to_have_url(re.compile("/sv/$"))
    visitor.go_back()
    expect(visitor.locator(".notice--error")).to_be_visible()
    expect(form.locator("[name=message]")).to_have_value("Vi är tre.")
    visitor.go_back()
    expect(visitor).to_have_url(re.compile(f"{start}$"))


def test_the_language_menu_beside_a_refused_form_takes_along_what_was_typed(arrive: Callable[..., Page]) -> None:
    visitor = arrive(390, 844, scripts=False, language="sv")
    visitor.goto("/sv/upplevelser/lyssna-pa-oud-i-skymningen/")
    form = visitor.locator("form[method=post]")
    form.locator("[name=message]").fill("Vi är tre.")
    with visitor.expect_navigation():
        form.locator("button[type=submit]").click()
    # Enter in a field sends the form, as ever: it presses no language.
    with visitor.expect_navigation():
        form.locator("[name=name]").press("Enter")
    expect(visitor.locator("html")).to_have_attribute("lang", "sv")
    visitor.locator(".lang__button").click()
    with visitor.expect_navigation():
        visitor.locator(".lang").get_by_role("button", name="العربية").click()
    expect(visitor.locator("html")).to_have_attribute("lang", "ar")
    expect(visitor.locator(".notice--error")).to_be_visible()
    expect(form.locator("[name=message]")).to_have_value("Vi är tre.")
    expect(form.locator("[name=language]")).to_have_value("ar")


@pytest.mark.parametrize("start", ["/sv/upplevelser/lyssna-pa-oud-i-skymningen/", "/sv/enquiry/"])
def test_the_language_menu_takes_along_what_is_typed_and_not_sent(arrive: Callable[..., Page], start: str) -> None:
    visitor = arrive(390, 844, language="sv")
    visitor.goto(start)
    form = visitor.locator("form[method=post]")
    form.locator("[name=message]").fill("Vi är tre.")
    for name, code in (("العربية", "ar"), ("English", "en")):
        visitor.locator(".lang__button").click()
        with visitor.expect_navigation():
            visitor.locator(".lang__list").get_by_text(name).click()
        expect(visitor.locator("html")).to_have_attribute("lang", code)
        expect(form.locator("[name=message]")).to_have_value("Vi är tre.")
        expect(form.locator("[name=language]")).to_have_value(code)
        expect(visitor.locator(".notice--error")).to_have_count(0)
        assert "tre" not in visitor.url


def test_the_language_of_the_answer_that_a_visitor_chose_stays(arrive: Callable[..., Page]) -> None:
    visitor = arrive(390, 844, language="sv")
    visitor.goto("/sv/enquiry/")
    form = visitor.locator("form[method=post]")
    form.locator("[name=language]").select_option("ar")
    for name in ("العربية", "English"):
        visitor.locator(".lang__button").click()
        with visitor.expect_navigation():
            visitor.locator(".lang__list").get_by_text(name).click()
        expect(form.locator("[name=language]")).to_have_value("ar")


def test_in_an_untouched_form_a_language_is_a_link(arrive: Callable[..., Page]) -> None:
    visitor = arrive(390, 844, language="sv")
    visitor.goto("/sv/enquiry/?purpose=gift")
    visitor.locator(".lang__button").click()
    visitor.locator(".lang__list").get_by_text("English").click()
    expect(visitor).to_have_url(re.compile(r"/en/enquiry/\?purpose=gift$"))


def test_who_follows_a_link_and_comes_back_finds_the_form_as_it_was(arrive: Callable[..., Page]) -> None:
    visitor = arrive(390, 844, scripts=False, language="sv")
    visitor.goto("/sv/upplevelser/lyssna-pa-oud-i-skymningen/")
    form = visitor.locator("form[method=post]")
    form.locator(".fold--form summary").click()
    typed = {"name": "Lena", "people": "6", "when_text": "En torsdag", "arrange": "En ramp", "message": "Hej!"}
    for name, text in typed.items():
        form.locator(f"[name={name}]").fill(text)
    visitor.locator("a.wordmark").click()
    expect(visitor).to_have_url(re.compile("/sv/$"))
    visitor.go_back()
    for name, text in typed.items():
        expect(form.locator(f"[name={name}]")).to_have_value(text)


def test_where_the_host_will_play_is_asked_of_who_books_only(arrive: Callable[..., Page]) -> None:
    oud = content.read("sv", "experiences/lyssna-pa-oud-i-skymningen")
    where, seats = (question["question"] for question in oud["enquiry_questions"])
    visitor = arrive(390, 844, scripts=False, language="sv")
    visitor.goto("/sv/upplevelser/lyssna-pa-oud-i-skymningen/")
    form = visitor.locator("form[method=post]")
    expect(form.get_by_role("radiogroup", name=where)).to_be_visible()
    form.get_by_label(seats).fill("tolv")
    for purpose in ("question", "gift", "press"):
        form.locator(f"[name=purpose][value={purpose}]").check()
        expect(form.get_by_role("radiogroup", name=where)).to_be_hidden()
        expect(form.get_by_label(seats)).to_be_hidden()
    form.get_by_label("Ditt namn").fill("Lena Berg")
    form.locator("[name=email]").fill("lena.berg@example.org")
    form.locator("button[type=submit]").click()
    expect(visitor).to_have_url(re.compile("/enquiry/received/"))
