"""The catalogue: who can do what, and what a guest can come and do.

Only what is published lives here. Contact data, consent, support notes and enquiries are private and have models of
their own: a page's revisions keep old text for ever.
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
