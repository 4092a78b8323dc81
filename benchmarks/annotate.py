"""Speed of annotation, compared with plain Stanza with the same models in the same run.

    python -m benchmarks.annotate [--quick] [--json] [--articles 500] [--data ../shared/data]

Speeds are tokens per second of processor time, so that other work on the machine affects them little. One process and
two processes are compared by wall time. Plain Stanza runs document by document, every processor on every sentence. Only
ratios of one run are meaningful.
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
    """Return the product's annotator; with `everywhere` it tags and lemmatises all sentences."""
    settings = Settings.from_env()
    if everywhere:
        return Annotator(settings.models_dir)
    lexicon = Lexicon(read_seeds(settings.seeds_dir))
    return Annotator(settings.models_dir, lambda sentence: mentions_trigger(sentence, lexicon))


def run_plainly(pipeline: Any, articles: Sequence[Article]) -> list[Any]:
    """Annotate document by document; paragraphs are separated by a blank line, as Stanza expects."""
    return [pipeline(article.text.replace("\n", "\n\n")) for article in articles]


def run_in_bulk(pipeline: Any, articles: Sequence[Article]) -> list[Any]:
    """Annotate by Stanza's bulk call, fifty documents at a time."""
    texts = [article.text.replace("\n", "\n\n") for article in articles]
    return [
        document
        for first in range(0, len(texts), 50)
        for document in pipeline.bulk_process(texts[first : first + 50])
    ]


def time_call(call: Callable[[], Any]) -> tuple[float, Any]:
    """Return the processor seconds of a call and its result."""
    started = time.process_time()
    result = call()
    return time.process_time() - started, result


def collect_ours(sentences: Sequence[Sentence]) -> tuple[set[Entity], dict[tuple[str, int], Word]]:
    """Return entities, and words with grammar by (article id, start offset)."""
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
    """Return the same for plain Stanza, with its offsets mapped back to the article's text."""
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
    """Annotate articles and return the number of tokens."""
    return sum(len(sentence.tokens) for sentence in make_annotator().annotate(articles))


def time_processes(articles: Sequence[Article], count: int) -> float:
    """Return the wall seconds that `count` processes need; loading the models is not counted."""
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
    """Return processor milliseconds per 1,000 characters, and this process' peak memory in MB."""
    annotator = make_annotator()
    list(annotator.annotate(articles[:WARM_UP]))
    seconds, _ = time_call(lambda: sum(1 for _ in annotator.annotate(articles)))
    characters = sum(len(article.text) for article in articles)
    status = Path("/proc/self/status").read_text()
    peak = int(status.split("VmHWM:")[1].split()[0]) / 1024
    return {"ms_per_1000_characters": round(1e6 * seconds / characters, 1), "peak_mb": round(peak)}


def quantise(annotator: Annotator) -> None:
    """Replace the entity model's LSTMs by 8-bit ones (torch's dynamic quantization)."""
    import torch

    warnings.simplefilter("ignore", DeprecationWarning)
    warnings.simplefilter("ignore", UserWarning)
    recogniser = annotator._recogniser
    layers = torch.nn.ModuleList([*recogniser._readers, *recogniser._spelling_readers])
    shrink: Any = torch.ao.quantization.quantize_dynamic
    small = shrink(layers, {torch.nn.LSTM}, dtype=torch.qint8)
    recogniser._readers, recogniser._spelling_readers = (small[0], small[1]), (small[2], small[3])
    recogniser._spelling_states.clear()


PLAIN, BULK, EVERYWHERE, PRODUCT, QUANTISED = (
    "plain Stanza, document by document",
    "plain Stanza, its bulk call",
    "own loops, every processor everywhere",
    "own loops, grammar only at cues (the product)",
    "the same with 8-bit LSTMs (not used)",
)


def measure(articles: Sequence[Article], sizes: Sequence[int], rounds: int) -> dict[str, Any]:
    """Measure everything; the fastest of several rounds counts."""
    pipeline = load_pipeline(Settings.from_env().models_dir)
    seconds, results = time_rounds(pipeline, articles, rounds)
    sentences = results[PRODUCT]
    tokens = sum(len(sentence.tokens) for sentence in sentences)
    threads_ratio = compare_threads(pipeline, articles[: max(10, len(articles) // 10)])
    clock = {count: time_processes(articles, count) for count in (1, 2)}
    return {
        "articles": len(articles),
        "tokens": tokens,
        "sentences": len(sentences),
        "sentences_with_grammar": sum(sentence.tokens[0].upos is not None for sentence in sentences),
        "tokens_per_cpu_second": {name: round(tokens / spent) for name, spent in seconds.items()},
        "ratio_to_plain": {name: round(seconds[PLAIN] / spent, 2) for name, spent in seconds.items()},
        **compare_results(articles, results),
        "cpu_seconds_two_threads_to_one": threads_ratio,
        "clock_one_process_to_two": round(clock[1] / clock[2], 2),
        "growth": {size: measure_growth_apart(articles_of(articles, size)) for size in sizes},
    }


def time_rounds(
    pipeline: Any, articles: Sequence[Article], rounds: int
) -> tuple[dict[str, float], dict[str, Any]]:
    """Return the fewest processor seconds and the result of each way to annotate."""
    product, everywhere, small = make_annotator(), make_annotator(everywhere=True), make_annotator()
    calls: dict[str, Callable[[], Any]] = {
        PLAIN: lambda: run_plainly(pipeline, articles),
        BULK: lambda: run_in_bulk(pipeline, articles),
        EVERYWHERE: lambda: list(everywhere.annotate(articles)),
        PRODUCT: lambda: list(product.annotate(articles)),
        QUANTISED: lambda: list(small.annotate(articles)),
    }
    for annotator in (product, everywhere, small):
        list(annotator.annotate(articles[:WARM_UP]))
    run_plainly(pipeline, articles[:WARM_UP])
    quantise(small)
    seconds: dict[str, float] = {}
    results: dict[str, Any] = {}
    for _ in range(rounds):
        for name, call in calls.items():
            spent, results[name] = time_call(call)
            seconds[name] = min(spent, seconds.get(name, spent))
    return seconds, results


def compare_threads(pipeline: Any, articles: Sequence[Article]) -> float:
    """Return the processor time of plain Stanza with two threads, divided by that with one."""
    import torch

    seconds = {}
    for count in (2, 1):
        torch.set_num_threads(count)
        seconds[count], _ = time_call(lambda: run_plainly(pipeline, articles))
    return round(seconds[2] / seconds[1], 2)


def compare_results(articles: Sequence[Article], results: dict[str, Any]) -> dict[str, Any]:
    """Return how far entities and words with grammar agree with those of plain Stanza."""
    plain_entities, plain_words = collect_plain(articles, results[PLAIN])
    our_entities, our_words = collect_ours(results[PRODUCT])
    small_entities, _ = collect_ours(results[QUANTISED])
    return {
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
    }


def measure_growth_apart(articles: Sequence[Article]) -> dict[str, float]:
    """Run `measure_growth` in a new process, so that its peak memory counts only this call."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(measure_growth, articles).result()


def share_same(one: set[Entity], other: set[Entity]) -> float:
    """Return the share of entities that are in both sets, of those in either; 1 for two empty sets."""
    return len(one & other) / len(one | other) if one | other else 1.0


def articles_of(articles: Sequence[Article], size: int) -> list[Article]:
    """Return `size` articles, repeated from the beginning if there are fewer."""
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
