"""Hindi in Latin letters: ISO 15919 letter by letter, and the plain reading without silent vowels."""

import unicodedata
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.transform.romanize import romanize, to_iso15919

Form = Literal["NFC", "NFD"]
READINGS = {
    "नरेंद्र मोदी": "narendra modi",  # the vowel after a cluster with र is pronounced
    "किन गैंग": "kin gaing",
    "राजनाथ सिंह": "rajnath singh",  # inner vowel silent; ं before ह
    "व्लादिमीर पुतिन": "vladimir putin",
    "एस. जयशंकर": "es. jayshankar",  # a punctuation mark is unchanged
    "मुंबई": "mumbai",  # ं before a labial
    "अरविंद केजरीवाल": "arvind kejrival",
    "अहमद": "ahmad",  # the last inner vowel is pronounced before a silent ending
    "महबूबा": "mahbuba",
    "जनवरी": "janvari",  # in a long word the vowel before an open last syllable is pronounced
    "हेमलता": "hemlata",
    "महिपति": "mahipati",  # and after an inner short i
    "प्रधानमंत्री": "pradhanmantri",
    "अंतरराष्ट्रीय": "antarrashtriya",  # the vowel of य after a long i is pronounced
    "विजय": "vijay",
    "सूर्यकांत": "suryakant",  # the vowel of a cluster is pronounced inside a word, too
    "संगठन": "sangathan",  # the vowel right after a nasal is pronounced
    "उपस्थित": "upasthit",  # and so is the vowel before a cluster
    "धर्म": "dharm",
    "प्रसन्न": "prasann",
    "विश्व": "vishva",
    "कृष्ण": "krishna",
    "ज्ञान": "gyan",
    "अच्छा": "achha",
    "लक्ष्मी": "lakshmi",
    "चाँद": "chand",
    "दुःख": "dukh",
    "ज़ेलेंस्की": "zelenski",
    "सड़क पढ़": "sarak parh",
    "फ़ैसला": "faisla",
    "ऑस्ट्रेलिया": "ostreliya",
    "लखनऊ": "lakhnau",  # consecutive vowels
    "क्‍या": "kya",  # zero-width joiner
    "न": "na",  # the vowel of a single consonant is pronounced
    "SCO की २३वीं बैठक।": "SCO ki 23vin baithak.",
    "“मोदी” – café": "modi  cafe",  # characters outside ASCII are dropped
    "ॐ": "om",
    "": "",
}

ISO = {
    "नरेंद्र मोदी": "narēṁdra mōdī",
    "सड़क पढ़ाई": "saṛaka paṛhāī",
    "ज़मीन फ़ैसला क़ानून ख़ान ग़ज़ल": "zamīna faisalā qānūna k͟hāna ġazala",
    "चाँद": "cām̐da",
    "कॉफ़ी": "kôfī",
    "बॅंक ॲप": "bêṁka êpa",
    "क्‍या": "kyā",
    "कइ कै": "ka:i kai",
    "कृष्ण": "kr̥ṣṇa",
    "२०२३।": "2023.",
    "SCO": "SCO",
}


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(("text_hi", "reading"), READINGS.items())
def test_reading_is_what_english_readers_would_type(text_hi: str, reading: str, form: Form) -> None:
    assert romanize(unicodedata.normalize(form, text_hi)) == reading


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(("text_hi", "latin"), ISO.items())
def test_iso_15919_keeps_every_letter(text_hi: str, latin: str, form: Form) -> None:
    assert to_iso15919(unicodedata.normalize(form, text_hi)) == latin


@given(st.text() | st.text(st.characters(min_codepoint=0x0900, max_codepoint=0x097F)))
def test_reading_of_any_text_is_ascii(text: str) -> None:
    assert romanize(text).isascii()
    to_iso15919(text)


@given(st.text(st.characters(max_codepoint=0x7F)))
def test_ascii_is_unchanged(text: str) -> None:
    assert romanize(text) == text
