"""Who met whom as a network and as a map, and which countries met as a matrix."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from etl.explorer.gloss import to_title
from etl.explorer.page import FromUrl, Page, PageDep, Table, make_link
from etl.explorer.query import MeetingFilter, NetworkQuery, SubjectFilter
from etl.warehouse.connection import OlderCopy

router = APIRouter()
MAX_COUNTRIES = 20
MAX_LISTED_PAIRS = 50
MAX_PLACES = 2_000


@router.get("/network")
def show_network(page: PageDep, query: FromUrl[NetworkQuery]) -> Response:
    """Show the pairs that met most often as a graph and as a table."""
    pairs = page.read_table("pairs", query, limit=int(query.most))
    return page.render(
        "network.html",
        query=query,
        pairs=pairs,
        max_listed_pairs=MAX_LISTED_PAIRS,
        graph=make_graph(pairs),
        entity=page.read_row("entity", entity=query.entity) if query.entity else None,
    )


@router.get("/map")
def show_map(page: PageDep, query: FromUrl[SubjectFilter]) -> Response:
    """Show where the meetings took place; only those whose place has coordinates."""
    try:
        places = page.read_table("places", query, limit=MAX_PLACES)
    except OlderCopy:
        places = None
    return page.render(
        "map.html",
        query=query,
        places=places,
        max_listed_places=MAX_LISTED_PAIRS,
        points=_make_points(page, query, places) if places else [],
        entity=page.read_row("entity", entity=query.entity) if query.entity else None,
    )


@router.get("/matrix")
def show_matrix(page: PageDep, query: FromUrl[MeetingFilter]) -> Response:
    """Show how often each pair of the most active countries met."""
    matrix = page.read_table("matrix", query, country_limit=MAX_COUNTRIES)
    totals: dict[str, int] = {}
    for row in matrix.rows:
        for code in (row["country_1"], row["country_2"]):
            totals[code] = totals.get(code, 0) + row["meeting_count"]
    counts = {(row["country_1"], row["country_2"]): row["meeting_count"] for row in matrix.rows}
    return page.render(
        "matrix.html",
        query=query,
        matrix=matrix,
        codes=sorted(totals, key=lambda code: (-totals[code], code)),
        counts=counts | {(two, one): count for (one, two), count in counts.items()},
        max_count=max(counts.values(), default=1),
    )


def _make_points(page: Page, query: SubjectFilter, places: Table) -> list[dict[str, Any]]:
    """Return the points that map.js draws, the largest first."""
    link = make_link(page.request)
    return [
        {
            "hi": row["place_hi"],
            "en": to_title(row["place_en"]),
            "latitude": row["latitude"],
            "longitude": row["longitude"],
            "count": row["meeting_count"],
            "href": link("meetings", **query.url_fields(place=row["place_hi"])),
        }
        for row in places.rows
    ]


def make_graph(pairs: Table) -> dict[str, list[dict[str, Any]]]:
    """Return the nodes and edges that network.js draws."""
    nodes: dict[str, dict[str, Any]] = {}
    for row in pairs.rows:
        for end in ("source", "target"):
            node = nodes.setdefault(
                row[f"{end}_id"],
                {
                    "id": row[f"{end}_id"],
                    "hi": row[f"{end}_hi"],
                    "latin": to_title(row[f"{end}_latin"]),
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
