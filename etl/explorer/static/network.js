// Draws the graph of the nodes and edges embedded in the page.
import cytoscape from "./cytoscape.esm.min.mjs";

const container = document.getElementById("graph");
const source = document.getElementById("graph-data");

// The layout starts from random positions. Seeded ones draw the same graph the same way each time.
function seedRandom(seed) {
  let state = seed;
  Math.random = () => { state = (state * 1664525 + 1013904223) % 4294967296; return state / 4294967296; };
}

function draw({ nodes, edges }) {
  const maxEdgeWeight = Math.max(...edges.map((edge) => edge.weight));
  const maxNodeWeight = Math.max(...nodes.map((node) => node.weight));
  seedRandom(7);
  if (window.cytoscapeFcose) cytoscape.use(window.cytoscapeFcose);
  const graph = cytoscape({
    container,
    elements: [
      ...nodes.map((node) => ({ data: { ...node, label: `${shorten(node.hi)}\n${shorten(node.latin)}`, size: 12 + 34 * Math.sqrt(node.weight / maxNodeWeight) } })),
      ...edges.map((edge) => ({ data: { ...edge, width: 1 + 7 * (edge.weight / maxEdgeWeight) } })),
    ],
    style: makeStyle(),
    layout: makeLayout(nodes.length),
    minZoom: 0.05, maxZoom: 4, hideEdgesOnViewport: nodes.length > 300, textureOnViewport: nodes.length > 300,
    pixelRatio: "auto",
  });
  turn(graph);
  if (graph.zoom() > 1.3) graph.zoom({ level: 1.3, renderedPosition: { x: graph.width() / 2, y: graph.height() / 2 } });
  const byWeight = graph.nodes().sort((one, other) => other.data("weight") - one.data("weight"));
  placeLabels(graph, byWeight);
  let waiting;
  graph.on("viewport", () => { cancelAnimationFrame(waiting); waiting = requestAnimationFrame(() => placeLabels(graph, byWeight)); });
  graph.on("dragfree", () => placeLabels(graph, byWeight));
  document.getElementById("graph-status").hidden = true;
  container.dataset.drawn = String(graph.nodes().length);
  graph.on("tap", "node", (event) => { select(graph, event.target); placeLabels(graph, byWeight); });
  graph.on("tap", (event) => { if (event.target === graph) { clearSelection(graph); placeLabels(graph, byWeight); } });
  for (const button of document.querySelectorAll("[data-graph]")) button.addEventListener("click", () => zoom(graph, button.dataset.graph));
  const restyle = () => { graph.style(makeStyle()); placeLabels(graph, byWeight); };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", restyle);
  new MutationObserver(restyle).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
}

// Turn a wide graph upright on a narrow screen.
function turn(graph) {
  const { w, h } = graph.elements().boundingBox({ includeLabels: false });
  if (w > h === graph.width() > graph.height()) return;
  graph.nodes().positions((node) => ({ x: node.position("y"), y: node.position("x") }));
  graph.fit(undefined, 24);
}

function shorten(name) {
  return name.length > 24 ? `${name.slice(0, 23)}…` : name;
}

// Letters grow with the zoom, but less than the graph does: they can be read on a small picture and leave room when zoomed in.
function labelPixels(level) {
  return Math.min(17, Math.max(10.5, 11.5 * Math.sqrt(level)));
}

const MAY_COVER = 24;
const SIDES = {
  below: (gap) => ({ "text-valign": "bottom", "text-halign": "center", "text-margin-x": 0, "text-margin-y": gap }),
  above: (gap) => ({ "text-valign": "top", "text-halign": "center", "text-margin-x": 0, "text-margin-y": -gap }),
  right: (gap) => ({ "text-valign": "center", "text-halign": "right", "text-margin-x": gap, "text-margin-y": 0 }),
  left: (gap) => ({ "text-valign": "center", "text-halign": "left", "text-margin-x": -gap, "text-margin-y": 0 }),
};

// Show as many labels as fit, those of the most active names first. A label is left out where it would cover another
// label or a circle; zooming in makes room for it.
function placeLabels(graph, byWeight) {
  const level = graph.zoom(), pixels = labelPixels(level);
  const pen = (placeLabels.pen ??= document.createElement("canvas").getContext("2d"));
  pen.font = `${pixels}px "Noto Devanagari", sans-serif`;
  const taken = [], shown = [], hidden = [];
  const circles = byWeight.map((node) => {
    const { x, y } = node.renderedPosition(), radius = (node.data("size") / 2) * level;
    return { id: node.id(), left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
  });
  const edge = { width: graph.width(), height: graph.height() };
  const chosen = byWeight.filter(".chosen"), order = [...chosen, ...byWeight.filter((node) => !node.hasClass("chosen"))];
  for (const node of order) {
    if (node.hasClass("dimmed")) { hidden.push(node); continue; }
    const { x, y } = node.renderedPosition(), radius = (node.data("size") / 2) * level;
    const width = Math.max(...node.data("label").split("\n").map((line) => pen.measureText(line).width)) + 6;
    const height = 2 * pixels * 1.35, beside = radius + 3;
    const boxes = [
      { side: "below", left: x - width / 2, top: y + beside }, { side: "above", left: x - width / 2, top: y - beside - height },
      { side: "right", left: x + beside, top: y - height / 2 }, { side: "left", left: x - beside - width, top: y - height / 2 },
    ].map((box) => ({ ...box, right: box.left + width, bottom: box.top + height }));
    const meets = (one, other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
    const free = boxes.filter((box) => box.left > 0 && box.right < edge.width && !taken.some((other) => meets(box, other)));
    // The names that count most may cover the small circles of others rather than stay unnamed.
    const isBusy = node.hasClass("chosen") || taken.length < MAY_COVER;
    const covered = (box) => circles.filter((circle) => circle.id !== node.id() && meets(box, circle));
    const box = free.find((one) => covered(one).length === 0)
      ?? (isBusy ? free.find((one) => covered(one).every((circle) => circle.right - circle.left < radius * 1.5)) : undefined);
    if (!box) { hidden.push(node); continue; }
    taken.push(box);
    shown.push([node, box.side]);
  }
  graph.batch(() => {
    graph.nodes().style({ "font-size": pixels / level });
    shown.forEach(([node, side], rank) => node.removeClass("unlabelled").style({ ...SIDES[side](3 / level), "z-index": shown.length - rank }));
    for (const node of hidden) node.addClass("unlabelled").style("z-index", 0);
  });
  container.dataset.labels = String(shown.length);
}

// A force-directed layout that keeps circles apart and packs unconnected groups side by side.
function makeLayout(nodeCount) {
  const isNarrow = container.clientWidth < 600;
  if (!window.cytoscapeFcose) return { name: "cose", animate: false, padding: 30 };
  return {
    name: "fcose", quality: nodeCount > 300 ? "default" : "proof", animate: false, randomize: true, padding: isNarrow ? 16 : 40,
    nodeDimensionsIncludeLabels: false, nodeSeparation: 120, idealEdgeLength: () => (nodeCount > 60 ? 150 : 130),
    nodeRepulsion: () => 20000, edgeElasticity: () => 0.2, gravity: 0.35, numIter: nodeCount > 300 ? 1500 : 4000,
    packComponents: false, tile: true, tilingPaddingVertical: 60, tilingPaddingHorizontal: 60,
  };
}

// Style sheets do not apply to the canvas, and Cytoscape parses only sRGB: read the page's colours and convert them.
function makeStyle() {
  const colour = (name) => {
    const probe = document.createElement("i");
    probe.style.color = `color-mix(in srgb, var(${name}), var(${name}))`;
    document.body.append(probe);
    const parts = getComputedStyle(probe).color.match(/[\d.]+/g).map(Number);
    probe.remove();
    return `rgb(${parts.slice(0, 3).map((part) => Math.round(part * 255)).join(",")})`;
  };
  const [text, panel, line, per, org, loc] = ["--text", "--panel", "--strong-line", "--plan", "--warn", "--good"].map(colour);
  return [
    { selector: "node", style: {
      width: "data(size)", height: "data(size)", "background-color": per, label: "data(label)", "text-wrap": "wrap", color: text,
      "font-family": "Noto Devanagari, sans-serif", "font-size": 13, "text-valign": "bottom", "text-margin-y": 3, "text-background-color": panel, "text-background-opacity": 0.86,
      "text-background-shape": "roundrectangle", "text-background-padding": 1, "line-height": 1.15, "border-width": 1, "border-color": panel,
    } },
    { selector: "node[kind = 'ORG']", style: { "background-color": org } },
    { selector: "node[kind = 'LOC']", style: { "background-color": loc } },
    { selector: "edge", style: { width: "data(width)", "line-color": line, opacity: 0.4, "curve-style": "haystack" } },
    { selector: "node.unlabelled", style: { "text-opacity": 0, "text-background-opacity": 0 } },
    { selector: "node.chosen", style: { "border-width": 3, "border-color": text } },
    { selector: ".dimmed", style: { opacity: 0.1, "text-opacity": 0 } },
    { selector: "edge.highlighted", style: { opacity: 0.9 } },
  ];
}

function select(graph, node) {
  const neighborhood = node.closedNeighborhood();
  graph.elements().addClass("dimmed").removeClass("highlighted chosen");
  node.addClass("chosen");
  neighborhood.removeClass("dimmed").addClass("highlighted");
  const link = Object.assign(document.createElement("a"), { href: `${document.getElementById("graph-data").dataset.entities}/${encodeURIComponent(node.id())}` });
  const name = Object.assign(document.createElement("bdi"), { textContent: node.data("hi"), lang: "hi" });
  link.append(name, ` ${node.data("latin")}`);
  document.getElementById("graph-selection").replaceChildren(link, ` · connections: ${neighborhood.nodes().length - 1}`);
}

function clearSelection(graph) {
  graph.elements().removeClass("dimmed highlighted chosen");
  document.getElementById("graph-selection").replaceChildren();
}

function zoom(graph, action) {
  const center = { x: graph.width() / 2, y: graph.height() / 2 };
  if (action === "fit") graph.fit(undefined, 30);
  else graph.zoom({ level: graph.zoom() * (action === "in" ? 1.4 : 1 / 1.4), renderedPosition: center });
}

if (container && source) draw(JSON.parse(source.textContent));
