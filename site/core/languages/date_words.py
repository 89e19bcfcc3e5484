"""How people write a date in words: one row a language, for `dates` in the table of languages.

A language of the admin needs a row (core.E010). The others are read too, in every form: visitors write their own names
of the months. Names of other calendars are never stored: the form asks which day is meant (core.languages.calendars).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DateWords:
    """Lists of names, from January, Muharram or Monday: several for one are separated by spaces, "_" is a space inside
    a name. The other columns are regular expressions. All are compared as a search is (core.languages.folding)."""

    months: str
    weekdays: str
    # After the number of a day: 24th. Before a day: on Thursday the 24th of December at 14. After a year.
    ordinal: str
    on: str
    the: str
    of: str
    at: str
    era: str
    # The months of the Persian (solar Hijri) and of the Hijri calendar.
    persian: str
    hijri: str


ROWS = {
    "sv": DateWords(
        months="jan januari, feb februari, mar mars, apr april, maj, jun juni, jul juli, aug augusti, "
        "sep sept september, okt oktober, nov november, dec december",
        weekdays="mån måndag, tis tisdag, ons onsdag, tor tors torsdag, fre fredag, lör lördag, sön söndag",
        ordinal=":?a|:?e",
        on="på",
        the="den",
        of="",
        at=r"klockan|kl\.?",
        era="",
        persian="",
        hijri="",
    ),
    "en": DateWords(
        months="jan january, feb february, mar march, apr april, may, jun june, jul july, aug august, "
        "sep sept september, oct october, nov november, dec december",
        weekdays="mon monday, tue tues tuesday, wed wednesday, thu thur thurs thursday, fri friday, sat saturday, "
        "sun sunday",
        ordinal="st|nd|rd|th",
        on="on",
        the="the",
        of="of",
        at="at",
        era="",
        persian="",
        hijri="",
    ),
    # Egypt and the Gulf, the Levant and Iraq, the Maghreb.
    "ar": DateWords(
        months="يناير كانون_الثاني جانفي, فبراير شباط فيفري, مارس آذار, أبريل نيسان أفريل, مايو أيار ماي, "
        "يونيو يونيه حزيران جوان, يوليو يوليه يوليوز تموز جويلية, أغسطس آب أوت غشت, سبتمبر شتنبر أيلول, "
        "أكتوبر تشرين_الأول, نوفمبر نونبر تشرين_الثاني, ديسمبر دجنبر كانون_الأول",
        weekdays="الاثنين اثنين, الثلاثاء ثلاثاء, الأربعاء أربعاء, الخميس خميس, الجمعة جمعة, السبت سبت, الأحد أحد",
        ordinal="",
        on="في يوم|في|يوم",
        the="الموافق",
        of="من",
        at="الساعة",
        era="م|ميلادي(ة)?|هـ|هجري(ة)?",
        persian="",
        hijri="محرم المحرم, صفر, ربيع_الأول, ربيع_الثاني ربيع_الآخر, جمادى_الأولى جمادى_الأول, "
        "جمادى_الآخرة جمادى_الثانية جمادى_الثاني, رجب, شعبان, رمضان, شوال, ذو_القعدة ذي_القعدة, ذو_الحجة ذي_الحجة",
    ),
    # "24. Dezember" has the full stop that may come before any month.
    "de": DateWords(
        months="jan jän januar jänner, feb februar, mär märz, apr april, mai, jun juni, jul juli, aug august, "
        "sep sept september, okt oktober, nov november, dez dezember",
        weekdays="mo montag, di dienstag, mi mittwoch, do donnerstag, fr freitag, sa samstag sonnabend, so sonntag",
        ordinal="",
        on="am",
        the="den|der",
        of="",
        at="um",
        era="",
        persian="",
        hijri="",
    ),
    # آذار is the Levantine March; with a Persian year it is a misspelling of the Persian month.
    "fa": DateWords(
        months="ژانویه, فوریه, مارس, آوریل, مه, ژوئن, ژوئیه, اوت, سپتامبر, اکتبر, نوامبر, دسامبر",
        weekdays="دوشنبه, سه‌شنبه سه_شنبه, چهارشنبه چهار_شنبه, پنجشنبه پنج_شنبه, جمعه, شنبه, یکشنبه یک_شنبه",
        ordinal="",
        on="روز",
        the="",
        of="",
        at="ساعت",
        era=r"میلادی|شمسی|خورشیدی|ه\.? ?ش\.?",
        persian="فروردین, اردیبهشت, خرداد, تیر, مرداد امرداد, شهریور, مهر, آبان, آذر آذار, دی, بهمن, اسفند",
        hijri="",
    ),
    "prs": DateWords(
        months="جنوری, فبروری, مارچ, اپریل, می, جون, جولای, اگست, سپتمبر, اکتوبر, نومبر, دسمبر",
        weekdays="دوشنبه, سه‌شنبه سه_شنبه, چهارشنبه چهار_شنبه, پنجشنبه پنج_شنبه, جمعه, شنبه, یکشنبه یک_شنبه",
        ordinal="",
        on="روز",
        the="",
        of="",
        at="ساعت",
        era="",
        persian="حمل, ثور, جوزا, سرطان, اسد, سنبله, میزان, عقرب, قوس, جدی, دلو, حوت",
        hijri="",
    ),
    "uk": DateWords(
        months="січень січня, лютий лютого, березень березня, квітень квітня, травень травня, червень червня, "
        "липень липня, серпень серпня, вересень вересня, жовтень жовтня, листопад листопада, грудень грудня",
        weekdays="понеділок, вівторок, середа середу, четвер, п'ятниця п'ятницю, субота суботу, неділя неділю",
        ordinal="",
        on="у|в",
        the="",
        of="",
        at="о|об",
        era=r"року|р\.?",
        persian="",
        hijri="",
    ),
}
