"""Extract who met whom from the case markers around a trigger word (मुलाकात "meeting", दौरा "visit", मिलना "meet").

reports        the order of the steps: sentences and entities of an article → drafts of its meetings
triggers       trigger words and their clauses
cases          case markers after names (ने, से, के साथ, के बीच, …)
actors         names of a sentence with their case markers
cast           participants of one meeting
participants   participants of a talk from the case markers
visits         participants of a visit, or of a reception of a guest
abroad         participants of a gathering in another country
attendance     people who attended a gathering
gathering      a gathering that several sentences describe
both           actors that "दोनों नेता" ("both leaders") and similar phrases refer to
status         held, planned, cancelled, …
when           time of a meeting
where          place of a meeting
circumstances  mode, CAMEO cue, occasion and contexts
fill           dates and places taken from neighbouring sentences
draft          a meeting under construction; merges repeated reports
codes          PLOVER and CAMEO codes
record         draft → the record that is stored
"""
