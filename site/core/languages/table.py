"""The languages a person may speak, with the names that their speakers use (CLDR; ISO 639 codes).

Not the languages of the site (`settings.LANGUAGES`): a host may lead an evening in one that we do not publish in.
"""

from django.utils.translation import gettext_lazy as _

# Code: (name in the reader's language, name in its own). Msgids stand as a list shows them: with a capital.
SPOKEN = {
    "sv": (_("Swedish"), "svenska"),
    "en": (_("English"), "English"),
    "ar": (_("Arabic"), "العربية"),
    "bs": (_("Bosnian"), "bosanski"),
    "ckb": (_("Kurdish (Sorani)"), "کوردیی ناوەندی"),
    "de": (_("German"), "Deutsch"),
    "es": (_("Spanish"), "español"),
    "fa": (_("Persian"), "فارسی"),
    "fr": (_("French"), "français"),
    "kmr": (_("Kurdish (Kurmanji)"), "kurmancî"),
    "pl": (_("Polish"), "polski"),
    "prs": (_("Dari"), "دری"),
    "ps": (_("Pashto"), "پښتو"),
    "ru": (_("Russian"), "русский"),
    "so": (_("Somali"), "soomaali"),
    "sw": (_("Swahili"), "Kiswahili"),
    "ti": (_("Tigrinya"), "ትግርኛ"),
    "tr": (_("Turkish"), "Türkçe"),
    "uk": (_("Ukrainian"), "українська"),
    "ur": (_("Urdu"), "اردو"),
}
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "fa", "he", "prs", "ps", "ur", "yi"})

CHOICES = [(code, name) for code, (name, own) in SPOKEN.items()]


def direction(code: str) -> str:
    """`rtl` or `ltr`, for the HTML attribute `dir`. Region and script subtags are ignored."""
    return "rtl" if code.split("-")[0] in RIGHT_TO_LEFT else "ltr"
