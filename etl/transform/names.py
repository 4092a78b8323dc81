"""Find the names of persons, organisations and places in a sentence, and the titles beside them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from etl.domain.article import MentionLabel, Sentence
from etl.domain.entity import EntityKind
from etl.domain.hindi import fold_name
from etl.domain.seeds import Title
from etl.transform.lexicon import Key, KnownName, Lexicon, Words, longest_match

_KIND_OF_LABEL: dict[MentionLabel, EntityKind] = {
    "PERSON": "PER",
    "ORGANIZATION": "ORG",
    "LOCATION": "LOC",
}
_GENITIVES = frozenset(("का", "की", "के"))
"""Forms of the genitive marker ("of", "'s")."""
_CASE_WORDS = frozenset(("ने", "से", "को", "और", "का", "की", "के"))
"""Words after a name: case markers and "and"."""
_LIST_WORDS = frozenset((",", "और", "तथा", "एवं", "व"))
"""Comma and "and"."""
_SUFFIXES = frozenset(("जी", "साहब", "साहिब"))
"""Honorifics after a name ("Mr", "sir")."""


@dataclass(frozen=True, slots=True)
class Office:
    """An office that a text gives a person.

    Attributes:
        office: code of the office, the same for all its titles (पीएम, प्रधानमंत्री); else the title itself.
        territory: country, state or organisation that the office belongs to; None if the text does not say.
    """

    office: str
    territory: KnownName | None


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A span of words that is a name, or an office used for its holder.

    Attributes:
        first_token: index of the first token, without titles; half-open range with `last_token`.
        left_token: index of the first token of the whole phrase, with titles and country.
        key: the folded words; empty for an office alone.
        known: the gazetteer row with this name; None if there is none.
        offices: the titles beside the name.
        is_role: an office without a name ("चीन के राष्ट्रपति").
    """

    sentence_number: int
    first_token: int
    last_token: int
    left_token: int
    kind: EntityKind
    key: Key
    known: KnownName | None
    offices: tuple[Office, ...]
    is_role: bool = False


def find_names(sentence: Sentence, lexicon: Lexicon) -> list[NameSpan]:
    """Return the names and offices of a sentence in order, without overlaps."""
    words = Words.of(sentence)
    taken: set[int] = set()
    names = []
    for candidate in sorted(_candidates(sentence, words, lexicon), key=_preference):
        tokens = set(range(candidate.first_token, candidate.last_token))
        if not tokens & taken:
            taken |= tokens
            names.append(candidate)
    names = [_with_titles(name, sentence, lexicon) for name in names]
    titled = {token for name in names for token in range(name.left_token, name.last_token)}
    roles = _find_roles(sentence, words, lexicon, titled)
    return sorted(_unique_spans([*names, *roles]), key=lambda name: name.first_token)


def _unique_spans(names: Iterable[NameSpan]) -> Iterable[NameSpan]:
    """Return the first of the names with equal words: two offices in a row list the same countries."""
    by_words: dict[tuple[int, int], NameSpan] = {}
    for name in names:
        by_words.setdefault((name.first_token, name.last_token), name)
    return by_words.values()


def find_short_forms(
    sentence: Sentence, names: list[NameSpan], lexicon: Lexicon, words: set[str]
) -> list[NameSpan]:
    """Return the spans where one word of a full name is used alone for the person ("किन" for किन गैंग).

    Args:
        sentence: the sentence to search.
        names: the spans that `find_names` found in it.
        words: first and last words of all full names in the article, folded.
    """
    taken = {token for name in names for token in range(name.left_token, name.last_token)}
    folded = [fold_name(token.text) for token in sentence.tokens]
    return [
        _with_titles(_span(sentence, index, index + 1, "PER", (word,), None), sentence, lexicon)
        for index, word in enumerate(folded)
        if word in words and index not in taken and _is_used_as_name(sentence, folded, index)
    ]


def _is_used_as_name(sentence: Sentence, folded: list[str], index: int) -> bool:
    following = folded[index + 1] if index + 1 < len(folded) else ""
    return sentence.tokens[index].upos == "PROPN" or following in _CASE_WORDS


def _preference(name: NameSpan) -> tuple[int, bool]:
    return name.first_token - name.last_token, name.known is None


def _candidates(sentence: Sentence, words: Words, lexicon: Lexicon) -> Iterator[NameSpan]:
    labelled = {
        index
        for mention in sentence.mentions
        if mention.label in _KIND_OF_LABEL
        for index in _token_range(sentence, mention.start_char, mention.end_char)
    }
    for start in range(len(words.folded)):
        match = longest_match(lexicon.names, words.folded, start)
        if match and _is_name(sentence, words, start, match[0], labelled):
            end, known = match
            first, last = words.tokens[start], words.tokens[end - 1] + 1
            yield _span(sentence, first, last, known.kind, words.folded[start:end], known)
    for mention in sentence.mentions:
        if mention.label in _KIND_OF_LABEL:
            indices = _token_range(sentence, mention.start_char, mention.end_char)
            kind = _KIND_OF_LABEL[mention.label]
            yield from _labelled_span(sentence, list(indices), kind, lexicon)


def _is_name(sentence: Sentence, words: Words, start: int, end: int, labelled: set[int]) -> bool:
    """Return whether a gazetteer match is a name.

    A single word may be a common noun spelt like a name (माली, चाड), so Stanza must have tagged it as a name, too.
    """
    token = words.tokens[start]
    return end - start > 1 or token in labelled or sentence.tokens[token].upos == "PROPN"


def _labelled_span(
    sentence: Sentence, tokens: list[int], kind: EntityKind, lexicon: Lexicon
) -> Iterator[NameSpan]:
    """Strip titles and particles from a span labelled by Stanza; yield nothing if only a title is left."""
    folded = [(fold_name(sentence.tokens[index].text).strip("-–—"), index) for index in tokens]
    parts = [(word, index) for word, index in folded if word]
    while parts and kind == "PER":
        match = longest_match(lexicon.titles, tuple(word for word, _ in parts), 0)
        if match:
            parts = parts[match[0] :]
        elif lexicon.country_of_adjective(parts[0][0]) or parts[0][0] in _GENITIVES:
            parts = parts[1:]
        else:
            break
    people = lexicon.cues("delegation").keys() if kind != "PER" else ()
    while parts and (parts[-1][0] in _SUFFIXES or parts[-1][0] in _GENITIVES or parts[-1][0] in people):
        parts = parts[:-1]
    key = tuple(word for word, _ in parts)
    is_adjective = (
        len(key) == 1 and lexicon.country_of_adjective(key[0]) is not None and key not in lexicon.names
    )
    is_generic = kind == "ORG" and " ".join(key) in lexicon.cues("generic")
    if key and key not in lexicon.titles and not is_adjective and not is_generic:
        known = lexicon.person_sounding_like(key) if kind == "PER" else None
        yield _span(sentence, parts[0][1], parts[-1][1] + 1, kind, key, known)


def _span(
    sentence: Sentence, first: int, last: int, kind: EntityKind, key: Key, known: KnownName | None
) -> NameSpan:
    return NameSpan(sentence.sentence_number, first, last, first, kind, key, known, ())


def _token_range(sentence: Sentence, start_char: int, end_char: int) -> range:
    inside = [
        index
        for index, token in enumerate(sentence.tokens)
        if token.start_char < end_char and token.end_char > start_char
    ]
    return range(inside[0], inside[-1] + 1) if inside else range(0)


def _with_titles(name: NameSpan, sentence: Sentence, lexicon: Lexicon) -> NameSpan:
    """Extend a person's span to the left over titles, and read the offices there."""
    if name.kind != "PER":
        return name
    left, offices = read_titles(sentence, name.first_token, lexicon)
    return replace(name, left_token=left, offices=offices)


def read_titles(sentence: Sentence, end: int, lexicon: Lexicon) -> tuple[int, tuple[Office, ...]]:
    """Read the titles that end at token `end` (exclusive): "चीन के विदेश मंत्री" → (first token, offices)."""
    words = [fold_name(token.text) for token in sentence.tokens]
    left, offices = end, []
    territory: KnownName | None = None
    while left > 0:
        start, title = _title_ending_at(words, left, lexicon)
        if title is None or (territory and title.kind == "office"):
            break
        left, territory = _territory_before(words, start, lexicon)
        if title.kind in ("office", "descriptor"):
            offices.append(Office(title.office or title.title_hi, territory))
    return left, tuple(offices)


def _title_ending_at(words: list[str], end: int, lexicon: Lexicon) -> tuple[int, Title | None]:
    for start in range(max(0, end - 6), end):
        key = tuple(word for word in words[start:end] if word)
        if key and words[start] and (title := lexicon.titles.get(key)):
            return start, title
    return end, None


def _territory_before(words: list[str], end: int, lexicon: Lexicon) -> tuple[int, KnownName | None]:
    """Read a territory such as "रूसी" or "रूस के" that ends at token `end` (exclusive)."""
    if end > 0 and (known := lexicon.country_of_adjective(words[end - 1])):
        return end - 1, known
    stop = end - 1 if end > 1 and words[end - 1] in _GENITIVES else end
    for start in range(max(0, stop - 4), stop):
        known = lexicon.names.get(tuple(words[start:stop]))
        if known and known.kind in ("LOC", "ORG"):
            return start, known
    return end, None


def _find_roles(sentence: Sentence, words: Words, lexicon: Lexicon, titled: set[int]) -> Iterator[NameSpan]:
    start = 0
    while start < len(words.folded):
        match = longest_match(lexicon.titles, words.folded, start)
        if match is None or match[1].kind != "office" or words.tokens[start] in titled:
            start += 1
            continue
        end, title = match
        first, last = words.tokens[start], words.tokens[end - 1] + 1
        left, offices = read_titles(sentence, last, lexicon)
        if title.office and not set(range(first, last)) & titled:
            role = NameSpan(
                sentence.sentence_number, first, last, left, "PER", (), None, offices, is_role=True
            )
            yield from _list_demonyms(role, sentence, lexicon)
            yield role
        start = end


def _list_demonyms(role: NameSpan, sentence: Sentence, lexicon: Lexicon) -> Iterator[NameSpan]:
    """Yield a role for each country of "रूसी, ताजिकिस्तानी और किर्गिस्तानी समकक्षों" except the last one."""
    words = [fold_name(token.text) or token.text for token in sentence.tokens]
    at = role.left_token
    if not role.offices or lexicon.country_of_adjective(words[at]) is None:
        return
    while at > 1 and words[at - 1] in _LIST_WORDS and (known := lexicon.country_of_adjective(words[at - 2])):
        at -= 2
        office = replace(role.offices[0], territory=known)
        yield replace(role, first_token=at, last_token=at + 1, left_token=at, offices=(office,))
