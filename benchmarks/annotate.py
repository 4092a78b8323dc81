"""How fast articles are annotated, against plain Stanza with the same models, all in one run.

    python -m benchmarks.annotate [--quick] [--json] [--articles 500] [--data ../shared/data]

Speeds are tokens for each second of processor time, so that other work on the machine disturbs them little; one
process against two is measured by the clock. Plain Stanza runs document by document, every processor on every
sentence. Figures mean something only against each other.
"""

import argparse
import json
import multiprocessing
import time
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from etl.config import Settings
from etl.domain.article import Article, Sentence
from etl.storage.seed_files import read_seeds
from etl.transform.annotate import Annotator
from etl.transform.annotate.bundle import load_pipeline
from etl.transform.lexicon import Lexicon
from etl.transform.meetings.triggers import mentions_trigger
from testkit.corpus import DEFAULT_DATA, read_corpus

Entity = tuple[str, int, int, str]
Word = tuple[str, int, str | None, str | None]
WARM_UP = 3


def make_annotator(*, everywhere: bool = False) -> Annotator:
    """Return the product's annotator; `everywhere` has it tag and lemmatise all sentences."""
    settings = Settings.from_env()
    if everywhere:
        return Annotator(settings.models_dir)
    lexicon = Lexicon(read_seeds(settings.seeds_dir))
    return Annotator(settings.models_dir, lambda sentence: mentions_trigger(sentence, lexicon))


def run_plainly(pipeline: Any, articles: Sequence[Article]) -> list[Any]:
    """Annotate document by document; a blank line parts paragraphs, as Stanza wants it."""
    return [pipeline(article.text.replace("\n", "\n\n")) for article in articles]


def run_in_bulk(pipeline: Any, articles: Sequence[Article]) -> list[Any]:
    """Annotate by Stanza's own bulk call, fifty documents at a time."""
    texts = [article.text.replace("\n", "\n\n") for article in articles]
    return [
        document
        for first in range(0, len(texts), 50)
        for document in pipeline.bulk_process(texts[first : first + 50])
    ]


def time_call(call: Callable[[], Any]) -> tuple[float, Any]:
    """Return the processor seconds of a call, and what it returned."""
    started = time.process_time()
    result = call()
    return time.process_time() - started, result


def collect_ours(sentences: Sequence[Sentence]) -> tuple[set[Entity], dict[tuple[str, int], Word]]:
    """Return entities and words with grammar, by their place in the article."""
    entities: set[Entity] = {
        (s.article_id, m.start_char, m.end_char, m.label) for s in sentences for m in s.mentions
    }
    words: dict[tuple[str, int], Word] = {
        (s.article_id, t.start_char): (t.text, t.end_char, t.upos, t.lemma)
        for s in sentences
        for t in s.tokens
        if t.upos is not None
    }
    return entities, words


def collect_plain(
    articles: Sequence[Article], documents: Sequence[Any]
) -> tuple[set[Entity], dict[tuple[str, int], Word]]:
    """Return the same of plain Stanza, its places brought back to the article's."""
    entities: set[Entity] = set()
    words: dict[tuple[str, int], Word] = {}
    for article, document in zip(articles, documents, strict=True):
        places = [
            place for place, character in enumerate(article.text) for _ in range(1 + (character == "\n"))
        ]
        for span in document.ents:
            end = places[span.end_char - 1] + 1
            entities.add((article.article_id, places[span.start_char], end, span.type))
        for sentence in document.sentences:
            for word in sentence.words:
                start, end = places[word.start_char], places[word.end_char - 1] + 1
                words[article.article_id, start] = (word.text, end, word.upos, word.lemma)
    return entities, words


def count_tokens(articles: Sequence[Article]) -> int:
    """Annotate in a process of its own, with a part of the articles."""
    return sum(len(sentence.tokens) for sentence in make_annotator().annotate(articles))


def time_processes(articles: Sequence[Article], count: int) -> float:
    """Return the seconds by the clock that `count` processes need, models loaded before."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        count, context, initializer=_prepare_worker, initargs=(articles[:WARM_UP],)
    ) as pool:
        list(pool.map(_work, [[]] * count))
        chunks = [articles[first::8] for first in range(8)]
        started = time.perf_counter()
        list(pool.map(_work, chunks))
        return time.perf_counter() - started


_worker: Annotator | None = None


def _prepare_worker(articles: Sequence[Article]) -> None:
    global _worker
    _worker = make_annotator()
    list(_worker.annotate(articles))


def _work(articles: Sequence[Article]) -> int:
    assert _worker is not None
    return sum(1 for _ in _worker.annotate(articles))


def measure_growth(articles: Sequence[Article]) -> dict[str, float]:
    """Return processor milliseconds for each 1,000 characters, and this process' peak memory in MB."""
    annotator = make_annotator()
    list(annotator.annotate(articles[:WARM_UP]))
    seconds, _ = time_call(lambda: sum(1 for _ in annotator.annotate(articles)))
    characters = sum(len(article.text) for article in articles)
    status = Path("/proc/self/status").read_text()
    peak = int(status.split("VmHWM:")[1].split()[0]) / 1024
    return {"ms_per_1000_characters": round(1e6 * seconds / characters, 1), "peak_mb": round(peak)}


def quantise(annotator: Annotator) -> None:
    """Turn the entity model's LSTMs into 8-bit ones, as torch does it while running."""
    import torch

    warnings.simplefilter("ignore", DeprecationWarning)
    warnings.simplefilter("ignore", UserWarning)
    recogniser = annotator._recogniser
    layers = torch.nn.ModuleList([*recogniser._readers, *recogniser._spelling_readers])
    shrink: Any = torch.ao.quantization.quantize_dynamic
    small = shrink(layers, {torch.nn.LSTM}, dtype=torch.qint8)
    recogniser._readers, recogniser._spelling_readers = (small[0], small[1]), (small[2], small[3])
    recogniser._spelling_states.clear()


def measure(articles: Sequence[Article], sizes: Sequence[int], rounds: int) -> dict[str, Any]:
    """Measure everything; of several rounds the fastest counts."""
    import torch

    pipeline = load_pipeline(Settings.from_env().models_dir)
    ours, everywhere = make_annotator(), make_annotator(everywhere=True)
    small = make_annotator()
    calls: dict[str, Callable[[], Any]] = {
        "plain Stanza, document by document": lambda: run_plainly(pipeline, articles),
        "plain Stanza, its bulk call": lambda: run_in_bulk(pipeline, articles),
        "own loops, every processor everywhere": lambda: list(everywhere.annotate(articles)),
        "own loops, grammar only at cues (the product)": lambda: list(ours.annotate(articles)),
        "the same with 8-bit LSTMs (not used)": lambda: list(small.annotate(articles)),
    }
    for annotator in (ours, everywhere, small):
        list(annotator.annotate(articles[:WARM_UP]))
    run_plainly(pipeline, articles[:WARM_UP])
    quantise(small)
    seconds: dict[str, float] = {}
    results: dict[str, Any] = {}
    for _ in range(rounds):
        for name, call in calls.items():
            spent, results[name] = time_call(call)
            seconds[name] = min(spent, seconds.get(name, spent))
    names = list(calls)
    torch.set_num_threads(2)
    two_threads, _ = time_call(lambda: run_plainly(pipeline, articles[: max(10, len(articles) // 10)]))
    torch.set_num_threads(1)
    one_thread, _ = time_call(lambda: run_plainly(pipeline, articles[: max(10, len(articles) // 10)]))
    sentences = results[names[3]]
    tokens = sum(len(sentence.tokens) for sentence in sentences)
    plain_entities, plain_words = collect_plain(articles, results[names[0]])
    our_entities, our_words = collect_ours(sentences)
    small_entities, _ = collect_ours(results[names[4]])
    clock = {count: time_processes(articles, count) for count in (1, 2)}
    context = multiprocessing.get_context("spawn")
    growth = {}
    for size in sizes:
        with ProcessPoolExecutor(1, context) as pool:
            growth[size] = pool.submit(measure_growth, articles_of(articles, size)).result()
    return {
        "articles": len(articles),
        "tokens": tokens,
        "sentences": len(sentences),
        "sentences_with_grammar": sum(sentence.tokens[0].upos is not None for sentence in sentences),
        "tokens_per_cpu_second": {name: round(tokens / spent) for name, spent in seconds.items()},
        "ratio_to_plain": {name: round(seconds[names[0]] / spent, 2) for name, spent in seconds.items()},
        "entities": {
            "plain": len(plain_entities),
            "ours": len(our_entities),
            "identical_share": round(share_same(plain_entities, our_entities), 5),
            "identical_share_8_bit": round(share_same(our_entities, small_entities), 5),
        },
        "words_with_grammar": {
            "compared": len(our_words),
            "different": sum(plain_words.get(place) != word for place, word in our_words.items()),
        },
        "cpu_seconds_two_threads_to_one": round(two_threads / one_thread, 2),
        "clock_one_process_to_two": round(clock[1] / clock[2], 2),
        "growth": growth,
    }


def share_same(one: set[Entity], other: set[Entity]) -> float:
    """Return the share of entities that stand in both, of those in either."""
    return len(one & other) / len(one | other) if one | other else 1.0


def articles_of(articles: Sequence[Article], size: int) -> list[Article]:
    """Return so many articles, from the beginning again where there are too few."""
    return [articles[number % len(articles)] for number in range(size)]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="benchmarks.annotate", description=__doc__.split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="30 articles, under a minute")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA, help="folder of the corpora")
    arguments = parser.parse_args()
    count = 30 if arguments.quick else arguments.articles
    kind, articles = read_corpus(count, arguments.data)
    figures = {"text": kind} | measure(
        articles, sizes=(10, 60) if arguments.quick else (100, 500, 2000), rounds=1 if arguments.quick else 2
    )
    if arguments.json:
        print(json.dumps(figures, ensure_ascii=False))
    else:
        for name, value in figures.items():
            print(f"{name}:" + ("" if isinstance(value, dict) else f" {value}"))
            if isinstance(value, dict):
                print("\n".join(f"    {key}: {item}" for key, item in value.items()))


if __name__ == "__main__":
    main()
