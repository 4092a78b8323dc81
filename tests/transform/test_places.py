"""Place names of meetings: which city, state or country they mean, and which stay open."""

from pathlib import Path

import pytest

from etl.config import REPOSITORY
from etl.domain.place import Location
from etl.domain.seeds import Seeds
from etl.storage.seed_files import read_seeds
from etl.transform.lexicon import Lexicon, make_key
from etl.transform.meetings.where import NO_PLACE, Where
from etl.transform.places.evidence import Evidence, NamedCountry
from etl.transform.places.index import PlaceIndex
from etl.transform.places.locate import Locator
from etl.transform.places.reading import consonants_of, likeness
from etl.transform.sound import sound_of
from testkit.fixtures import Read

SEEDS = REPOSITORY / "seeds"


@pytest.fixture(scope="module")
def seeds() -> Seeds:
    return read_seeds(Path(SEEDS))


@pytest.fixture(scope="module")
def locator(seeds: Seeds) -> Locator:
    return Locator(PlaceIndex(seeds), Lexicon(seeds))


def about(*countries: str, states: tuple[str, ...] = (), places: tuple[str, ...] = ()) -> Evidence:
    """Return the evidence of an article that names countries (alpha-2), one a sentence, counted from 0."""
    named = tuple(NamedCountry(country, number, country) for number, country in enumerate(countries))
    return Evidence(named, frozenset(states), frozenset(sound_of(make_key(place)) for place in places))


def locate(locator: Locator, place_hi: str, evidence: Evidence, *, sentence: int = 9) -> Location | None:
    return locator.locate(Where(place_hi, "entity", "case_locative"), sentence, evidence)


KNOWN = [
    ("वॉशिंगटन", about(), "Washington", "USA", "city_name"),
    ("नई दिल्ली", about("IN"), "New Delhi", "IND", "city_name"),
    ("दिल्ली", about("IN"), "Delhi", "IND", "city_name"),
    ("राजधानी दिल्ली", about("IN"), "Delhi", "IND", "city_name"),
    ("सिंगापुर", about("SG"), "Singapore", "SGP", "city_name"),
    ("पटना", about("IN"), "Patna", "IND", "only_city"),
    ("मध्य प्रदेश", about("IN"), "Madhya Pradesh", "IND", "state"),
    ("यूपी", about("IN"), "Uttar Pradesh", "IND", "state"),
    ("रूस", about("RU"), "Russia", "RUS", "country"),
    ("हैदराबाद हाउस", about("IN", "JP"), "New Delhi", "IND", "building"),
    ("व्हाइट हाउस", about("IN", "US"), "Washington", "USA", "building"),
    ("संसद भवन", about("IN", "IN"), "New Delhi", "IND", "home_building"),
]


@pytest.mark.parametrize(("place_hi", "evidence", "name_en", "country", "method"), KNOWN)
def test_a_known_name_is_located(
    locator: Locator, place_hi: str, evidence: Evidence, name_en: str, country: str, method: str
) -> None:
    found = locate(locator, place_hi, evidence)
    assert found is not None
    assert (found.name_en, found.country_code, found.method) == (name_en, country, method)
    assert (found.geonames_id is None) == (found.latitude is None) == (found.kind != "city")


AMBIGUOUS = [
    ("हैदराबाद", about("IN", "IN"), ("Hyderabad", "IND", "article_country")),
    ("हैदराबाद", about("PK", "PK"), ("Hyderabad", "PAK", "article_country")),
    ("हैदराबाद", about("IN", "PK", states=("Telangana",)), ("Hyderabad", "IND", "article_state")),
    ("हैदराबाद", about("IN", "PK"), None),
    ("जॉर्जिया", about("GE", "IN"), ("Georgia", "GEO", "shared_name")),
    ("जॉर्जिया", about("US", "US", "IN"), ("Georgia", "USA", "shared_name")),
    ("जॉर्जिया", about("GE", "US"), None),
    ("जॉर्जिया", about("IN"), None),
    ("कांगो", about("CD", "IN"), ("Congo - Kinshasa", "COD", "shared_name")),
    ("कांगो", about("CG", "IN"), ("Congo - Brazzaville", "COG", "shared_name")),
    ("कांगो", about("IN"), None),
    ("जलालाबाद", about("AF", "AF"), ("Jalalabad", "AFG", "article_country")),
]


@pytest.mark.parametrize(("place_hi", "evidence", "expected"), AMBIGUOUS)
def test_a_name_of_several_places_is_settled_by_the_article_or_left_open(
    locator: Locator, place_hi: str, evidence: Evidence, expected: tuple[str, str, str] | None
) -> None:
    found = locate(locator, place_hi, evidence)
    assert (found and (found.name_en, found.country_code, found.method)) == expected


def test_the_sentence_decides_before_the_article(locator: Locator) -> None:
    evidence = about("IN", "PK")
    indian = locate(locator, "हैदराबाद", evidence, sentence=0)
    pakistani = locate(locator, "हैदराबाद", evidence, sentence=1)
    assert indian and indian.country_code == "IND"
    assert pakistani and pakistani.country_code == "PAK"


def test_the_shared_name_itself_is_no_evidence(locator: Locator) -> None:
    sound = sound_of(make_key("जॉर्जिया"))
    evidence = Evidence((NamedCountry("GE", 0, sound), NamedCountry("US", 1, "x")), frozenset(), frozenset())
    found = locate(locator, "जॉर्जिया", evidence)
    assert found and (found.country_code, found.kind) == ("USA", "state")


@pytest.mark.parametrize(
    ("place_hi", "country", "name_en"),
    [("ग्रीन्सबोरो", "US", "Greensboro"), ("अलबकर्की", "US", None), ("मुर्मान्स्क", "RU", "Murmansk")],
)
def test_a_name_that_geonames_lacks_is_read_within_the_articles_country(
    locator: Locator, place_hi: str, country: str, name_en: str | None
) -> None:
    found = locate(locator, place_hi, about(country))
    assert (found and found.name_en) == name_en
    assert found is None or found.method in ("transliteration", "only_city")
    assert name_en is None or locate(locator, place_hi, about("JP")) != found or found.method == "only_city"


@pytest.mark.parametrize(
    "place_hi",
    ["उनके आवास", "मुख्यमंत्री निवास", "अटारी-वाघा सीमा", "एशिया", "यूरोप", "बोर्ड रूम", "संसद भवन", "राष्ट्रपति भवन"],
)
def test_what_is_no_city_stays_open(locator: Locator, place_hi: str) -> None:
    assert locator.locate(Where(place_hi, None, "building"), 0, about("IN", "RU", "RU")) is None
    assert locator.locate(NO_PLACE, 0, about("IN")) is None


def test_a_building_is_in_the_city_that_its_name_begins_with(locator: Locator) -> None:
    guest_house = Where("लखनऊ के राजकीय अतिथिगृह", None, "building")
    found = locator.locate(guest_house, 0, about("IN", places=("लखनऊ",)))
    assert found and (found.name_en, found.method) == ("Lucknow", "building_in_city")
    assert locator.locate(guest_house, 0, about("IN")) is None


def test_readings_of_one_name_have_equal_consonants() -> None:
    assert consonants_of("voshingatan", is_english=False) == consonants_of("Washington", is_english=True)
    assert consonants_of("osaka", is_english=False) != consonants_of("Sakai", is_english=True)
    assert likeness("chingdao", "Qingdao", is_chinese=True) > 0.9
    assert likeness("rom", "Rome") == 0  # too short to tell names apart


def test_a_meeting_has_its_location(read: Read) -> None:
    _, resolved = read("विदेश मंत्री एस जयशंकर ने बुधवार को मॉस्को में रूसी विदेश मंत्री सर्गेई लावरोव से मुलाकात की।")
    (report,) = resolved.reports
    assert report.location is not None
    assert (report.location.name_en, report.location.country_code) == ("Moscow", "RUS")


def test_a_player_called_jordan_is_not_the_place(read: Read) -> None:
    _, resolved = read("पूर्व खिलाड़ी माइकल जॉर्डन ने बुधवार को शिकागो में बराक ओबामा से मुलाकात की।")
    located = [report.location for report in resolved.reports if report.location]
    assert [location.name_en for location in located] == ["Chicago"]
