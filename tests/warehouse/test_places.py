"""Where meetings took place: locations of reports, meetings and places, in the views and in search."""

import pytest

from etl.domain.place import Location
from testkit.articles import ArticleSpec, MeetingSpec
from testkit.newsroom import Newsroom, query

SOCHI = Location("city", "Sochi", "RUS", None, 491422, 43.6, 39.73, "transliteration")
INDIAN = Location("city", "Hyderabad", "IND", "Telangana", 1269843, 17.38, 78.46, "article_state")
PAKISTANI = Location("city", "Hyderabad", "PAK", "Sindh", 1176734, 25.4, 68.37, "article_country")
RUSSIA = Location("country", "Russia", "RUS", None, None, None, None, "country")
LOCATED = "place_en, place_geonames_id, place_latitude, place_longitude"


def held(place: str, location: Location | None, day: str = "2023-05-05") -> MeetingSpec:
    return MeetingSpec(place=place, location=location, start=day)


def test_reports_and_meetings_have_the_location_of_their_place(newsroom: Newsroom) -> None:
    newsroom.load(
        "2023-05-05",
        ArticleSpec("https://a.in/1", (held("सोची", SOCHI),)),
        ArticleSpec("https://a.in/2", (held("रूस", RUSSIA, "2023-01-05"),)),
        ArticleSpec("https://a.in/3", (held("सीमा", None, "2022-01-05"),)),
    )
    expected = [(None, None, None, None), ("Russia", None, None, None), ("Sochi", 491422, 43.6, 39.73)]
    for view in ("out.reported_meeting", "out.meeting", "out.meeting_index", "out.meeting_report"):
        assert query(newsroom.working_path, f"SELECT {LOCATED} FROM {view} ORDER BY start_date") == expected


def test_one_name_keeps_the_location_of_each_report(newsroom: Newsroom) -> None:
    newsroom.load(
        "2023-05-05",
        ArticleSpec("https://a.in/1", (held("हैदराबाद", INDIAN),)),
        ArticleSpec("https://a.in/2", (held("हैदराबाद", INDIAN, "2023-01-05"),)),
        ArticleSpec("https://a.in/3", (held("हैदराबाद", PAKISTANI, "2022-01-05"),)),
    )
    countries = query(
        newsroom.working_path, "SELECT place_country_code FROM core.meeting ORDER BY start_date"
    )
    assert countries == [("PAK",), ("IND",), ("IND",)]
    place = "SELECT name_en, country_code, admin1, geonames_id, latitude FROM core.place"
    assert query(newsroom.working_path, place) == [("Hyderabad", "IND", "Telangana", 1269843, 17.38)]


def test_a_later_load_locates_the_place_again(newsroom: Newsroom) -> None:
    newsroom.load("2023-05-05", ArticleSpec("https://a.in/1", (held("सोची", None),)))
    assert query(newsroom.working_path, "SELECT name_en FROM core.place") == [(None,)]
    newsroom.load("2023-05-05", ArticleSpec("https://a.in/1", (held("सोची", SOCHI),)))
    assert query(newsroom.working_path, "SELECT name_en, longitude FROM core.place") == [("Sochi", 39.73)]


def test_the_views_of_other_codebooks_have_coordinates(newsroom: Newsroom) -> None:
    newsroom.load("2023-05-05", ArticleSpec("https://a.in/1", (held("हैदराबाद", INDIAN),)))
    columns = '"Placename", "City", "Province", "Country", "Latitude", "Longitude", "GeoNames ID"'
    assert query(newsroom.working_path, f"SELECT {columns} FROM out.polecat") == [
        ("Hyderabad", "Hyderabad", "Telangana", "IND", 17.38, 78.46, "1269843")
    ]
    dyad = "SELECT DISTINCT location_country_code, location_en, latitude, longitude FROM out.cameo_dyad"
    assert query(newsroom.working_path, dyad) == [("IND", "Hyderabad", 17.38, 78.46)]


@pytest.mark.parametrize("words", ["sochi", "सोची"])
def test_a_place_is_found_in_english_and_hindi(newsroom: Newsroom, words: str) -> None:
    place = Location("city", "Sochi", "RUS", None, 491422, 43.6, 39.73, "only_city")
    newsroom.load("2023-05-05", ArticleSpec("https://a.in/1", (held("सोची", place),)))
    assert query(newsroom.working_path, f"SELECT name_hi FROM out.search_entities('{words}')") == [("सोची",)]


def test_a_place_is_found_by_an_english_name_that_its_reading_does_not_resemble(newsroom: Newsroom) -> None:
    athens = Location("city", "Athens", "GRC", None, 264371, 37.98, 23.73, "city_name")
    newsroom.load("2023-05-05", ArticleSpec("https://a.in/1", (held("यूनानी राजधानी", athens),)))
    assert query(newsroom.working_path, "SELECT name_hi FROM out.search_entities('athens')") == [
        ("यूनानी राजधानी",)
    ]
    assert query(newsroom.working_path, "SELECT article_url FROM out.search_articles('athens')") == [
        ("https://a.in/1",)
    ]
