"""Rules of Hindi time expressions.

A rule is a regular expression over the *kinds* of words (upper case, see `words.py`): `DAY MONTH` matches "4 जुलाई" and
"चार जुलाई". `meanings.py` reads its named groups. A rule without a meaning is a look-alike: it consumes words that only
look like a date and gives no expression.
"""

from etl.transform.dates import meanings
from etl.transform.dates.meanings import Meaning

PIECES = {
    "MON": "(?:MONTH|MARCH)",
    "IN_MONTH": "(?P<month>MONTH|MARCH)",
    "ONLY_MONTH": "(?P<month>MONTH|MARCH(?=(?:OF? MONTH_UNIT|OF (?:LAST|ORDINAL)|IN(?!JOINING)|UNTIL)))",
    "WHICH": "(?:(?P<which>PAST|NEXT|THIS) ONLY?)",
    "WHICH_YEAR": "(?:(?P<that_year>PAST|NEXT|THIS) ONLY? YEAR_UNIT (?:OF|IN|COMMA)?)",
    "YEAR_WORD": "(?:COMMON_ERA|YEAR_UNIT)",
    "IN_YEAR": "(?:COMMA? YEAR_WORD? (?P<year>YEAR|(?<!COMMA)FAR_YEAR|FAR_YEAR(?=ON|IN)) (?!COUNTED))",
    "OF_YEAR": "(?:YEAR_WORD? (?P<year>YEAR|FAR_YEAR(?=OF)|(?<=YEAR_WORD)FAR_YEAR) (?:OF|IN|COMMA)?)",
    "TO": "(?:HYPHEN|FROM STARTING?)",
    "ALSO": "(?:COMMA|COMMA? AND)",
    "NEAR_DAY": "(?:TODAY|KAL|PARSON)",
    "NAMED_DAY": "(?:(?:WEEKDAY|TODAY|KAL) (?:COMMA|THAT_IS|HYPHEN)?)",
    "AS_WEEKDAY": "(?:COMMA? WEEKDAY|OPEN WEEKDAY CLOSE)",
    "TIME_OF_DAY": "(?:OF? LATE? DAYPART)",
    "ANY_UNIT": "(?P<unit>DAY_UNIT|DAY_UNITS|WEEK_UNIT|WEEK_UNITS|MONTH_UNIT|MONTH_UNITS|YEAR_UNIT|YEAR_UNITS)",
}
"""Parts of patterns that several rules share."""

RULES: tuple[tuple[str, str, Meaning | None], ...] = (
    # Look-alikes.
    ("aajkal", "TODAY HYPHEN? KAL", None),
    ("aaj_tak", "TODAY HYPHEN? UNTIL", None),
    ("nowadays", "TODAY (?:OF ERA|STILL)", None),
    ("machine", "KAL HYPHEN? MACHINE", None),
    ("bright_tomorrow", "(?:BRIGHT|NEXT) KAL", None),
    ("recurring", "EVERY (?:WEEKDAY|YEAR_UNIT (?:DAY? MON)?|DAY MON)", None),
    ("protest_march", "MARCHING MARCH", None),
    ("memorial", "(?:DAY? MONTH|WEEKDAY) (?:MEMORIAL|LEARNED_DAY)", None),
    ("square_meals", "DAY MONTH OF BREAD", None),
    ("decade", "YEAR OF DECADE", None),
    (
        "before_christ",
        "YEAR_WORD? (?:DAY|NUMBER|YEAR|FAR_YEAR) (?:YEAR_UNIT|YEAR_UNITS)? (?:CHRIST BEFORE|BEFORE_CHRIST)",
        None,
    ),
    ("whole_unit", "WHICH ANY_UNIT WHOLE", None),
    # A day of a month.
    ("numeric_date", "(?P<full_year>DATE)", meanings.whole_date),
    (
        "month_day",
        "(?:NAMED_DAY{0,2} (?P<open>OPEN)?) (?:WHICH_YEAR|WHICH)? (?P<day>DAY|ORDINAL) IN_MONTH IN_YEAR?"
        " (?(open)CLOSE) AS_WEEKDAY? TIME_OF_DAY?",
        meanings.month_day,
    ),
    ("month_day", "NAMED_DAY? OF_YEAR (?P<day>DAY) IN_MONTH TIME_OF_DAY?", meanings.month_day),
    ("month_day", "IN_MONTH (?P<day>DAY) COMMA? (?P<year>YEAR)", meanings.month_day),
    ("month_day", "IN_MONTH OF (?P<day>DAY) DATE_UNIT", meanings.month_day),
    ("month_day", "(?P<day>DAY) (?=(?:ALSO DAY){1,9} IN_MONTH IN_YEAR?)", meanings.month_day),
    ("day_of_month", "WHICH MONTH_UNIT OF (?P<day>DAY) DATE_UNIT", meanings.day_of_which_month),
    ("day_of_month", "(?P<day>DAY) DATE_UNIT", meanings.day_of_near_month),
    # Several days.
    (
        "day_range",
        "(?:WHICH_YEAR|WHICH)? (?P<days>DAY (?:TO DAY|(?P<listed>(?:ALSO DAY){1,9}))) IN_MONTH IN_YEAR?",
        meanings.days_of_month,
    ),
    (
        "day_range",
        "(?P<first_day>DAY) (?P<first_month>MON) (?:COMMA? (?P<first_year>YEAR))? TO (?P<day>DAY)"
        " IN_MONTH IN_YEAR?",
        meanings.day_to_day,
    ),
    # Months and their weeks.
    ("month", "(?<!DAY) (?<!NUMBER) (?:WHICH_YEAR|WHICH)? ONLY_MONTH (?:OF? MONTH_UNIT)?", meanings.month),
    ("month", "OF_YEAR ONLY_MONTH MONTH_UNIT?", meanings.month),
    ("month", "IN_MONTH (?:OF? MONTH_UNIT)? IN_YEAR", meanings.month),
    (
        "month_range",
        "WHICH_YEAR? (?P<first_month>MON) (?:TO|(?P<listed>ALSO)) IN_MONTH MONTH_UNIT? IN_YEAR?",
        meanings.month_to_month,
    ),
    (
        "week_of_month",
        "WHICH_YEAR? IN_MONTH IN_YEAR? OF (?P<ordinal>ORDINAL|BEFORE|LAST) WEEK_UNIT",
        meanings.week_of_month,
    ),
    # Weekdays.
    ("weekday", "WHICH? (?P<weekday>WEEKDAY) TIME_OF_DAY?", meanings.weekday),
    (
        "weekday_of_week",
        "WHICH WEEK_UNIT (?:OF|COMMA)? (?P<weekday>WEEKDAY) TIME_OF_DAY?",
        meanings.weekday_of_week,
    ),
    (
        "weekday_range",
        "WHICH? (?P<first_weekday>WEEKDAY) (?:TO|(?P<listed>ALSO)) (?P<weekday>WEEKDAY)",
        meanings.weekday_to_weekday,
    ),
    # Counted from the anchor.
    (
        "near_day",
        "(?:(?P<which>PAST) ONLY?)? (?P<near_day>NEAR_DAY)"
        " (?:(?:COMMA|THAT_IS|(?P<open>OPEN))? (?P<weekday>WEEKDAY) (?(open)CLOSE))? TIME_OF_DAY?",
        meanings.near_day,
    ),
    ("near_day", "(?P<weekday>WEEKDAY) THAT_IS (?P<near_day>NEAR_DAY) TIME_OF_DAY?", meanings.near_day),
    ("near_days", "(?P<first_day>NEAR_DAY) (?:AND|TO) (?P<near_day>NEAR_DAY)", meanings.near_days),
    ("day_before", "PAST ONLY? (?:LATE? DAYPART|DAY_UNIT|LEARNED_DAY)", meanings.day_before),
    (
        "which_unit",
        "WHICH (?P<unit>WEEK_UNIT|WEEKEND|MONTH_UNIT|YEAR_UNIT|FISCAL YEAR_UNIT)",
        meanings.which_unit,
    ),
    (
        "units_away",
        "(?:TODAY FROM|(?<!FROM)(?<!OF)(?<!ABOUT)) ABOUT? (?P<count>DAY|NUMBER|HALF|YEAR|FAR_YEAR) ANY_UNIT WHOLE? OF?"
        " (?P<side>BEFORE|AFTER)",
        meanings.some_units_away,
    ),
    (
        "units_away",
        "(?<!FROM)(?<!OF)(?<!DAY) ANY_UNIT WHOLE (?P<side>BEFORE|AFTER)",
        meanings.some_units_away,
    ),
    (
        "next_units",
        "NEXT (?P<count>DAY) (?P<unit>DAY_UNIT|DAY_UNITS|WEEK_UNIT|WEEK_UNITS|MONTH_UNIT|MONTH_UNITS)",
        meanings.next_units,
    ),
    # Years.
    (
        "year",
        "YEAR_WORD (?P<year>YEAR|(?<=COMMON_ERA)FAR_YEAR|FAR_YEAR(?=IN)) (?!COUNTED)",
        meanings.one_year,
    ),
    (
        "year",
        "(?<!COUNTED) (?<!FAR_YEAR HYPHEN) (?P<year>YEAR)"
        " (?=(?:IN(?!FROM)|UNTIL|(?:FROM|OF)(?!COUNTED)|YEAR_UNIT|ALSO YEAR_WORD? YEAR))",
        meanings.one_year,
    ),
    (
        "year_range",
        "FISCAL? YEAR_WORD? (?P<first_year>YEAR) (?:(?P<hyphen>HYPHEN)|FROM(?=YEAR)) "
        " (?P<last>DAY|NUMBER|YEAR) (?!COUNTED)",
        meanings.year_to_year,
    ),
)
"""Name, pattern and meaning of every rule. The name is stored as the method of a date."""
