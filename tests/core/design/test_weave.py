"""A name's cloth stands for a person: it never changes, whatever we do to the code."""

import hashlib
import re
from io import BytesIO
from typing import get_args
from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.test import RequestFactory
from PIL import Image

from core.design.cloth_picture import SHARE_SIZE, mark_picture, share_picture
from core.design.weave import DYES, Cut, draft, dye, weave

# The wall, then the beginning of each cut's SHA-256: mark, hang, strip, wide, band. All six families are here.
GOLDEN = {
    "selvedge": "ros 8abc5cfdd520 8d321b16e3c7 bd40e099fa3f 7d8ee6ed495f aa2272747ed9",
    "samira-khoury": "himmel cb45ccbc64fa 7df402ff1bd9 4ca64af90b28 9e1cae445bdd 8fd255da59a3",
    "yonas-gebre": "lin f178bbf857ba 495cdf402d4e 19f158d04045 1af4ae30ecac 704f85263a87",
    "olena-marchenko": "ros 62e11f5f10a4 96b7b790f850 cca4115e4313 2f73ab71d339 e233a92d07bd",
    "farzaneh-moradi": "vau cc2853a8ca7a 93db3f8540d8 15843d38e614 487f6978e3fa c47c34fc2e51",
    "nour-issa": "mossa 79809a4fad04 65b1968eb73e ae94d313ece0 93c8b5e22802 4ffd4648ffd3",
    "selam-kidane": "ros e1fdcc50caba 7e4033e34619 6cef0178a00e 79fb171a424f 85a22daf6986",
    "mirwais-noori": "ros 545407c4fc13 d10cdfc5783d cfba7fd1a641 354b969c91bb 392712ea22e0",
    "abdi-nur": "vau 04a2a3b839c6 574b3a00b92d ed2327b64b17 cfc3f668f868 0cf3ba3c3304",
    "dilan-aziz": "himmel 1a9dc58f0cd2 ab9dd10daacb 1ba9e1bd70ea 12ccfea2c1e1 de4470d371cc",
    "samira-khoury+1": "lin dde604e1b262 8c8086edd4c0 05b6df962d67 06129dfea9ce 461580919efc",
    "سميرة خوري": "ros 550c5bda59f5 f17d6143a2fc 3b46b8a9d941 da07d441224e 3d4122077f95",
    "Åsa Öberg": "himmel 89abdccdb474 cfcd6372f8f3 4276a0cdf908 ab748975dba1 a492f15d8db1",
    "404": "ros bc76659522e4 9e6b2d094429 d0e39b38b8cb 84b40d4d739a f44951463200",
}

CUTS = get_args(Cut)


def fingerprint(name: str) -> str:
    cuts = (hashlib.sha256(weave(name, cut).encode()).hexdigest()[:12] for cut in CUTS)
    return " ".join([dye(name), *cuts])


@pytest.mark.parametrize("name", GOLDEN)
def test_a_names_cloth_never_changes(name):
    assert fingerprint(name) == GOLDEN[name]


def test_capitals_and_space_around_a_name_make_no_difference():
    assert weave("  Samira-Khoury ", "hang") == weave("samira-khoury", "hang")


@pytest.mark.parametrize("cut", CUTS)
@pytest.mark.parametrize("name", GOLDEN)
def test_a_cloth_is_an_image_that_screen_readers_pass_by_and_says_nothing_of_the_name(name, cut):
    root = ElementTree.fromstring(weave(name, cut))
    assert root.get("aria-hidden") == "true"
    assert name not in weave(name, cut)
    assert set(re.findall(r"--dye-(\w+)", weave(name, cut))) <= set(DYES)
    assert len(weave(name, cut)) < 3000


@pytest.mark.parametrize("name", GOLDEN)
def test_a_cloth_is_mirrored_both_ways_so_that_it_could_be_woven(name):
    width, height, cell = draft(name).repeat
    across, down = width // 2, height // 2
    for y in range(down):
        for x in range(across):
            assert cell(across - x, down - y) == cell(across + x, down + y)
            assert cell(x, y) in range(5)


def test_no_two_cloths_of_a_page_share_an_id(rf: RequestFactory):
    page = Template(
        "{% load core_tags %}{% weave name 'hang' %}{% weave name 'mark' %}"
        "{% weave name 'hang' %}{% weave 'Samira-Khoury' 'hang' %}{% weave 'nour-issa' %}"
    ).render(Context({"request": rf.get("/"), "name": "samira-khoury"}))
    ids = re.findall(r' id="(\w+)"', page)
    assert len(ids) == 5 * 4
    assert len(set(ids)) == len(ids)


def test_every_request_counts_its_own_cloths(rf: RequestFactory):
    template = Template("{% load core_tags %}{% weave 'samira-khoury' %}")
    pages = [template.render(Context({"request": rf.get("/")})) for _ in range(2)]
    assert pages[0] == pages[1] == weave("samira-khoury", "hang")


def test_a_shared_page_shows_the_cloth_as_a_picture(client, db):
    response = client.get("/cloth/samira-khoury+1.png")
    assert response["Content-Type"] == "image/png"
    assert "immutable" in response["Cache-Control"]
    assert response.content == share_picture("samira-khoury+1") != share_picture("samira-khoury")


def test_a_word_longer_than_a_cloths_is_not_woven(client, db):
    assert client.get(f"/cloth/{'x' * 81}.png").status_code == 404


def test_cloth_pictures_have_the_sizes_that_services_ask_for():
    assert Image.open(BytesIO(share_picture("selvedge"))).size == SHARE_SIZE
    assert Image.open(BytesIO(mark_picture("selvedge", 180))).size == (180, 180)


def test_the_stored_icon_is_what_the_weave_draws():
    stored = Image.open(finders.find("icons/mark-180.png")).convert("RGB")
    drawn = Image.open(BytesIO(mark_picture("selvedge", 180))).convert("RGB")
    assert stored.tobytes() == drawn.tobytes()


def test_a_browser_that_asks_for_an_icon_unasked_gets_it(client):
    answer = client.get("/favicon.ico")
    assert answer.status_code == 302
    assert answer["Location"].endswith("icons/mark-180.png")
    assert finders.find("icons/mark-180.png")
