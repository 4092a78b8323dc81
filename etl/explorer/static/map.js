// Draws the map: country shapes in the background, and one circle for each place, whose area grows with its meetings.
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const holder = document.getElementById("map"), source = document.getElementById("map-data");
  if (!holder || !source) return;
  const points = JSON.parse(source.textContent);
  const largest = Math.max(...points.map((point) => point.count));
  let shapes, box, view, projection;

  fetch(holder.dataset.shapes).then((response) => response.json()).then((atlas) => {
    shapes = { land: topojson.feature(atlas, atlas.objects.land), borders: topojson.mesh(atlas, atlas.objects.countries, (one, other) => one !== other) };
    draw();
    document.getElementById("map-status").hidden = true;
    let waiting;
    addEventListener("resize", () => { clearTimeout(waiting); waiting = setTimeout(() => { if (holder.clientWidth !== box.width) draw(); }, 150); });
  }).catch(() => { document.getElementById("map-status").textContent = "नक़्शा नहीं खुला। The map could not be drawn; the table below lists the places."; });

  function make(name, attributes, parent) {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return parent.appendChild(element);
  }

  function draw() {
    box = { width: holder.clientWidth, height: holder.clientHeight };
    projection = d3.geoNaturalEarth1().fitExtent([[8, 8], [box.width - 8, box.height - 8]], { type: "Sphere" });
    const path = d3.geoPath(projection).digits(1);
    holder.replaceChildren();
    const svg = make("svg", { width: box.width, height: box.height, "aria-hidden": "true" }, holder);
    const world = make("g", { class: "world" }, svg);
    make("path", { d: path(shapes.land), class: "land" }, world);
    make("path", { d: path(shapes.borders), class: "borders" }, world);
    const marks = make("g", {}, svg);
    for (const point of points) {
      const [x, y] = projection([point.longitude, point.latitude]);
      Object.assign(point, { x, y, radius: 3.5 + 18 * Math.sqrt(point.count / largest) });
      const link = make("a", { href: point.href, tabindex: "-1" }, marks);
      point.circle = make("circle", { class: "place", r: point.radius.toFixed(1) }, link);
      point.label = make("text", { class: "place-label", "text-anchor": "middle" }, link);
      make("tspan", { lang: "hi" }, point.label).textContent = point.hi;
      if (point.en !== point.hi) make("tspan", { class: "en", dx: 5 }, point.label).textContent = point.en;
      link.addEventListener("pointerenter", () => show(point));
      link.addEventListener("focus", () => show(point));
    }
    svg.addEventListener("wheel", (event) => { event.preventDefault(); zoomAt(event.deltaY < 0 ? 1.25 : 0.8, event.offsetX, event.offsetY); }, { passive: false });
    drag(svg);
    fit();
  }

  function show(point) {
    const name = Object.assign(document.createElement("bdi"), { textContent: point.hi, lang: "hi" });
    const link = Object.assign(document.createElement("a"), { href: point.href });
    link.append(name, ` ${point.en}`);
    document.getElementById("map-selection").replaceChildren(link, ` · meetings: ${point.count}`);
  }

  // Frame the points, with some room around them.
  function fit() {
    const xs = points.map((point) => point.x), ys = points.map((point) => point.y);
    const left = Math.min(...xs), right = Math.max(...xs), top = Math.min(...ys), bottom = Math.max(...ys);
    const scale = Math.min(box.width / (right - left + 60), box.height / (bottom - top + 60), 8);
    view = { scale: Math.max(1, scale), x: (left + right) / 2, y: (top + bottom) / 2 };
    apply();
  }

  function zoomAt(factor, x = box.width / 2, y = box.height / 2) {
    const scale = Math.min(40, Math.max(0.8, view.scale * factor));
    const keep = { x: view.x + (x - box.width / 2) / view.scale, y: view.y + (y - box.height / 2) / view.scale };
    view = { scale, x: keep.x - (x - box.width / 2) / scale, y: keep.y - (y - box.height / 2) / scale };
    apply();
  }

  function apply() {
    const shift = { x: box.width / 2 - view.x * view.scale, y: box.height / 2 - view.y * view.scale };
    holder.querySelector(".world").setAttribute("transform", `translate(${shift.x} ${shift.y}) scale(${view.scale})`);
    const taken = [];
    for (const point of points) {
      const x = point.x * view.scale + shift.x, y = point.y * view.scale + shift.y;
      point.circle.setAttribute("cx", x.toFixed(1));
      point.circle.setAttribute("cy", y.toFixed(1));
      taken.push({ left: x - point.radius, right: x + point.radius, top: y - point.radius, bottom: y + point.radius, point });
    }
    // Places come in order of meetings: labels of busy places first, others only where they cover nothing.
    for (const point of points) {
      const x = point.x * view.scale + shift.x, y = point.y * view.scale + shift.y;
      point.label.removeAttribute("visibility");
      const width = point.label.getComputedTextLength() + 8, beside = point.radius + 5 + width / 2;
      const boxes = [[x, y - point.radius - 6], [x, y + point.radius + 14], [x + beside, y + 4], [x - beside, y + 4]]
        .map(([center, base]) => ({ center, base, left: center - width / 2, right: center + width / 2, top: base - 14, bottom: base + 4, point }));
      const meets = (one, other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
      const free = boxes.find((one) => one.left > 0 && one.right < box.width && !taken.some((other) => other.point !== point && meets(one, other)));
      if (!free) { point.label.setAttribute("visibility", "hidden"); continue; }
      point.label.setAttribute("x", free.center.toFixed(1));
      point.label.setAttribute("y", free.base.toFixed(1));
      taken.push(free);
    }
    holder.dataset.drawn = String(points.length);
  }

  // Drag with one finger or the mouse; pinch with two.
  function drag(svg) {
    const touches = new Map();
    let moved = false;
    svg.addEventListener("pointerdown", (event) => { touches.set(event.pointerId, event); moved = false; });
    svg.addEventListener("pointermove", (event) => {
      const before = touches.get(event.pointerId);
      if (!before) return;
      const step = { x: event.clientX - before.clientX, y: event.clientY - before.clientY };
      if (Math.abs(step.x) + Math.abs(step.y) < 3 && !moved) return;
      moved = true;
      svg.setPointerCapture(event.pointerId);
      const other = [...touches.values()].find((touch) => touch.pointerId !== event.pointerId);
      if (other) {
        const spread = (touch) => Math.hypot(touch.clientX - other.clientX, touch.clientY - other.clientY);
        const edge = svg.getBoundingClientRect();
        zoomAt(spread(event) / spread(before), (event.clientX + other.clientX) / 2 - edge.left, (event.clientY + other.clientY) / 2 - edge.top);
      } else {
        view = { ...view, x: view.x - step.x / view.scale, y: view.y - step.y / view.scale };
        apply();
      }
      touches.set(event.pointerId, event);
    });
    for (const name of ["pointerup", "pointercancel", "pointerleave"]) svg.addEventListener(name, (event) => touches.delete(event.pointerId));
    svg.addEventListener("click", (event) => { if (moved) event.preventDefault(); }, true);
  }

  for (const button of document.querySelectorAll("[data-map]")) {
    button.addEventListener("click", () => {
      if (!shapes) return;
      if (button.dataset.map === "fit") fit();
      else if (button.dataset.map === "world") { view = { scale: 1, x: box.width / 2, y: box.height / 2 }; apply(); }
      else zoomAt(button.dataset.map === "in" ? 1.5 : 1 / 1.5);
    });
  }
})();
