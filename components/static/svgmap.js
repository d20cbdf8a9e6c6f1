// The district map as plain SVG: walkable by keyboard, readable by a screen reader, and fast on
// PCs without a graphics card. Geometry comes once by URL; a change of indicator sends only
// class numbers and texts.
const NS = "http://www.w3.org/2000/svg";
const WIDTH = 1000;
const geometries = new Map();
const instances = new WeakMap();

const element = (name, attributes = {}, ...children) => {
  const node = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
};

async function loaded(url, prepared) {
  if (!geometries.has(url)) {
    geometries.set(url, fetch(new URL(url, document.baseURI)).then((r) => r.json()).then(prepared));
  }
  return geometries.get(url);
}

const ringsOf = ({ geometry: g }) => (g.type === "Polygon" ? [g.coordinates] : g.coordinates).flat();
const outline = (rings, place) =>
  rings.map((ring) => "M" + ring.map((p) => place(p).map((v) => v.toFixed(1)).join(",")).join("L") + "Z").join("");

// Degrees to a flat drawing: a city is small enough for one scale per axis.
function project({ features }) {
  const rings = features.map(ringsOf);
  const points = rings.flat(2);
  const xs = points.map((p) => p[0]), ys = points.map((p) => p[1]);
  const [west, east, south, north] = [min(xs), max(xs), min(ys), max(ys)];
  const squeeze = Math.cos(((south + north) / 2) * (Math.PI / 180));
  const scale = WIDTH / ((east - west) * squeeze);
  const place = ([lon, lat]) => [(lon - west) * squeeze * scale, (north - lat) * scale];
  return {
    height: (north - south) * scale,
    place,
    areas: features.map((f) => f.properties),
    ids: features.map((f) => f.properties.id),
    paths: rings.map((parts) => outline(parts, place)),
  };
}

const min = (list) => list.reduce((a, b) => Math.min(a, b), Infinity);
const max = (list) => list.reduce((a, b) => Math.max(a, b), -Infinity);

function patterns() {
  const tile = (id, ground, turn, ...shapes) =>
    element("pattern", { id, width: 12, height: 12, patternUnits: "userSpaceOnUse", patternTransform: `rotate(${turn})` },
      element("rect", { width: 12, height: 12, fill: ground }), ...shapes);
  const line = (attributes, fill = "#9aa5ac") => element("rect", { width: 12, height: 12, fill, ...attributes });
  return element("defs", {},
    tile("suppressed", "#f4f4f4", 0, element("circle", { cx: 6, cy: 6, r: 2.6, fill: "#6b7780" })),
    tile("chance", "#f4f3ef", -45, line({ width: 1.2 }, "#d9d5c8")),
    tile("broken", "#fff", 0, line({ width: 3 }, "#8a959c")),
    tile("from_zero", "#a9b3b9", 0, element("circle", { cx: 6, cy: 6, r: 2.6, fill: "#fff" })),
    tile("unreliable", "#fff", 0, line({ height: 3 }, "#8a959c")),
    tile("not_collected", "#fff", 45, line({ width: 3 })),
    tile("not_meaningful", "#fff", 45, line({ width: 1.5 }), line({ height: 1.5 })));
}

// The municipalities around the city: borders and names for orientation, nothing to choose.
function surroundings({ features }, shape) {
  const group = element("g", { role: "presentation", "aria-hidden": "true", class: "around" });
  for (const feature of features) group.append(element("path", { d: outline(ringsOf(feature), shape.place) }));
  for (const { properties: { name, at } } of features) {
    if (at) group.append(element("text", { x: shape.place(at)[0], y: shape.place(at)[1] }, name));
  }
  return group;
}

function build(root, shape, around, choose) {
  const svg = element("svg", { viewBox: `-8 -8 ${WIDTH + 16} ${shape.height + 16}`, role: "listbox", preserveAspectRatio: "xMidYMid meet" });
  const areas = element("g", { role: "presentation" });
  const chosen = element("g", { role: "presentation", class: "outline" });
  const ring = element("g", { role: "presentation", class: "outline ring" });
  const texts = element("g", { role: "presentation", "aria-hidden": "true", class: "labels" });
  const paths = shape.paths.map((d, i) => {
    const path = element("path", { d, role: "option", "data-id": shape.ids[i], tabindex: i ? -1 : 0 });
    areas.append(path);
    return path;
  });
  svg.append(patterns(), ...(around ? [surroundings(around, shape)] : []), areas, chosen, ring, texts);
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  root.replaceChildren(svg, tip);

  const centre = (path) => { const b = path.getBBox(); return [b.x + b.width / 2, b.y + b.height / 2]; };
  const focus = (path) => {
    paths.forEach((p) => p.setAttribute("tabindex", p === path ? 0 : -1));
    path.focus();
  };
  // The next district in the direction of the arrow key, as the eye would go.
  const neighbour = (from, [dx, dy]) => {
    const [x, y] = centre(from);
    let best = from, least = Infinity;
    for (const path of paths) {
      const [px, py] = centre(path);
      const ahead = (px - x) * dx + (py - y) * dy;
      const aside = Math.abs((px - x) * dy) + Math.abs((py - y) * dx);
      if (path !== from && ahead > 1 && ahead + 2 * aside < least) [best, least] = [path, ahead + 2 * aside];
    }
    return best;
  };
  const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  svg.onkeydown = (event) => {
    const path = event.target.closest("[data-id]");
    if (!path) return;
    if (STEPS[event.key]) focus(neighbour(path, STEPS[event.key]));
    else if (event.key === "Home") focus(paths[0]);
    else if (event.key === "End") focus(paths.at(-1));
    else if (event.key === "Enter" || event.key === " ") choose(path.dataset.id);
    else return;
    event.preventDefault();
  };
  svg.onclick = (event) => {
    const path = event.target.closest("[data-id]");
    if (path) choose(path.dataset.id);
  };
  const show = (event) => {
    const path = event.target.closest("[data-id]");
    tip.hidden = !path;
    if (!path) return;
    tip.textContent = path.getAttribute("aria-label");
    const box = root.getBoundingClientRect(), at = path.getBoundingClientRect();
    const x = event.clientX ?? at.x + at.width / 2, y = event.clientY ?? at.y + at.height / 2;
    tip.style.left = `${Math.min(Math.max(x - box.x, 70), box.width - 70)}px`;
    tip.style.top = `${Math.max(y - box.y - 14, 34)}px`;
  };
  const rings = ["casing", "line"].map((kind) => element("path", { class: kind }));
  ring.append(...rings);
  const circle = (path) => rings.forEach((one) => one.setAttribute("d", path?.matches(":focus-visible") ? path.getAttribute("d") : ""));
  svg.onpointermove = show;
  svg.onfocusin = (event) => { show(event); circle(event.target.closest("[data-id]")); };
  svg.onpointerleave = () => { tip.hidden = true; };
  svg.onfocusout = () => { tip.hidden = true; circle(null); };
  return { svg, paths, chosen, texts };
}

function paint(view, shape, data) {
  view.svg.setAttribute("aria-label", data.alt);
  view.paths.forEach((path, i) => {
    path.setAttribute("fill", data.fills[data.codes[i]]);
    path.setAttribute("aria-label", `${shape.areas[i].name}: ${data.texts[i]}`);
    path.setAttribute("aria-selected", String(shape.ids[i] in data.chosen));
  });
  view.chosen.replaceChildren(...Object.entries(data.chosen).flatMap(([id, stroke]) => {
    const d = shape.paths[shape.ids.indexOf(id)];
    return [element("path", { d, class: "casing" }), element("path", { d, class: "line", stroke })];
  }));
  view.texts.replaceChildren(...shape.areas.map(({ label, at }, i) => {
    const [x, y] = shape.place(at);
    const said = data.tags[i].startsWith("(") ? [...label, data.tags[i]] : [...label.slice(0, -1), `${label.at(-1)} ${data.tags[i]}`.trim()];
    const lines = said.map((line, n) =>
      element("tspan", { x, dy: `${n ? 1.1 : (1 - said.length) * 0.55}em` }, line));
    return element("text", { x, y, "data-sign": data.signs[i], class: data.dark[data.codes[i]] ? "light" : data.fills[data.codes[i]].startsWith("url") ? "hatched" : "" }, ...lines);
  }));
  const labels = [...view.texts.children];
  const first = (label) => (shape.ids[labels.indexOf(label)] in data.chosen ? 0 : 1);
  const unit = parseFloat(view.svg.style.getPropertyValue("--unit"));
  const wide = view.svg.clientWidth * unit;
  const picture = { x: (WIDTH - wide) / 2, width: wide };
  labels.forEach((label, i) => settle(label, view.paths[i], picture, 4 * unit));
  spread(labels.toSorted((a, b) => first(a) - first(b)), unit);
}

// A label moves sideways to where its area has most room for it, and into the picture in any case.
function settle(text, path, picture, edge) {
  const box = text.getBBox();
  if (!box.width) return;
  const into = ({ x, width }, from) => Math.min(Math.max(from, x + edge), x + width - edge - box.width);
  const room = box.width <= path.getBBox().width ? across(path, box) : box;
  const inside = box.width + 2 * edge <= room.width ? into(room, box.x) : room.x + (room.width - box.width) / 2;
  const shift = into(picture, inside) - box.x;
  for (const node of [text, ...text.children]) node.setAttribute("x", Number(text.getAttribute("x")) + shift);
}

// How far an area reaches left and right of a label's middle, at the label's top and bottom.
function across(path, { x, y, width, height }) {
  const middle = x + width / 2, step = width / 16;
  const inside = (to) => [0.2, 0.8].every((part) => path.isPointInFill(new DOMPoint(to, y + part * height)));
  const reach = (way) => {
    let steps = 0;
    while (steps < 16 && inside(middle + way * (steps + 1) * step)) steps += 1;
    return steps * step;
  };
  const left = reach(-1);
  return { x: middle - left, width: left + reach(1) };
}

// Labels keep clear of each other by moving up or down a little; one that finds no place gives
// way to its sign, and that to the tooltip and the table.
function spread(texts, unit) {
  const taken = [];
  for (const text of texts) {
    let { x, y, width, height } = text.getBBox();
    const place = () => [0, 1, -1, 2, -2].map((step) => step * 11 * unit).find((shift) =>
      taken.every((o) => o.x > x + width || x > o.x + o.width || o.y > y + shift + height || y + shift > o.y + o.height));
    let free = place();
    if (free === undefined && text.dataset.sign) {
      text.replaceChildren(text.dataset.sign);
      ({ x, y, width, height } = text.getBBox());
      free = place();
    }
    text.style.display = free === undefined ? "none" : "";
    if (free === undefined) continue;
    text.setAttribute("transform", `translate(0 ${free})`);
    taken.push({ x, y: y + free, width, height });
  }
}

function resize(view, root) {
  const unit = view.svg.viewBox.baseVal.width / Math.min(root.clientWidth || 1, (root.clientHeight || 1) * (view.svg.viewBox.baseVal.width / view.svg.viewBox.baseVal.height));
  view.svg.style.setProperty("--unit", `${unit}px`);
  // A neighbour's name that the edge would cut says nothing.
  const frame = root.getBoundingClientRect();
  for (const name of view.svg.querySelectorAll(".around text")) {
    const box = name.getBoundingClientRect();
    const cut = box.left < frame.left || box.right > frame.right || box.top < frame.top || box.bottom > frame.bottom;
    name.style.visibility = cut ? "hidden" : "";
  }
}

export default async function render({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".map");
  const shape = await loaded(data.geometry, project);
  const around = data.around && (await loaded(data.around, (found) => found));
  root.classList.toggle("ground", Boolean(around));
  root.style.maxHeight = `${data.height}px`;
  root.style.aspectRatio = `${WIDTH} / ${shape.height}`;
  let view = instances.get(parentElement);
  if (!view || view.geometry !== data.geometry) {
    view?.observer.disconnect();
    view = { ...build(root, shape, around, (id) => view.choose(id)), geometry: data.geometry };
    view.observer = new ResizeObserver(() => { resize(view, root); paint(view, shape, view.data); });
    instances.set(parentElement, view);
  }
  view.choose = (id) => setTriggerValue("chosen", id);
  view.data = data;
  resize(view, root);
  paint(view, shape, data);
  view.observer.observe(root);
}
