// Draws the graph whose nodes and edges stand in the page.
import cytoscape from "./cytoscape.esm.min.mjs";

const holder = document.getElementById("graph");
const source = document.getElementById("graph-data");
if (holder && source) draw(JSON.parse(source.textContent));

function draw({ nodes, edges }) {
  const heaviest = Math.max(...edges.map((edge) => edge.weight));
  const most = Math.max(...nodes.map((node) => node.weight));
  const graph = cytoscape({
    container: holder,
    elements: [
      ...nodes.map((node) => ({ data: { ...node, label: `${cut(node.hi)}\n${cut(node.latin)}`, size: 12 + 34 * Math.sqrt(node.weight / most) } })),
      ...edges.map((edge) => ({ data: { ...edge, width: 1 + 7 * (edge.weight / heaviest) } })),
    ],
    style: makeStyle(),
    layout: makeLayout(nodes.length, most),
    minZoom: 0.1, maxZoom: 4, hideEdgesOnViewport: nodes.length > 300, textureOnViewport: nodes.length > 300,
    pixelRatio: "auto",
  });
  if (graph.zoom() > 1.3) graph.zoom({ level: 1.3, renderedPosition: { x: graph.width() / 2, y: graph.height() / 2 } });
  document.getElementById("drawing").hidden = true;
  holder.dataset.drawn = String(graph.nodes().length);
  graph.on("tap", "node", (event) => pick(graph, event.target));
  graph.on("tap", (event) => { if (event.target === graph) unpick(graph); });
  for (const button of document.querySelectorAll("[data-graph]")) button.addEventListener("click", () => move(graph, button.dataset.graph));
  const restyle = () => graph.style(makeStyle());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", restyle);
  new MutationObserver(restyle).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
}

function cut(name) {
  return name.length > 26 ? `${name.slice(0, 25)}…` : name;
}

// Few names stand in rings, those that met most in the middle; many find their places by their ties.
function makeLayout(count, most) {
  const common = { animate: false, padding: 30, nodeDimensionsIncludeLabels: true };
  if (count <= 60) {
    return { ...common, name: "concentric", concentric: (node) => node.data("weight"), levelWidth: () => most / 3, minNodeSpacing: 24 };
  }
  return {
    ...common, name: "cose", randomize: true, nodeRepulsion: () => 40000, idealEdgeLength: () => 90, edgeElasticity: () => 100,
    componentSpacing: 80, numIter: count > 250 ? 250 : 700,
  };
}

// The canvas knows no style sheets: colours are read from the page, as sRGB.
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
    { selector: ".far", style: { opacity: 0.08, "text-opacity": 0 } },
    { selector: "edge.near", style: { opacity: 0.9 } },
  ];
}

function pick(graph, node) {
  const near = node.closedNeighborhood();
  graph.elements().addClass("far").removeClass("near");
  near.removeClass("far").addClass("near");
  const link = Object.assign(document.createElement("a"), { href: `${document.getElementById("graph-data").dataset.entities}/${encodeURIComponent(node.id())}` });
  const name = Object.assign(document.createElement("bdi"), { textContent: node.data("hi"), lang: "hi" });
  link.append(name, ` ${node.data("latin")}`);
  document.getElementById("picked").replaceChildren(link, ` · ${near.nodes().length - 1} met`);
}

function unpick(graph) {
  graph.elements().removeClass("far near");
  document.getElementById("picked").replaceChildren();
}

function move(graph, how) {
  const middle = { x: graph.width() / 2, y: graph.height() / 2 };
  if (how === "fit") graph.fit(undefined, 30);
  else graph.zoom({ level: graph.zoom() * (how === "in" ? 1.4 : 1 / 1.4), renderedPosition: middle });
}
