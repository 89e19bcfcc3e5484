"""The parts of the frame of every page, in the states that the frame of this page does not show."""

from core.contact.facts import SiteFacts
from demo.styleguide.entries import Group, States
from demo.styleguide.samples import Samples

group = Group("Parts of the frame")


@group.entry("core/includes/masthead.html", layout="wide")
def masthead(say: Samples) -> States:
    yield "on a wall", {"facts": say.facts()}


@group.entry("core/includes/language_menu.html")
def language_menu(say: Samples) -> States:
    yield "always", {}


@group.entry("core/includes/language_list.html")
def language_list(say: Samples) -> States:
    yield "always", {}


@group.entry("core/includes/crumbs.html")
def crumbs(say: Samples) -> States:
    yield "two above", {"page": say.experience(families_above=say.families_above)}
    yield "not translated", {"page": say.experience(families_above=say.swedish.families_above)}
    yield "none above", {"page": say.experience(families_above=[])}


@group.entry("core/includes/not_translated.html", layout="wide")
def not_translated(say: Samples) -> States:
    yield "a Swedish page in another language", {"page": say.swedish.experience()}


@group.entry("core/includes/footer.html", layout="wide")
def footer(say: Samples) -> States:
    yield "all told", {"facts": say.facts()}
    yield (
        "the last line not translated, no pages on the net",
        {"facts": say.swedish.facts(social_links=(), street="", opens=None)},
    )
    yield "without the database", {"facts": SiteFacts("", email="hej@example.se", answer_days=0)}
    yield "nothing told", {"facts": SiteFacts("")}


@group.entry("core/includes/head_links.html", layout="source")
def head_links(say: Samples) -> States:
    yield "a page in three languages", {"page": say.experience(in_languages=_in_three())}


@group.entry("core/includes/share.html", layout="source")
def share(say: Samples) -> States:
    yield "an experience", {"page": say.experience(), "facts": say.facts()}
    yield "a page without a picture or a host", {"page": None, "facts": say.facts()}


def _in_three() -> dict[str, object]:
    return {code: Samples(code).experience() for code in ("sv", "en", "ar")}
