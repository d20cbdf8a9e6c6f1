// Labels that keep clear of each other and stay in the picture.
import { element, WIDTH } from "./mapshapes.js";

// The names of the areas, each with what the data adds to it; the chosen ones are placed first.
export function write(plate, shape, data, chosen) {
  plate.texts.replaceChildren(...shape.areas.map(({ label, at }, i) => {
    const [x, y] = shape.place(at);
    const said = data.tags[i].startsWith("(") ? [...label, data.tags[i]] : [...label.slice(0, -1), `${label.at(-1)} ${data.tags[i]}`.trim()];
    const lines = said.map((line, n) =>
      element("tspan", { x, dy: `${n ? 1.1 : (1 - said.length) * 0.55}em` }, line));
    return element("text", { x, y, "data-sign": data.signs[i], class: data.dark[data.codes[i]] ? "light" : data.fills[data.codes[i]].startsWith("url") ? "hatched" : "" }, ...lines);
  }));
  const labels = [...plate.texts.children];
  const first = (label) => (shape.ids[labels.indexOf(label)] in chosen ? 0 : 1);
  const unit = parseFloat(plate.svg.style.getPropertyValue("--unit"));
  const wide = plate.svg.clientWidth * unit;
  const picture = { x: (WIDTH - wide) / 2, width: wide };
  labels.forEach((label, i) => settle(label, plate.paths[i], picture, 4 * unit));
  spread(labels.toSorted((a, b) => first(a) - first(b)), unit, busy(shape, data, unit));
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

// Where signs of facilities stand.
const busy = (shape, { points = [] }, unit) => points.map(({ at }) => {
  const [x, y] = shape.place(at), half = 10 * unit;
  return { x: x - half, y: y - half, width: 2 * half, height: 2 * half };
});

// Labels keep clear of each other, and of signs where there is room, by moving up or down a little; one that finds no place gives
// way to its sign, and that to the tooltip and the table.
function spread(texts, unit, signs) {
  const taken = [];
  for (const text of texts) {
    let { x, y, width, height } = text.getBBox();
    const clear = (others) => [0, 1, -1, 2, -2].map((step) => step * 11 * unit).find((shift) =>
      others.every((o) => o.x > x + width || x > o.x + o.width || o.y > y + shift + height || y + shift > o.y + o.height));
    const place = () => clear([...taken, ...signs]) ?? clear(taken);
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
