"""Annotate: sentences, words and named entities by Stanza. The one package that imports it.

bundle     which models, from where, and their version
segment    text → sentences of tokens
recognise  tokens → labels of named entities
annotator  articles → annotated sentences; tags and lemmas only where they are asked for
cache      what was annotated before
"""

from etl.transform.annotate.annotator import Annotator
from etl.transform.annotate.bundle import annotator_version, fetch_official

__all__ = ["Annotator", "annotator_version", "fetch_official"]
