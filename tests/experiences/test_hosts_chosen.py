"""Which page of a host an editor chooses makes no difference."""

from __future__ import annotations

from wagtail.test.utils.form_data import inline_formset

from tests.experiences.test_editing import add_experience, made


def test_the_swedish_page_is_kept_when_the_english_was_chosen(admin, catalogue, translated):
    english = translated(catalogue.provider, "en")
    chosen = inline_formset([{"provider": english.pk}])
    assert add_experience(admin, catalogue, experience_providers=chosen).status_code == 302
    assert made().experience_providers.get().provider == catalogue.provider


def test_a_host_stands_there_twice_also_in_two_languages(admin, catalogue, translated):
    english = translated(catalogue.provider, "en")
    chosen = inline_formset([{"provider": catalogue.provider.pk}, {"provider": english.pk}])
    answer = add_experience(admin, catalogue, experience_providers=chosen)
    errors = answer.context["form"].formsets["experience_providers"].errors
    assert errors[1] == {"provider": ["Den här värden står här redan."]}
