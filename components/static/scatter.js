// Two numbers of each area as a circle. Dragging marks areas, so does a click, and so do the arrow
// keys with Enter; map and table of the page show the marks while the mouse still moves.
import { element } from "./mapshapes.js";
import { mark, settle } from "./linked.js";
import { frame, sizes, ways } from "./scatterframe.js";
import { names } from "./scatterlabels.js";
import { neighbour, STEPS } from "./walk.js";

const views = new WeakMap();
const FAR = 4;
const PATIENCE = 2000;
const LARGEST = 22;
const EDGE = { left: 58, right: 20, top: 34, bottom: 48, inside: 18 };

const box = (name, className) => Object.assign(document.createElement(name), { className });

function mounted(root, tell) {
  const svg = element("svg", { role: "listbox", "aria-multiselectable": "true" });
  const under = element("g", { role: "presentation", "aria-hidden": "true" });
  const circles = element("g", { role: "presentation" });
  const over = element("g", { role: "presentation", "aria-hidden": "true", class: "over" });
  const brush = element("rect", { class: "brush", visibility: "hidden", "aria-hidden": "true" });
  const plot = box("div", "plot"), tip = box("div", "tip"), key = box("div", "sizes"), said = box("p", "unseen");
  svg.append(under, circles, over, brush);
  tip.hidden = true;
  said.role = "status";
  plot.append(svg, tip);
  root.replaceChildren(plot, key, said);
  const view = { svg, under, circles, over, brush, plot, tip, key, said, tell, marked: [], shapes: new Map(), sent: null };
  listen(view);
  view.observer = new ResizeObserver(() => view.data && draw(view));
  view.observer.observe(plot);
  return view;
}

// Up to as many colours as there are; of more areas all have the first one.
const painted = (ids, palette) =>
  Object.fromEntries(ids.map((id, i) => [id, ids.length > palette.length ? palette[0] : palette[i]]));

function choose(view, ids) {
  preview(view, ids);
  const { none, count } = view.data.words;
  const names = view.data.points.filter(({ id }) => ids.includes(id)).map(({ name }) => name);
  view.said.textContent = ids.length ? `${count.replace("{n}", ids.length)}: ${names.join(", ")}` : none;
  view.sent = { key: ids.join(), at: Date.now() };
  view.tell(ids.join());
}

function preview(view, ids) {
  if (ids.join() === view.marked.join()) return;
  view.marked = ids;
  overlay(view);
  mark(painted(ids, view.data.palette));
}

const toggled = (ids, id) => (ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]);

function listen(view) {
  const { svg, plot } = view;
  let drag = null, swallowed = false;
  const at = ({ clientX, clientY }) => {
    const place = svg.getBoundingClientRect();
    return [clientX - place.x, clientY - place.y];
  };
  const inside = ([ax, ay], [bx, by]) => view.data.points.filter(({ id }) => {
    const { x, y } = view.places.get(id);
    return x >= Math.min(ax, bx) && x <= Math.max(ax, bx) && y >= Math.min(ay, by) && y <= Math.max(ay, by);
  }).map(({ id }) => id);
  const end = () => {
    view.brush.setAttribute("visibility", "hidden");
    drag = null;
  };
  svg.onpointerdown = (event) => {
    swallowed = false;
    // A finger scrolls the page; it marks by tapping.
    if (event.button || event.pointerType === "touch") return;
    drag = { from: at(event), before: view.marked, kept: event.shiftKey || event.ctrlKey ? view.marked : [], moved: false };
  };
  svg.onpointermove = (event) => {
    point(view, event.target.closest("[data-id]"));
    if (!drag) return;
    const to = at(event), [x, y] = drag.from;
    if (!drag.moved && Math.hypot(to[0] - x, to[1] - y) < FAR) return;
    if (!drag.moved) svg.setPointerCapture(event.pointerId);
    drag.moved = true;
    const shape = { x: Math.min(x, to[0]), y: Math.min(y, to[1]), width: Math.abs(to[0] - x), height: Math.abs(to[1] - y), visibility: "visible" };
    for (const [name, value] of Object.entries(shape)) view.brush.setAttribute(name, value);
    preview(view, [...new Set([...drag.kept, ...inside(drag.from, to)])]);
  };
  svg.onpointerup = () => {
    if (drag?.moved) {
      swallowed = true;
      choose(view, view.marked);
    }
    end();
  };
  svg.onpointercancel = end;
  svg.onpointerleave = () => point(view, null);
  svg.onclick = (event) => {
    if (swallowed) return;
    const circle = event.target.closest("[data-id]");
    if (circle) choose(view, toggled(view.marked, circle.dataset.id));
    else if (view.marked.length) choose(view, []);
  };
  svg.onkeydown = (event) => {
    const circle = event.target.closest("[data-id]"), all = [...view.shapes.values()];
    const focus = (other) => {
      all.forEach((one) => one.setAttribute("tabindex", one === other ? 0 : -1));
      other.focus();
    };
    if (event.key === "Escape") {
      if (drag?.moved) preview(view, drag.before);
      else if (view.marked.length) choose(view, []);
      end();
    } else if (!circle) return;
    else if (STEPS[event.key]) focus(neighbour(all, circle, STEPS[event.key]));
    else if (event.key === "Home" || event.key === "End") focus(all.at(event.key === "Home" ? 0 : -1));
    else if (event.key === "Enter" || event.key === " ") choose(view, toggled(view.marked, circle.dataset.id));
    else return;
    event.preventDefault();
  };
  // On the drawing itself these listeners would make it one more stop for the keyboard.
  plot.addEventListener("focusin", ({ target }) => point(view, target.closest("[data-id]")));
  plot.addEventListener("focusout", () => point(view, null));
}

function point(view, circle) {
  view.tip.hidden = !circle;
  if (!circle) return;
  view.tip.textContent = circle.getAttribute("aria-label");
  const { x, y, r } = view.places.get(circle.dataset.id), half = view.tip.offsetWidth / 2;
  view.tip.style.left = `${Math.max(Math.min(x, view.plot.clientWidth - half), half)}px`;
  view.tip.style.top = `${Math.max(y - r - 8, view.tip.offsetHeight)}px`;
}

function draw(view) {
  const { data, svg } = view, width = view.plot.clientWidth, height = view.plot.clientHeight;
  if (!width) return;
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("aria-label", data.alt);
  const scale = ({ low, high }, from, to) => (value) => from + ((value - low) / (high - low || 1)) * (to - from);
  const area = { left: EDGE.left, right: width - EDGE.right, top: EDGE.top, bottom: height - EDGE.bottom };
  view.area = area;
  view.x = scale(data.x, area.left + EDGE.inside, area.right - EDGE.inside);
  view.y = scale(data.y, area.bottom - EDGE.inside, area.top + EDGE.inside);
  const largest = Math.min(LARGEST, width / 26) * Math.min(1, Math.sqrt(40 / Math.max(data.points.length, 1)));
  view.radius = (share) => (share === null ? 4 : Math.max(3.5, largest * Math.sqrt(share)));
  view.under.replaceChildren(...frame(data, view));
  view.places = new Map(data.points.map((one) => [one.id, { x: view.x(one.x), y: view.y(one.y), r: view.radius(one.share) }]));
  const known = new Set(view.places.keys());
  for (const [id, circle] of view.shapes) if (!known.has(id)) { circle.remove(); view.shapes.delete(id); }
  data.points.forEach(({ id, told, share }, i) => {
    let circle = view.shapes.get(id);
    if (!circle) {
      circle = element("circle", { role: "option", "data-id": id, tabindex: i ? -1 : 0 });
      view.circles.append(circle);
      view.shapes.set(id, circle);
    }
    const { x, y, r } = view.places.get(id);
    for (const [name, value] of Object.entries({ cx: x, cy: y, r, "aria-label": told, class: share === null ? "unsized" : "" })) circle.setAttribute(name, value);
  });
  if (data.points.length && ![...view.shapes.values()].some((one) => one.getAttribute("tabindex") === "0")) {
    view.shapes.values().next().value.setAttribute("tabindex", 0);
  }
  view.key.replaceChildren(...sizes(data, view.radius));
  overlay(view);
}

// What stands over the circles: the ways of marked areas, these once more in their colours, names.
function overlay(view) {
  const colours = painted(view.marked, view.data.palette);
  for (const [id, circle] of view.shapes) circle.setAttribute("aria-selected", String(id in colours));
  const strong = Object.entries(colours).filter(([id]) => view.places.has(id)).map(([id, fill]) => {
    const { x, y, r } = view.places.get(id);
    return element("circle", { cx: x, cy: y, r, fill, class: "marked" });
  });
  const labels = element("g", {});
  view.over.replaceChildren(...ways(view.data, view, colours), ...strong, labels);
  names(labels, view, colours);
}

export default function render({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".scatter");
  const view = views.get(parentElement) ?? mounted(root, (ids) => view.trigger(ids));
  views.set(parentElement, view);
  view.trigger = (ids) => setTriggerValue("chosen", ids);
  view.data = data;
  // What was marked last counts, though its answer may still be on the way.
  const late = view.sent && view.sent.key !== data.chosen.join() && Date.now() - view.sent.at < PATIENCE;
  if (!late) {
    [view.marked, view.sent] = [data.chosen, null];
    settle();
  }
  draw(view);
}
