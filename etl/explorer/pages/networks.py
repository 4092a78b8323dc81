"""Who met whom as a network, and which countries met as a matrix."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from etl.explorer.asked import Narrowed, PairsAsked
from etl.explorer.page import PageDep, Table

router = APIRouter()
MATRIX_COUNTRIES = 20
LISTED = 50


@router.get("/network")
def show_network(page: PageDep, asked: Annotated[PairsAsked, Query()]) -> Response:
    """Show the pairs that met most often as a graph."""
    pairs = page.table("pairs", asked, limit=int(asked.most))
    chosen = page.row("entity", entity=asked.entity) if asked.entity else None
    return page.show(
        "network.html", asked=asked, pairs=pairs, listed=LISTED, graph=make_graph(pairs), chosen=chosen
    )


@router.get("/matrix")
def show_matrix(page: PageDep, asked: Annotated[Narrowed, Query()]) -> Response:
    """Show how often each two of the busiest countries met."""
    matrix = page.table("matrix", asked, country_limit=MATRIX_COUNTRIES)
    totals: dict[str, int] = {}
    for row in matrix.rows:
        for code in (row["country_1"], row["country_2"]):
            totals[code] = totals.get(code, 0) + row["meeting_count"]
    counts = {(row["country_1"], row["country_2"]): row["meeting_count"] for row in matrix.rows}
    return page.show(
        "matrix.html",
        asked=asked,
        matrix=matrix,
        codes=sorted(totals, key=lambda code: (-totals[code], code)),
        counts=counts | {(two, one): count for (one, two), count in counts.items()},
        most=max(counts.values(), default=1),
    )


def make_graph(pairs: Table) -> dict[str, list[dict[str, Any]]]:
    """Return nodes and edges for the script that draws them."""
    nodes: dict[str, dict[str, Any]] = {}
    for row in pairs.rows:
        for end in ("source", "target"):
            node = nodes.setdefault(
                row[f"{end}_id"],
                {
                    "id": row[f"{end}_id"],
                    "hi": row[f"{end}_hi"],
                    "latin": row[f"{end}_latin"],
                    "kind": row[f"{end}_kind"],
                    "weight": 0,
                },
            )
            node["weight"] += row["meeting_count"]
    edges = [
        {"source": row["source_id"], "target": row["target_id"], "weight": row["meeting_count"]}
        for row in pairs.rows
    ]
    return {"nodes": list(nodes.values()), "edges": edges}
