// What a scatter stands in: grid, axes, the city's lines, ways through the years, sizes of circles.
import { element } from "./mapshapes.js";

const text = (x, y, content, attributes = {}) => element("text", { x, y, ...attributes }, content);
const line = (x1, y1, x2, y2, name) => element("line", { x1, y1, x2, y2, class: name });

export function frame(data, { area, x, y }) {
  const { left, right, top, bottom } = area;
  const vertical = data.x.ticks.flatMap(([value, label]) => [
    line(x(value), top, x(value), bottom, "grid"),
    text(x(value), bottom + 18, label, { class: "tick", "text-anchor": "middle" }),
  ]);
  const level = data.y.ticks.flatMap(([value, label]) => [
    line(left, y(value), right, y(value), "grid"),
    text(left - 8, y(value), label, { class: "tick", "text-anchor": "end", "dominant-baseline": "middle" }),
  ]);
  const city = [];
  if (data.x.city) {
    const place = x(data.x.city[0]), far = place > (left + right) / 2;
    city.push(line(place, top, place, bottom, "city"), text(place + (far ? -5 : 5), bottom - 6, data.x.city[1], { class: "city", "text-anchor": far ? "end" : "start" }));
  }
  if (data.y.city) {
    city.push(line(left, y(data.y.city[0]), right, y(data.y.city[0]), "city"), text(right - 4, y(data.y.city[0]) - 6, data.y.city[1], { class: "city", "text-anchor": "end" }));
  }
  return [
    ...vertical, ...level,
    line(left, bottom, right, bottom, "axis"), line(left, top, left, bottom, "axis"),
    text(4, 16, `↑ ${data.y.title}`, { class: "title" }),
    text(right, bottom + 40, `${data.x.title} →`, { class: "title", "text-anchor": "end" }),
    ...city,
  ];
}

// The way of each marked area through the years; its ends are told where they fit and no circle is.
export function ways(data, { x, y }, colours) {
  const told = [], years = [];
  const year = (stop, fill) => {
    if (stop[2] === data.now) return;
    const place = { x: x(stop[0]), y: y(stop[1]) + 15 };
    if (told.some((other) => Math.abs(other.x - place.x) < 32 && Math.abs(other.y - place.y) < 14)) return;
    told.push(place);
    years.push(text(place.x, place.y, stop[2], { class: "year", style: `fill:${fill}`, "text-anchor": "middle" }));
  };
  const drawn = Object.entries(data.ways ?? {}).filter(([id]) => id in colours).flatMap(([id, runs]) => {
    const stroke = colours[id], stops = runs.flat();
    for (const stop of new Set([stops[0], stops.at(-1)].filter(Boolean))) year(stop, stroke);
    return [
      ...runs.map((run) => element("polyline", { points: run.map((s) => `${x(s[0])},${y(s[1])}`).join(" "), stroke, class: "way" })),
      ...stops.slice(0, -1).map((s) => element("circle", { cx: x(s[0]), cy: y(s[1]), r: 2.6, fill: stroke })),
    ];
  });
  return [...drawn, ...years];
}

export function sizes(data, radius) {
  if (!data.sizes) return [];
  const told = data.sizes.steps.map(([share, label]) => {
    const r = radius(share), item = document.createElement("span");
    item.append(element("svg", { width: 2 * r + 2, height: 2 * r + 2, "aria-hidden": "true" },
      element("circle", { cx: r + 1, cy: r + 1, r, class: "size" })), label);
    return item;
  });
  return [data.sizes.title, ...told];
}
