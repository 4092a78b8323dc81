// Draws the graph of the nodes and edges embedded in the page.
import cytoscape from "./cytoscape.esm.min.mjs";

const container = document.getElementById("graph");
const source = document.getElementById("graph-data");
if (container && source) draw(JSON.parse(source.textContent));

function draw({ nodes, edges }) {
  const maxEdgeWeight = Math.max(...edges.map((edge) => edge.weight));
  const maxNodeWeight = Math.max(...nodes.map((node) => node.weight));
  const graph = cytoscape({
    container,
    elements: [
      ...nodes.map((node) => ({ data: { ...node, label: `${shorten(node.hi)}\n${shorten(node.latin)}`, size: 12 + 34 * Math.sqrt(node.weight / maxNodeWeight) } })),
      ...edges.map((edge) => ({ data: { ...edge, width: 1 + 7 * (edge.weight / maxEdgeWeight) } })),
    ],
    style: makeStyle(),
    layout: makeLayout(nodes.length, maxNodeWeight),
    minZoom: 0.1, maxZoom: 4, hideEdgesOnViewport: nodes.length > 300, textureOnViewport: nodes.length > 300,
    pixelRatio: "auto",
  });
  if (graph.zoom() > 1.3) graph.zoom({ level: 1.3, renderedPosition: { x: graph.width() / 2, y: graph.height() / 2 } });
  document.getElementById("graph-status").hidden = true;
  container.dataset.drawn = String(graph.nodes().length);
  graph.on("tap", "node", (event) => select(graph, event.target));
  graph.on("tap", (event) => { if (event.target === graph) clearSelection(graph); });
  for (const button of document.querySelectorAll("[data-graph]")) button.addEventListener("click", () => zoom(graph, button.dataset.graph));
  const restyle = () => graph.style(makeStyle());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", restyle);
  new MutationObserver(restyle).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
}

function shorten(name) {
  return name.length > 26 ? `${name.slice(0, 25)}…` : name;
}

// Small graphs: rings, with the most active names in the center. Large graphs: a force-directed layout.
function makeLayout(nodeCount, maxNodeWeight) {
  const common = { animate: false, padding: 30, nodeDimensionsIncludeLabels: true };
  if (nodeCount <= 60) {
    return { ...common, name: "concentric", concentric: (node) => node.data("weight"), levelWidth: () => maxNodeWeight / 3, minNodeSpacing: 24 };
  }
  return {
    ...common, name: "cose", randomize: true, nodeRepulsion: () => 40000, idealEdgeLength: () => 90, edgeElasticity: () => 100,
    componentSpacing: 80, numIter: nodeCount > 250 ? 250 : 700,
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
      "font-family": "Noto Devanagari, sans-serif", "font-size": 13, "text-valign": "bottom", "text-margin-y": 4, "min-zoomed-font-size": 7,
      "text-outline-color": panel, "text-outline-width": 2,
    } },
    { selector: "node[kind = 'ORG']", style: { "background-color": org } },
    { selector: "node[kind = 'LOC']", style: { "background-color": loc } },
    { selector: "edge", style: { width: "data(width)", "line-color": line, opacity: 0.45, "curve-style": "haystack" } },
    { selector: ".dimmed", style: { opacity: 0.08, "text-opacity": 0 } },
    { selector: "edge.highlighted", style: { opacity: 0.9 } },
  ];
}

function select(graph, node) {
  const neighborhood = node.closedNeighborhood();
  graph.elements().addClass("dimmed").removeClass("highlighted");
  neighborhood.removeClass("dimmed").addClass("highlighted");
  const link = Object.assign(document.createElement("a"), { href: `${document.getElementById("graph-data").dataset.entities}/${encodeURIComponent(node.id())}` });
  const name = Object.assign(document.createElement("bdi"), { textContent: node.data("hi"), lang: "hi" });
  link.append(name, ` ${node.data("latin")}`);
  document.getElementById("graph-selection").replaceChildren(link, ` · connections: ${neighborhood.nodes().length - 1}`);
}

function clearSelection(graph) {
  graph.elements().removeClass("dimmed highlighted");
  document.getElementById("graph-selection").replaceChildren();
}

function zoom(graph, action) {
  const center = { x: graph.width() / 2, y: graph.height() / 2 };
  if (action === "fit") graph.fit(undefined, 30);
  else graph.zoom({ level: graph.zoom() * (action === "in" ? 1.4 : 1 / 1.4), renderedPosition: center });
}
