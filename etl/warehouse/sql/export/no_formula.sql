-- A text that no spreadsheet runs as a formula: an apostrophe precedes the sign that would begin one, also after
-- spaces, invisible characters and separators, and wherever a cell can begin if a spreadsheet splits by semicolons.
CASE WHEN regexp_matches({text}, '^(?:[\pZ\pC\s;:,|''"]*[=+@\x{{2212}}\x{{FF0B}}\x{{FF0D}}\x{{FF1D}}\x{{FF20}}-]|[\t\r])')
    THEN '''' ELSE '' END
|| regexp_replace(
    {text}, '([;\t\r\n][\pZ\pC\s]*)([=+@\x{{2212}}\x{{FF0B}}\x{{FF0D}}\x{{FF1D}}\x{{FF20}}-])', '\1''\2', 'g'
)
