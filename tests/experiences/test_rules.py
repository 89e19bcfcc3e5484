"""No page promises that food is free from something, in whichever language it is written."""

from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from experiences.rules import check_no_free_from

PROMISES = {
    "sv": ["Maten är fri från nötter.", "Bröden är glutenfria.", "Såsen är mjölkproteinfri."],
    "en": ["The food is free from nuts.", "Free of milk!", "A gluten-free bread.", "Dairy free."],
    "ar": ["الخبز خالٍ من الغلوتين.", "خال من المكسرات", "الحلويات خالية من الحليب."],
    "de": ["Das Essen ist frei von Nüssen.", "Glutenfreies Brot.", "Der Kuchen ist eifrei und erdnussfrei."],
}
HONEST = {
    "sv": ["Vi lovar aldrig ”fritt från” nötter.", "Köket är inte glutenfritt.", "Fri entré. I brödet finns vete."],
    "en": ["We never promise that food is free from nuts.", "The kitchen is not gluten-free.", "Feel free to ask."],
    "ar": ["لا نعد بطعام خالٍ من الغلوتين.", "في الخبز قمح."],
    "de": ["Die Küche ist nicht glutenfrei.", "Kein Brot ist frei von Nüssen.", "Die Ware ist einwandfrei."],
}


def test_every_language_of_the_site_is_tried():
    assert dict(settings.LANGUAGES).keys() <= PROMISES.keys() & HONEST.keys()


@pytest.mark.parametrize("note", [note for notes in PROMISES.values() for note in notes])
def test_a_promise_is_refused(note):
    with pytest.raises(ValidationError) as refused:
        check_no_free_from(SimpleNamespace(food_note=f"I brödet finns vete. {note}"))
    assert refused.value.error_dict["food_note"][0].code == "free_from"


@pytest.mark.parametrize("note", [note for notes in HONEST.values() for note in notes])
def test_what_is_in_the_food_is_not(note):
    check_no_free_from(SimpleNamespace(food_note=note))
