"""Other names for the people of an article, so that the network learns nobody by heart."""

import random
from collections.abc import Callable, Iterable

from etl.domain.hindi import fold_name
from training.reader.model.page import Page

RENAMED_ARTICLES = 0.6
RENAMED_PEOPLE = 0.8


class Names:
    """First and last words of people's names, by what stands in the pages."""

    def __init__(self, pages: Iterable[Page]) -> None:
        people = {actor.form for page in pages for actor in page.actors if actor.kind == "PER"}
        full = [
            words for form in sorted(people) if len(words := form.split()) > 1 and min(map(len, words)) > 1
        ]
        self._firsts = [words[0] for words in full]
        self._lasts = [words[-1] for words in full]

    def rename(self, page: Page, chance: random.Random) -> Callable[[int, int, str], str] | None:
        """Return other names for an article's people, the same for each of a person's words; None to leave all."""
        if chance.random() > RENAMED_ARTICLES or not self._firsts:
            return None
        known: dict[tuple[int, str], str] = {}
        changes: dict[tuple[int, int], str] = {}
        is_renamed = [chance.random() < RENAMED_PEOPLE for _ in page.actors]
        lasts = [fold_name(actor.form.split()[-1]) if actor.form.split() else "" for actor in page.actors]
        for naming in page.namings:
            if naming.is_role or page.actors[naming.actor].kind != "PER" or not is_renamed[naming.actor]:
                continue
            for place in range(naming.first, naming.last):
                word = fold_name(page.sentences[naming.sentence][place].text)
                key = (naming.actor, word)
                if word and key not in known:
                    pool = self._lasts if word == lasts[naming.actor] else self._firsts
                    known[key] = chance.choice(pool)
                if word:
                    changes[naming.sentence, place] = known[key]
        return lambda sentence, place, word: changes.get((sentence, place), word)
