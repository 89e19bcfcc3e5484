"""How each language of the site writes days, times and numbers (FORMAT_MODULE_PATH), where Django's own differ.

The week begins on Monday and the day has 24 hours in every language: the experiences happen in Sweden. Digits are
Western in every language (docs/decisions/0005). An input of the browser sends days and times in ISO 8601.
"""
