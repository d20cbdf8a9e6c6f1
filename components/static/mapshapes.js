// What maps are drawn of: geometry that comes once by URL, made flat, and patterns.
const NS = "http://www.w3.org/2000/svg";
export const WIDTH = 1000;
const geometries = new Map();

export const element = (name, attributes = {}, ...children) => {
  const node = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
};

export async function loaded(url, prepared) {
  if (!geometries.has(url)) {
    const asked = fetch(new URL(url, document.baseURI)).then((r) => {
      if (!r.ok) throw new Error(`geometry: ${r.status}`);
      return r.json();
    }).then(prepared);
    // What failed is asked for again next time.
    asked.catch(() => geometries.delete(url));
    geometries.set(url, asked);
  }
  return geometries.get(url);
}

const ringsOf = ({ geometry: g }) => (g.type === "Polygon" ? [g.coordinates] : g.coordinates).flat();
const outline = (rings, place) =>
  rings.map((ring) => "M" + ring.map((p) => place(p).map((v) => v.toFixed(1)).join(",")).join("L") + "Z").join("");

// Degrees to a flat drawing: a city is small enough for one scale per axis.
export function project({ features }) {
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

export function patterns() {
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

// Areas of one colour are put together: only their common border is drawn, for its inner half and
// the borders between them lie below the areas drawn once more.
export function outlines(shape, data, chosen) {
  const groups = new Map();
  for (const [id, stroke] of Object.entries(chosen)) {
    groups.set(stroke, [...(groups.get(stroke) ?? []), shape.ids.indexOf(id)]);
  }
  // An area of its own lies above many that are marked together.
  const largest = [...groups].toSorted(([, one], [, other]) => other.length - one.length);
  return largest.flatMap(([stroke, places]) => {
    const d = places.map((i) => shape.paths[i]).join("");
    const kind = places.length > 1 ? " joined" : "";
    const parts = kind ? places : [];
    return [
      element("path", { d, class: `casing${kind}` }),
      element("path", { d, class: `line${kind}`, stroke }),
      ...parts.map((i) => element("path", { d: shape.paths[i], class: "part", style: `fill: ${data.fills[data.codes[i]]}` })),
    ];
  });
}

// The municipalities around the city: borders and names for orientation, nothing to choose.
export function surroundings({ features }, shape) {
  const group = element("g", { role: "presentation", "aria-hidden": "true", class: "around" });
  for (const feature of features) group.append(element("path", { d: outline(ringsOf(feature), shape.place) }));
  for (const { properties: { name, at } } of features) {
    if (at) group.append(element("text", { x: shape.place(at)[0], y: shape.place(at)[1] }, name));
  }
  return group;
}
