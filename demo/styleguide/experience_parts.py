"""The parts of an experience's page and of the list of experiences, in their states."""

from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict

from demo.styleguide.entries import Group, States
from demo.styleguide.samples import OUD, PAUSED, Samples, stream
from experiences.allergens import Allergen
from experiences.filters import ExperienceFilter, Kind
from experiences.models import ExperiencePage

group = Group("Parts of an experience's page and of the lists")
IN_FACTS = '<dl class="facts"><div><dt lang="en">Next</dt><dd>{}</dd></div></dl>'
NO_ACCESS = dict.fromkeys(("access_steps", "access_toilet", "access_seating", "access_noise", "suits"), "")


def _context(say: Samples, page: ExperiencePage | None = None, **more: Any) -> dict[str, Any]:
    """What ExperiencePage.get_context gives, for a page that is in no table."""
    page = page or say.experience()
    dates = more.pop("dates", [say.date(), say.date(25, seats=1), say.date(44, seats=0), say.date(400)])
    return {
        "page": page,
        "hosts": page.hosts,
        "dates": dates,
        "next_date": next((date for date in dates if date.seats), None),
        "allergens": [Allergen(code).label for code in page.allergens],
        "place": say.place(),
        "facts": say.facts(),
        **more,
    }


def _when(say: Samples) -> States:
    """The states of a page's days, which several of its parts tell."""
    yield "days to come", _context(say)
    yield "all days full", _context(say, dates=[say.date(seats=0)])
    yield "by arrangement", _context(say, dates=[])
    yield "by agreement, without notice", _context(say, say.experience(lead_days=None), dates=[])
    yield "no day and no agreement", _context(say, say.experience(by_agreement=False), dates=[])
    yield "all full, no agreement", _context(say, say.experience(by_agreement=False), dates=[say.date(seats=0)])
    yield "paused", _context(say, say.experience(state=PAUSED))


@group.entry(
    "experiences/includes/facts.html",
    around='<div class="wall section" data-dye="vau"><div class="wrap">{}</div></div>',
    layout="wide",
)
def facts(say: Samples) -> States:
    yield "days to come", _context(say)
    yield (
        "long words",
        _context(
            say,
            say.experience(
                price=128000,
                price_per="group",
                price_covers=say.long_note,
                duration=1515,
                duration_note=say.long_note,
                group_max=1200,
                languages=["sv", "ar", "en", "uk"],
                some_languages=["fa", "so"],
            ),
            place=say.place() | {"name": say.long_name, "area": say.long_note},
        ),
    )
    yield (
        "paused; at the guests' place",
        _context(say, say.experience(OUD, state=PAUSED), place=say.place("your-place")),
    )
    yield (
        "a draft without facts",
        _context(say, say.experience(price=None, duration=None, group_min=None, languages=[]), dates=[], place=None),
    )
    yield "the place not translated", _context(say, place=say.swedish.place())


@group.entry("experiences/includes/next.html", around=IN_FACTS)
def next_day(say: Samples) -> States:
    yield from _when(say)


@group.entry("experiences/includes/next_day.html", around="<p>{}</p>")
def next_day_alone(say: Samples) -> States:
    yield from _when(say)


@group.entry("experiences/includes/bar.html")
def bar(say: Samples) -> States:
    yield from _when(say)
    yield "a high price, per group", _context(say, say.experience(price=128000, price_per="group"))


@group.entry("experiences/includes/when.html")
def when(say: Samples) -> States:
    yield from _when(say)


@group.entry("experiences/includes/booking.html", layout="grid")
def booking(say: Samples) -> States:
    yield from _when(say)
    hosts = [say.host(title=say.long_name), say.swedish.host("nour-issa")]
    yield "two hosts, a long name, one not translated", _context(say, say.experience(hosts=hosts))


@group.entry("experiences/includes/how_to_book.html")
def how_to_book(say: Samples) -> States:
    yield "the usual five", _context(say)
    yield "at the guests' place", _context(say, place=say.place("your-place"))
    yield "no host", _context(say, say.experience(hosts=[]))
    steps = stream("booking_steps", [say.long_note, say.long_title])
    yield "steps of its own", _context(say, say.experience(booking_steps=steps))


@group.entry("experiences/includes/included.html")
def included(say: Samples) -> States:
    yield "all", _context(say)
    yield "what the price covers only", _context(say, say.experience(included=[], not_included=[], bring=[]))
    yield "nothing", _context(say, say.experience(included=[], not_included=[], bring=[], price_covers=""))


@group.entry("experiences/includes/food.html")
def food(say: Samples) -> States:
    yield "with allergens", _context(say)
    yield "without", _context(say, say.experience(allergens=[], food_note=""))
    yield "not known", _context(say, say.experience(food="unknown", food_note=""))
    yield "no food", _context(say, say.experience(food="none"))


@group.entry("experiences/includes/access.html")
def access(say: Samples) -> States:
    yield "all told", _context(say)
    yield "nothing told", _context(say, say.experience(**NO_ACCESS, companion_free=False))


@group.entry("experiences/includes/questions.html", layout="wide")
def questions(say: Samples) -> States:
    yield "all", _context(say)
    yield "no questions", _context(say, say.experience(questions=[]))
    yield "the gift only", _context(say, say.experience(questions=[], if_plans_change=""))
    yield "nothing", _context(say, say.experience(questions=[], if_plans_change="", as_gift=""))


@group.entry("experiences/includes/filters.html")
def filters(say: Samples) -> States:
    yield "nothing asked", {"form": _filter(say, "")}
    yield "chosen", {"form": _filter(say, "kind=food&kind=craft&people=6&when=weekend&language=ar")}
    yield "answers that make no sense", {"form": _filter(say, "kind=x&people=many&when=x&language=x")}
    yield "no kinds, one language", {"form": ExperienceFilter(QueryDict(), kinds=[], led_in=["sv"])}


def _filter(say: Samples, query: str) -> ExperienceFilter:
    kinds = [Kind(key, say.kind(key)["name"]) for key in ("food", "craft")]
    kinds.append(Kind("music", say.swedish.kind("music")["name"], "" if say.language == "sv" else "sv"))
    form = ExperienceFilter(QueryDict(query), kinds=kinds, led_in=["sv", "ar", "en"])
    form.is_valid()
    return form


@group.entry("experiences/includes/page_links.html", layout="source")
def page_links(say: Samples) -> States:
    pages = Paginator(range(100), 24)
    yield "first of five", {"results": pages.page(1)}
    yield "in the middle, of a filtered list", {"results": pages.page(3), "parameters": "kind=food"}
    yield "last", {"results": pages.page(5)}
