"""What an article's resolved names say about where its places are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from etl.domain.entity import COUNTRY_PREFIX, INDIA_ID
from etl.transform.entities import ResolvedSpan
from etl.transform.sound import sound_of

INDIA = INDIA_ID.removeprefix(COUNTRY_PREFIX)


@dataclass(frozen=True, slots=True)
class NamedCountry:
    """A mention of a country: by its name, by a person of that country, or by an Indian state.

    Attributes:
        country: ISO 3166-1 alpha-2.
        sound: the folded sound of the name that says so.
    """

    country: str
    sentence_number: int
    sound: str


@dataclass(frozen=True)
class Evidence:
    """The countries and Indian states that an article names, and its own places.

    Attributes:
        states: English names of the Indian states that it names.
        places: sounds of its place names.
    """

    countries: tuple[NamedCountry, ...]
    states: frozenset[str]
    places: frozenset[str]

    @classmethod
    def of(cls, resolved: Sequence[ResolvedSpan]) -> "Evidence":
        """Collect the evidence of an article's resolved spans."""
        countries = []
        for item in resolved:
            home = INDIA_ID if item.entity.is_state else item.country_id
            if home:
                country, sound = home.removeprefix(COUNTRY_PREFIX), sound_of(item.span.key)
                countries.append(NamedCountry(country, item.span.sentence_number, sound))
        return cls(
            tuple(countries),
            frozenset(r.entity.name_en for r in resolved if r.entity.is_state and r.entity.name_en),
            frozenset(sound_of(r.span.key) for r in resolved if r.entity.kind == "LOC"),
        )

    def count_countries(self, *, without: str = "") -> Counter[str]:
        """Return country → number of mentions, those by the name `without` (its sound) left out."""
        return Counter(named.country for named in self.countries if named.sound != without)

    def in_sentence(self, number: int, *, without: str = "") -> set[str]:
        """Return the countries that one sentence names, except by the name `without` (its sound)."""
        return {
            named.country
            for named in self.countries
            if named.sentence_number == number and named.sound != without
        }

    @property
    def is_domestic(self) -> bool:
        """Whether the article names no country more often than India, and hardly another one."""
        counts = self.count_countries()
        abroad = sum(count for country, count in counts.items() if country != INDIA)
        return abroad == 0 or counts[INDIA] > 3 * abroad
