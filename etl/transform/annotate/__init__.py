"""Annotate articles with Stanza: sentences, tokens, named entities, tags and lemmas. Only this package imports Stanza.

bundle     find, download and load the models; compute their version
segment    text → sentences of tokens
recognise  tokens → named-entity labels
recurrent  fast recurrent layers for segment and recognise
annotator  articles → annotated sentences; tags and lemmas only for the sentences that need them
"""

from etl.transform.annotate.annotator import Annotator
from etl.transform.annotate.bundle import annotator_version, fetch_official

__all__ = ["Annotator", "annotator_version", "fetch_official"]
