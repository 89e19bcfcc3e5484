"""All that the site knows of each language: one row a language (ISO 639 codes, names by CLDR).

A host may speak every language of the table. The site may be published in those that have `site`
(`settings.LANGUAGES` says in which it is), and its admin be used in those that have `dates`, which visitors may write
too (`settings.WAGTAILADMIN_PERMITTED_LANGUAGES`). The check core.E010 refuses to start with a language that lacks a
column. What is not in the table, and why: docs/decisions/0020-one-table-of-languages.md.

Imports nothing but gettext and date_words: settings read it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.languages.date_words import ROWS as DATE_WORDS
from core.languages.date_words import DateWords

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class SiteLanguage:
    """What a language needs that the site is published in. All columns are regular expressions unless they say else."""

    # The catalogue's header `Plural-Forms`, as gettext writes it.
    plural: str
    # A day and its month, in Django's date syntax; the separator of hours and minutes; separators of numbers.
    day: str
    clock: str
    decimal: str
    thousands: str
    # PostgreSQL's text search configuration; "simple", where it has none. Endings that its stemmer leaves.
    search: str
    unstemmed: str
    # Letters as people type them, for the search; letters as they are sorted. Both: this letter, as that one.
    typed_as: Mapping[str, str]
    sorted_as: Mapping[str, str]
    # What visitors call a thing, and our word for it, for a search that finds nothing.
    synonyms: Mapping[str, str]
    # Words that promise the absence of an allergen. Before them in their clause, words that deny it; before them in
    # their sentence, words that refuse to promise (core/languages/free_from.py). Arabic has no vowel signs there.
    free_from: str
    negated: str
    no_promise: str
    # Words that begin a clause: they add to the one before, or go against it.
    joins: str
    contrast: str
    # What advertising mails offer us, as phrases. Never one word: "SEO" is a name, "Forex" a shop, "casino" a party.
    spam: str
    # What is written onto a name: before it, after it.
    prefix: str
    genitive: str
    # Whether nouns keep their capital inside a sentence (a bool).
    noun_capitals: bool


# An empty column is an answer here ("this language has none") and a mistake elsewhere.
MAY_BE_EMPTY = frozenset({"unstemmed", "typed_as", "synonyms", "prefix", "genitive"})


@dataclass(frozen=True)
class Language:
    """A row. `name`: the English msgid, as a list shows it; `own_name`: as its speakers write it in a sentence."""

    code: str
    name: _StrPromise
    own_name: str
    site: SiteLanguage | None = None
    dates: DateWords | None = None

    @property
    def own_title(self) -> str:
        """Its own name with a capital: Svenska, English, العربية."""
        return self.own_name[:1].upper() + self.own_name[1:]

    @property
    def direction(self) -> str:
        """`rtl` or `ltr`, for the HTML attribute `dir`: how Unicode writes the first letter of its own name."""
        return "rtl" if unicodedata.bidirectional(self.own_name[:1]) in {"R", "AL"} else "ltr"

    @property
    def small_names(self) -> bool:
        """Whether it writes the names of languages with a small letter inside a sentence, as it does its own."""
        return self.own_name[:1].islower()


LATIN = {"é": "e", "è": "e", "ê": "e", "ë": "e", "á": "a", "à": "a", "â": "a", "í": "i", "î": "i", "ï": "i"}
LATIN |= {"ó": "o", "ò": "o", "ô": "o", "ú": "u", "ù": "u", "û": "u", "ü": "u", "ç": "c", "ñ": "n", "ş": "s"}
ALIF = {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ة": "ه", "ى": "ي"}

# What the law wants named (Regulation (EU) 1169/2011, annex II), as stems; words that may come before it.
ALLERGENS = {
    "sv": "(gluten|vete|råg|korn|havre|kräftdjur|skaldjur|räk(or)?|ägg|fisk|jordnöt|hasselnöt|valnöt|soja|mjölk|laktos|"
    "nöt(?=t|fr|sfr|s?[ -]|$)|mandel|mandlar|cashew|pistage|pistasch|selleri|senap|sesam|sulfit|lupin|blötdjur|musslor"
    "|allergen)",
    "en": "(gluten|wheat|rye|barley|oats?|crustaceans?|shellfish|prawns?|eggs?|fish|(pea|hazel|wal|tree )?nuts?"
    "|almonds?|cashews?|pistachios?|soya?|soybeans?|milk|dairy|lactose|celery|mustard|sesame|sul(f|ph)ites?|lupins?"
    "|molluscs?|mussels?|allergens?)",
    "ar": "(غلوتين|جلوتين|قمح|شعير|شوفان|قشريات|روبيان|بيض|سمك|[أا]سماك|فول سوداني|صويا|حليب|لبن|[أا]لبان|لاكتوز"
    "|مكسرات|جوز|لوز|بندق|فستق|كاجو|كرفس|خردل|سمسم|كبريتيت|ترمس|رخويات|محار|مسببات)",
    "de": "(gluten|weizen|roggen|gerste|hafer|krebstiere|eier|ei|fisch|erdn[üu]ss|haseln[üu]ss|waln[üu]ss|n[üu]ss|soja"
    "|milch|laktose|mandel|sellerie|senf|sesam|sulfit|lupine|weichtiere|allergen)",
}
SV, EN, AR, DE = ALLERGENS.values()
SV = rf"(?:(spår av|någon|något|några|som helst|tillsatta?|hela|hackade|malda) )*\b{SV}(?!\w*[ -]*fri)\w{{0,4}}\b"
EN = rf"(?:(any|added|traces? of|a trace of|the|whole|raw|ground|cow['’]?s) )*{EN}\b(?![ -]*free)"
AR = rf"(?:(على|علي|[أا]ي|[أا]ثر|[آا]ثار|من) )*(ال|لل)?{AR}"
DE = rf"(?:(Spuren von|jegliche[snr]?|zugesetzte[snr]?) )*\b{DE}(?!\w*[ -]*frei)\w{{0,2}}\b"

ROWS = (
    # 4 februari 2027, 17.00, 2 800,5 (Språkrådet, Svenska skrivregler). å, ä, ö close the alphabet, in this order.
    # "brödet", "brödets": the Swedish stemmer leaves the article on short words.
    Language(
        "sv",
        _("Swedish"),
        "svenska",
        SiteLanguage(
            plural="nplurals=2; plural=(n != 1);",
            day="j F",
            clock=".",
            decimal=",",
            thousands="\N{NO-BREAK SPACE}",
            search="swedish",
            unstemmed=r"(?<=\w{4})(et|en|na)s?$",
            typed_as={},
            sorted_as=LATIN | {"å": "ä", "ä": "å", "ü": "y"},
            synonyms=dict.fromkeys(
                ("presentkort", "gåvokort", "gåvobevis", "värdebevis", "värdecheck", "julklapp"), "presentbevis"
            ),
            free_from=rf"\bfri(tt|a|e)?[ -]*från\b|\b\w*{ALLERGENS['sv']}\w*[ -]*fri(tt|a|e)?\b"
            rf"|\b(utan|inga|inget|ingen|noll|varken) {SV}"
            rf"|\b(inte|aldrig|ej) (innehåll(er|a)|använder|har|finns) {SV}"
            rf"|\b(innehåller|använder|har|finns|ingår)( (vi|det|maten))? (inte|aldrig|ej) {SV}"
            rf"|{SV} (ingår|används|finns|förekommer) (inte|aldrig|ej)\b",
            negated=r"\b(aldrig|inte(?! (bara|endast|enbart)\b)|ej|ingen|inget|inga)\b",
            no_promise=r"\b(inte|aldrig|ej)( \w+)? (lova|garantera|påstå)( \w+)? att\b"
            r"|\b(lovar|garanterar|påstår|lova|garantera)( \w+)? (inte|aldrig|ej) att\b",
            joins=r"\b(och|eller|samt)\b",
            contrast=r"\b(men|medan|däremot|dock|så|eftersom|därför|utan(?= (\w*fri|även|också)))\b",
            spam=r"\b(billiga?|erbjuder er|hjälper er med) (\w+ ){0,2}(sökmotoroptimering|seo|länkbygge)\b"
            r"|\b(säljer|köp|billiga) (\w+ ){0,3}(bakåtlänkar|backlinks?|gästinlägg)\b"
            r"|\b(optimera|marknadsföra|ranka) (er|ert|din|ditt) (\w+ )?(hemsida|webbplats|sajt)\b"
            r"|\b(förbättra|öka|höja?) (er|din) (\w+ )?(rankn?ing|trafik|synlighet)\b"
            r"|\b(hamna|komma|nå|ranka|synas) (\w+ ){0,3}(förstasidan|toppen|högre|högst) (på|av|i) google\b"
            r"|\b((snabb|sms-?)?lån utan (uc|kreditupplysning|säkerhet)|(snabb|sms-?)lån (online|direkt|på \d+))\b"
            r"|\b(casinobonus|gratissnurr|(casino|kasino)n? utan (spelpaus|svensk licens))"
            r"|\b(bitcoin|krypto|forex)[ -]?(handel|investering|robot)|\b(köp|beställ|billig) (\w+ )?(viagra|cialis)\b",
            prefix="",
            genitive="s",
            noun_capitals=False,
        ),
        DATE_WORDS["sv"],
    ),
    # As in Europe: 4 February 2027, 17:00, 2,800.5.
    Language(
        "en",
        _("English"),
        "English",
        SiteLanguage(
            plural="nplurals=2; plural=(n != 1);",
            day="j F",
            clock=":",
            decimal=".",
            thousands=",",
            search="english",
            unstemmed="",
            typed_as={},
            sorted_as=LATIN | {"å": "a", "ä": "a", "ö": "o"},
            synonyms={"voucher": "certificate", "giftcard": "certificate"},
            free_from=rf"\bfree[ -]*(from|of(?! charge))\b|\b{ALLERGENS['en']}[ -]*free\b"
            rf"|\b(no|without|neither|zero|0 ?%) {EN}"
            rf"|(\b(not|never)|n['’]t) (contain|include|have|use) {EN}"
            rf"|\b{EN} (is|are) (not|never) (used|included|in)\b",
            negated=r"\b(never|not(?! (only|just)\b)|cannot|no(?! (doubt|problem|worries)\b)|none|nothing|neither)\b"
            r"|n['’]t\b",
            no_promise=r"(\b(never|not|cannot|unable to)|n['’]t)( \w+)? (promise|guarantee|claim|say)( \w+)? that\b",
            joins=r"\b(and|or|nor)\b",
            contrast=r"\b(but|yet|however|while|whereas|though|although|because|since|so)\b",
            spam=r"\b(buy|sell(ing)?|offer(ing)?|cheap|(high[- ])?quality|dofollow) (\w+ ){0,3}(backlinks?|guest posts"
            r"|sponsored (posts|articles))\b|\b(buy|cheap|affordable) (\w+ )?link building\b|\bdomain authority\b"
            r"|\b(boost|improve|increase|grow) your (\w+ ){0,2}(traffic|rankings?|visibility|seo)\b"
            r"|\b(rank|boost|promote|optimi[sz]e|redesign) your (\w+ )?(web ?)?site\b"
            r"|\bseo (packages?|proposal|audit)\b|\brank(ing)? (higher |first )?(on|in) google\b"
            r"|\b(get|put|bring|push) (\w+ ){0,4}(page one|(first|1st) page|top) (of|on) google\b"
            r"|\b(casino|welcome|no[- ]deposit) bonus(es)?\b|\bfree spins\b|\bbest online casinos?\b"
            r"|\b(crypto|bitcoin|forex) ?(\w+ )?(invest(ment|ing)|trading|signals?|robot|profits?|recovery)\b"
            r"|\b(buy|cheap|order|generic) (\w+ )?(viagra|cialis)\b|\b(viagra|cialis) (online|without)\b"
            r"|\b(payday|instant) loans?\b|\bclaim your (prize|reward|bonus)\b"
            r"|\b(earn|make) (up to )?[$€£] ?[\d.,]+ (a|per|every) (day|week|month)\b"
            r"|\b(million|verified|targeted) (\w+ )?(e-?mails|leads|contact forms)\b",
            prefix="",
            genitive="['’]?s",
            noun_capitals=False,
        ),
        DATE_WORDS["en"],
    ),
    # With Western digits: 4 فبراير 2027, 17:00, 2,800.5 (CLDR: ar, numbering system latn). Letters that people leave
    # out or exchange are one letter; five words of one letter are written onto the next ("وسميرة").
    Language(
        "ar",
        _("Arabic"),
        "العربية",
        SiteLanguage(
            plural="nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
            "n%100>=11 && n%100<=99 ? 4 : 5;",
            day="j F",
            clock=":",
            decimal=".",
            thousands=",",
            search="arabic",
            unstemmed="",
            typed_as=ALIF | {"ی": "ي", "ک": "ك", "ـ": ""},
            sorted_as=ALIF,
            synonyms={"قسيمة": "بطاقة", "كوبون": "بطاقة", "قسائم": "بطاقة"},
            free_from=r"\b[وفبلك]?(ال)?خال(ي|ى|يا|ية|يه|يين|يات)?( تماما| كليا)? من\b|\b[وف]?[يتن]خلو من\b"
            rf"|\b[وف]?(ب?دون|بلا|بغير|من غير) {AR}|\b[وف]?(لا|لن|لم) [يتن]\w+ {AR}|\b[وف]?(ليس|لا) في\w* {AR}",
            negated=r"\b[وف]?(لا(?! (شك|ب[أا]س)\b)|لن|لم|ليس|ليست|لسنا|غير)\b",
            no_promise=r"\b[وف]?(لا|لن|لم)( \w+){0,2} (نعد|نعدكم|نضمن|نؤكد)( \w+)? ب?[أا]ن",
            joins=r"\b([أا]و|و(?=(هو|هي|هذا|هذه|ال\w+|خال\w*|[يت]خلو)\b))",
            contrast=r"\b(و?لكن\w*|بل|[إا]نما|بينما|[أا]ما)\b",
            spam=r"\b(تحسين محركات البحث|السيو|سيو) (لموقعك|لموقعكم|لكم|بأسعار|بسعر)\b"
            r"|\b(باقات|عروض|نبيع|شراء) (\w+ )?(تحسين محركات البحث|السيو|سيو|روابط خلفي[ةه]|باك ?لينك)"
            r"|\b(تصدر|رفع|زياد[ةه]) (\w+ ){0,2}(موقعكم?|نتائج (جوجل|غوغل))|\b(تداول|توصيات) (ال)?(فوركس|عملات)\b"
            r"|\b(مكافأ[ةه]|مكافآت|بونص) (ال)?كازينو\b|\b(استثمار|تعدين|تداول|أرباح) (\w+ )?(ال)?بيتكوين\b"
            r"|\bقروض (سريع[ةه]|فوري[ةه]|بدون)",
            prefix="[وفبلك]",
            genitive="",
            noun_capitals=False,
        ),
        DATE_WORDS["ar"],
    ),
    Language("bs", _("Bosnian"), "bosanski"),
    Language("ckb", _("Kurdish (Sorani)"), "کوردیی ناوەندی"),
    # 4. Februar 2027, 17:00, 2.800,5 (DIN 5008, Duden). Not published yet.
    Language(
        "de",
        _("German"),
        "Deutsch",
        SiteLanguage(
            plural="nplurals=2; plural=(n != 1);",
            day="j. F",
            clock=":",
            decimal=",",
            thousands=".",
            search="german",
            unstemmed="",
            typed_as={},
            sorted_as=LATIN | {"å": "a", "ä": "a", "ö": "o"},
            synonyms={},
            free_from=rf"\bfreie?[mnrs]? von\b|\b(ei(er)?|\w*(?!ei){ALLERGENS['de']}\w*)[ -]*frei(e[mnrs]?)?\b"
            rf"|\b(ohne|keine?|keine[mnrs]|weder) {DE}|\bnicht {DE} enthalten\b|{DE} (ist|sind) nicht enthalten\b",
            negated=r"\b(nie|niemals|nicht(?! nur\b)|keine?|keine[mnrs])\b",
            no_promise=r"\b(nicht|nie|niemals)( \w+)? (versprechen|garantieren|zusichern),? dass\b"
            r"|\b(versprechen|garantieren)( wir)? (nicht|nie|niemals),? dass\b",
            joins=r"\b(und|oder|noch)\b",
            contrast=r"\b(aber|sondern|doch|jedoch|während|weil|denn)\b",
            spam=r"\b(bieten ihnen|günstige) (\w+ ){0,2}(suchmaschinenoptimierung|seo|linkaufbau)\b"
            r"|\b(bieten|verkaufen|günstige|hochwertige) (\w+ ){0,3}(backlinks?|gastbeiträge)\b"
            r"|\bihre (website|webseite|homepage|sichtbarkeit) (\w+ ){0,3}(optimieren|auf (platz|seite) (1|eins))\b"
            r"|\b(sofortkredite?|kredite? ohne schufa|casino[- ]?bonus)\b",
            prefix="",
            genitive="s|['’]",
            noun_capitals=True,
        ),
        DATE_WORDS["de"],
    ),
    Language("es", _("Spanish"), "español"),
    Language("fa", _("Persian"), "فارسی", dates=DATE_WORDS["fa"]),
    Language("fr", _("French"), "français"),
    Language("kmr", _("Kurdish (Kurmanji)"), "kurmancî"),
    Language("pl", _("Polish"), "polski"),
    Language("prs", _("Dari"), "دری", dates=DATE_WORDS["prs"]),
    Language("ps", _("Pashto"), "پښتو"),
    Language("ru", _("Russian"), "русский"),
    Language("so", _("Somali"), "Soomaali"),
    Language("sw", _("Swahili"), "Kiswahili"),
    Language("ti", _("Tigrinya"), "ትግርኛ"),
    Language("tr", _("Turkish"), "Türkçe"),
    Language("uk", _("Ukrainian"), "українська", dates=DATE_WORDS["uk"]),
    Language("ur", _("Urdu"), "اردو"),
)
TABLE = {row.code: row for row in ROWS}

# What a person may speak, for the field `choices`.
CHOICES = [(row.code, row.name) for row in ROWS]


def find(code: str) -> Language | None:
    """The row of a code; that of its language, where a region or variant has none of its own (`sv-simple`: `sv`)."""
    return TABLE.get(code) or TABLE.get(code.split("-")[0])


def site_language(code: str) -> SiteLanguage | None:
    """The columns of a code for the site; None for a language that it cannot be published in."""
    row = find(code)
    return row.site if row else None


def direction(code: str) -> str:
    """`rtl` or `ltr`, for the HTML attribute `dir`. Region and script subtags are ignored."""
    row = find(code)
    return row.direction if row else "ltr"


def in_every_language(column: str) -> str:
    """One regular expression of a column of `SiteLanguage`, over all rows: a text may hold words of several."""
    columns = (getattr(row.site, column) for row in ROWS if row.site)
    return "|".join(pattern for pattern in columns if pattern)


def names(*codes: str) -> list[tuple[str, _StrPromise | str]]:
    """For LANGUAGES. A code without a row is its own name: the check core.E010 says what it lacks."""
    return [(code, TABLE[code].name if code in TABLE else code) for code in codes]


def own_titles(*codes: str) -> list[tuple[str, str]]:
    """For WAGTAILADMIN_PERMITTED_LANGUAGES, likewise."""
    return [(code, TABLE[code].own_title if code in TABLE else code) for code in codes]


def date_words() -> Iterator[DateWords]:
    """The words that dates are written with, of each language that has them."""
    return (row.dates for row in ROWS if row.dates)
