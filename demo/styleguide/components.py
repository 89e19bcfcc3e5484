"""The components that pages of several apps share, in their states."""

from types import SimpleNamespace

from django.core.paginator import Paginator

from core.blocks.sections import Section, headings, reading, sections
from core.blocks.streams import StoryBlock
from demo.styleguide.entries import Group, States
from demo.styleguide.samples import KITE, OUD, PAUSED, Samples, picture
from home.blocks import PageBodyBlock

group = Group("Components")
PAGES = Paginator(range(100), 24)


@group.entry("components/experience_card.html", layout="grid")
def experience_card(say: Samples) -> States:
    yield "with a picture and a date", {"experience": say.experience(picture=picture())}
    yield "no picture", {"experience": say.experience(OUD)}
    yield "no date, by agreement", {"experience": say.experience(next_start=None)}
    yield "no date, nothing agreed", {"experience": say.experience(next_start=None, by_agreement=False)}
    yield "paused", {"experience": say.experience(KITE, state=PAUSED, state_note="")}
    yield "paused, with a note", {"experience": say.experience(KITE, state=PAUSED, state_note=say.long_note)}
    yield (
        "free, of one hour, for one group size",
        {"experience": say.experience(price=0, duration=60, group_min=6, group_max=6)},
    )
    yield "two hosts", {"experience": say.experience(hosts=[say.host(), say.host("nour-issa")])}
    yield "no host", {"experience": say.experience(hosts=[])}
    yield "with a reason", {"experience": say.experience(), "why": say.long_note}
    yield (
        "long words",
        {
            "experience": say.experience(
                title=say.long_title,
                hosts=[say.host(title=say.long_name)],
                languages=["sv", "ar", "en", "uk", "so", "fa", "ti"],
                price=128000,
                duration=2880,
                price_per="group",
            )
        },
    )
    yield (
        "a draft without facts",
        {"experience": say.experience(price=None, duration=None, group_min=None, languages=[], next_start=None)},
    )
    yield "not translated", {"experience": say.swedish.experience()}
    yield "above the fold", {"experience": say.experience(picture=picture("oud")), "eager": True}


@group.entry("components/experience_card.html", variant="in a row")
def experience_card_row(say: Samples) -> States:
    yield "beside its picture", {"experience": say.experience(picture=picture("coffee")), "row": True}
    yield "no picture, long words", {"experience": say.experience(title=say.long_title), "row": True}


@group.entry("components/host_card.html", layout="grid")
def host_card(say: Samples) -> States:
    yield "no portrait", {"host": say.host()}
    yield "with a portrait", {"host": say.host("nour-issa", portrait=picture("basket"))}
    yield "long words", {"host": say.host(title=say.long_name, line=say.long_title)}
    yield "not translated", {"host": say.swedish.host("olena-marchenko")}


@group.entry("components/showcase.html")
def showcase(say: Samples) -> States:
    heading, cards = say.long_note, [say.experience(), say.experience(OUD), say.experience(KITE)]
    cards[1].picture = picture("oud")
    yield "two", {"experiences": cards[:2], "heading": heading, "everything": say.families_above[1][say.language]}
    yield "five, long words, without a link to all", {"experiences": [*cards, *cards[:2]], "heading": say.long_title}
    yield "none", {"experiences": [], "heading": heading}


@group.entry("components/hangings.html", layout="wide", around='<div class="wall" data-dye="vau">{}</div>')
def hangings(say: Samples) -> States:
    names = ["farzaneh-moradi", "mirwais-noori", "nour-issa", "olena-marchenko", "samira-khoury", "selam-kidane"]
    hosts = [say.host(name) for name in names]
    yield "one", {"hosts": hosts[:1]}
    yield "three, one not translated", {"hosts": [say.swedish.host("yonas-gebre"), *hosts[:2]]}
    yield "twelve, and more", {"hosts": [*hosts, *hosts], "everyone": say.families_above[1][say.language]}
    yield "a long name", {"hosts": [say.host(title=say.long_name, short_line=say.long_title), *hosts]}
    yield "none", {"hosts": []}


@group.entry(
    "components/hero_picture.html",
    around='<div class="wall hero" data-dye="himmel"><div class="wrap split">{}</div></div>',
    layout="wide",
)
def hero_picture(say: Samples) -> States:
    yield "the cloth", {"image": None, "cloth": "samira-khoury"}
    yield (
        "a picture, taken by somebody",
        {
            "image": picture("coffee", photographer="Lena Berg"),
            "alt": say.long_note,
            "cloth": "yonas-gebre",
        },
    )
    yield "with the cloth on it", {"image": picture("basket"), "alt": "", "cloth": "nour-issa", "marked": True}


@group.entry("components/testimonial.html", around='<div class="quotes">{}</div>')
def testimonial(say: Samples) -> States:
    yield "in the reader's language alone", {"testimonial": say.testimonial("bengt")}
    yield "beside its original", {"testimonial": say.testimonial("anke")}
    yield (
        "said in the reader's language",
        {"testimonial": say.testimonial("anke", original=say.long_note, original_language=say.language)},
    )
    yield "large", {"testimonial": say.testimonial("bengt"), "large": True}
    yield "not translated", {"testimonial": say.swedish.testimonial("bengt")}


@group.entry("components/testimonials.html")
def testimonials(say: Samples) -> States:
    yield "two", {"testimonials": [say.testimonial("oksana"), say.testimonial("ingrid-bread")]}
    yield "none", {"testimonials": []}


@group.entry("components/ask_tile.html", layout="grid")
def ask_tile(say: Samples) -> States:
    yield "always", {}


@group.entry("components/others.html")
def others(say: Samples) -> States:
    three = [(say.experience(), "Also"), (say.experience(OUD), say.long_note), (say.experience(KITE), "Soon")]
    yield "three, and all", {"others": three, "everything": {"url": "#"}}
    yield "one, no list", {"others": three[:1], "everything": None}
    yield "none", {"others": [], "everything": None}


@group.entry("components/share.html")
def share(say: Samples) -> States:
    yield "always", {"title": say.long_title, "address": "https://example.org/sv/upplevelser/baka-brod/"}


@group.entry("components/help_me_choose.html")
def help_me_choose(say: Samples) -> States:
    yield "always", {}


@group.entry("components/paging.html")
def paging(say: Samples) -> States:
    yield "first of five", {"found": PAGES.page(1), "parameters": ""}
    yield "in the middle, of a filtered list", {"found": PAGES.page(3), "parameters": "kind=food"}
    yield "last", {"found": PAGES.page(5), "parameters": ""}
    yield "one page only", {"found": Paginator(range(3), 24).page(1), "parameters": ""}


@group.entry("components/caption.html", around='<figure class="picture">{}</figure>')
def caption(say: Samples) -> States:
    image = SimpleNamespace(photographer=say.long_name)
    yield "words and photographer", {"caption": say.long_note, "image": image}
    yield "words", {"caption": say.long_note}
    yield "photographer", {"image": image}
    yield "neither", {}


@group.entry("components/page_link.html")
def page_link(say: Samples) -> States:
    page = say.experience()
    yield "more", {"link": {"page": page, "words": page.title}, "style": "more"}
    yield "button, long words", {"link": {"page": page, "words": say.long_title}, "style": "button"}
    yield "to a page that is not live", {"link": {"page": say.experience(live=False), "words": page.title}}
    yield "no page chosen", {"link": {"page": None, "words": ""}, "style": "more"}


@group.entry("components/promise.html", around="<p>{}</p>")
def promise(say: Samples) -> States:
    yield "with hours", {"facts": say.facts()}
    yield "without hours, one day", {"facts": say.facts(opens=None, answer_days=1)}
    yield "ten days", {"facts": say.facts(answer_days=10)}


@group.entry("components/transcript.html")
def transcript(say: Samples) -> States:
    yield "of words", {"transcript": say.long_note, "language": "ar"}
    yield "of sounds", {"transcript": say.long_note, "language": ""}
    yield "none", {"transcript": ""}


@group.entry("components/contents.html")
def contents(say: Samples) -> States:
    page = say.experience()
    yield "three headings", {"contents": [("a", page.title), ("b", say.long_title), ("c", page.summary[:40])]}


@group.entry("components/sections.html", layout="wide")
def all_sections(say: Samples) -> States:
    yield "text with asides beside it", {"sections": _sections("skill", "paragraphs", "ask_me", "languages")}
    yield "asides alone", {"sections": _sections("ask_me", "languages")}
    yield "walls that follow each other", {"sections": _sections("moment", "next")}
    yield "wide blocks in a row", {"sections": _sections("together", "do_dont")}
    body = PageBodyBlock().child_blocks
    texts = [body["paragraphs"].bind(body["paragraphs"].get_preview_value()) for _ in range(3)]
    found = sections([*texts, body["amounts"].bind(body["amounts"].get_preview_value())])
    yield (
        "a page that is read, without its list of contents",
        {"sections": reading(found), "contents": headings(found)[:2]},
    )


def _sections(*names: str) -> list[Section]:
    blocks = StoryBlock().child_blocks
    return sections([blocks[name].bind(blocks[name].get_preview_value()) for name in names])
