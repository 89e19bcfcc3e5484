"""What the page editor offers and checks beside the model's own rules."""

from wagtail.models import Locale

from experiences.models import ProviderPage
from tests.factories import ProviderPageFactory, SkillFactory


def test_skills_are_offered_in_the_pages_language(db, home):
    bread = SkillFactory(name="tunnbröd")
    SkillFactory(name="flatbread", locale=Locale.objects.get(language_code="en"))
    provider = ProviderPageFactory()
    form = ProviderPage.get_edit_handler().get_form_class()(instance=provider)
    assert list(form.fields["skills"].queryset) == [bread]
