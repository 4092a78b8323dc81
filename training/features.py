"""Convert morphological features of two UD versions to the features that both treebanks mark.

HDTB (UD v1) writes the tense–aspect–modality suffix into `Aspect` (`Ya` as in किया, `Wa` as in करता, `Ga` as in करेगा).
PUD has the values of UD v2, but often omits some.
"""

import re

_CASES = {"D": "Nom", "O": "Acc", "Nom": "Nom", "Acc": "Acc"}
_GENDERS = {"M": "Masc", "F": "Fem", "Masc": "Masc", "Fem": "Fem"}
_NUMBERS = {"Sg": "Sing", "Pl": "Plur", "Sing": "Sing", "Plur": "Plur"}
_SUFFIXES = {
    "Ya": {"Aspect": "Perf"},
    "Ya1": {"Aspect": "Perf"},
    "Wa": {"Aspect": "Imp"},
    "Na": {"VerbForm": "Inf"},
    "Ga": {"Tense": "Fut"},
    "Em": {"Mood": "Sub"},
    "Kara": {"VerbForm": "Conv"},
}
_POSTPOSITION_CASES = {"का": "Gen", "ने": "Erg", "को": "Acc", "में": "Loc", "पर": "Loc", "से": "Ins"}
_POSSESSIVE_FORMS = {"का", "के", "की"}
_NEGATIONS = {"नहीं", "न", "ना", "मत"}
_INFINITIVE = re.compile(r"(?:ना|ने|नी)$")
_IMPERFECT = re.compile(r"(?:ता|ते|ती|तीं)$")
_FUTURE = re.compile(r"(?:गा|गे|गी|गीं)$")


def parse_features(feats: str) -> dict[str, str]:
    """Parse features in UD notation; `_` means no features."""
    return {} if feats == "_" else dict(pair.split("=", 1) for pair in feats.split("|"))


def format_features(features: dict[str, str]) -> str:
    """Return features in UD notation, sorted; `_` for no features."""
    return "|".join(f"{name}={features[name]}" for name in sorted(features)) or "_"


def read_agreement(given: dict[str, str], names: tuple[str, ...]) -> dict[str, str]:
    """Read gender, number and case in either notation; `Any` is skipped."""
    tables = {"Case": _CASES, "Gender": _GENDERS, "Number": _NUMBERS}
    found = {name: tables[name].get(given.get(name, "")) for name in names}
    return {name: value for name, value in found.items() if value}


def read_person(given: dict[str, str]) -> dict[str, str]:
    """Read the person; HDTB's honorific mark (`3H`) is dropped."""
    person = given.get("Person", "")[:1]
    return {"Person": person} if person in ("1", "2", "3") else {}


def read_verb(given: dict[str, str], form: str, lemma: str, is_ud1: bool) -> dict[str, str]:
    """Read tense, aspect, mood and verb form.

    है is present and था is past, whatever aspect the treebank gives them. A perfective form of रहना is progressive.
    """
    if lemma == "है":
        return {"Tense": "Pres", **read_person(given)}
    if lemma == "था":
        return {"Tense": "Past"}
    if is_ud1:
        features = dict(_SUFFIXES.get(given.get("Aspect", ""), {}))
        if given.get("Stype") == "Imperative":
            features["Mood"] = "Imp"
    else:
        features = read_ud2_verb(given, form)
    if lemma == "रहना" and features.get("Aspect") == "Perf":
        features["Aspect"] = "Prog"
    return features


def read_ud2_verb(given: dict[str, str], form: str) -> dict[str, str]:
    """Read a verb of PUD; a missing aspect is inferred from the ending."""
    if given.get("VerbForm") == "Inf":
        return {"VerbForm": "Inf"}
    if given.get("Tense") == "Fut" or _FUTURE.search(form):
        return {"Tense": "Fut"}
    if "Mood" in given and given["Mood"] != "Ind":
        return {"Mood": "Sub" if given["Mood"] == "Opt" else given["Mood"]}
    if "Gender" not in given:
        return {"VerbForm": "Conv"} if form.endswith("कर") and len(form) > 2 else {}
    if _IMPERFECT.search(form):
        return {"Aspect": "Imp"}
    return {"VerbForm": "Inf"} if _INFINITIVE.search(form) else {"Aspect": "Perf"}


def convert_features(feats: str, *, form: str, lemma: str, upos: str, is_ud1: bool) -> str:
    """Convert the features of one word to the common set."""
    given = parse_features(feats)
    features: dict[str, str] = {}
    if upos in ("NOUN", "PROPN", "PRON"):
        features = read_agreement(given, ("Case", "Gender", "Number"))
        if upos == "PRON":
            features |= read_person(given)
    elif upos in ("VERB", "AUX"):
        features = read_verb(given, form, lemma, is_ud1)
        if "Aspect" in features or "Tense" in features:
            agreement = ("Number",) if lemma == "है" else ("Gender", "Number")
            features |= read_agreement(given, agreement)
    elif upos == "ADP":
        if form in _POSSESSIVE_FORMS:
            features = {"Case": "Gen", **read_agreement(given, ("Gender", "Number"))}
        elif lemma in _POSTPOSITION_CASES:
            features = {"Case": _POSTPOSITION_CASES[lemma]}
    elif upos == "PART" and form in _NEGATIONS:
        features = {"Polarity": "Neg"}
    return format_features(features)
