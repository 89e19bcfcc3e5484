"""The catalogue: hosts, experiences, their lists, and the snippets that they use.

Only what is published is in these models. Contact data, consent, support notes and enquiries are private and have
models of their own: a page's revisions store old text for ever.
"""

from experiences.models.dates import ExperienceDate
from experiences.models.experience import ExperiencePage
from experiences.models.links import ExperienceProvider, ExperienceTestimonial
from experiences.models.lists import ExperienceIndexPage, ProviderIndexPage
from experiences.models.provider import ProviderPage
from experiences.models.snippets import Category, Place, Skill, Testimonial

__all__ = [
    "Category",
    "ExperienceDate",
    "ExperienceIndexPage",
    "ExperiencePage",
    "ExperienceProvider",
    "ExperienceTestimonial",
    "Place",
    "ProviderIndexPage",
    "ProviderPage",
    "Skill",
    "Testimonial",
]
