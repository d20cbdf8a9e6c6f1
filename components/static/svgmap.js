// District maps as plain SVG: walkable by keyboard, readable by a screen reader, and fast on PCs
// without a graphics card. Geometry comes once by URL; a change of indicator sends only class
// numbers and texts. Several maps share what is chosen and pointed at, and go through the years
// together without asking the server.
import { element, loaded, outlines, patterns, project, surroundings, WIDTH } from "./mapshapes.js";
import { write } from "./maplabels.js";
import { mark, overlay } from "./mappoints.js";
import { captions, layer, legend, player } from "./mapsteps.js";
import { follow } from "./linked.js";
import { neighbour, STEPS } from "./walk.js";

const instances = new WeakMap();
const turns = new WeakMap();

const box = (name, className) => Object.assign(document.createElement(name), { className });

function build(shape, around, first, link) {
  const root = box("div", "map"), tip = box("div", "tip"), figure = box("figure", "plate");
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
  const points = overlay({ told: (text, event) => link.say(plate, text, event) });
  // Maps of one page share the patterns of the first one.
  svg.append(...(first ? [patterns()] : []), ...(around ? [surroundings(around, shape)] : []), areas, chosen, ring, points.circles, points.signs, texts);
  tip.hidden = true;
  root.append(svg, tip);
  root.classList.toggle("ground", Boolean(around));
  figure.append(root);
  const rings = ["casing", "line"].map((kind) => element("path", { class: kind }));
  ring.append(...rings);
  const plate = { figure, root, svg, tip, rings, paths, chosen, texts, points };

  const focus = (path) => {
    paths.forEach((p) => p.setAttribute("tabindex", p === path ? 0 : -1));
    path.focus();
  };
  svg.onkeydown = (event) => {
    const path = event.target.closest("[data-id]");
    if (!path) return;
    if (STEPS[event.key]) focus(neighbour(paths, path, STEPS[event.key]));
    else if (event.key === "Home") focus(paths[0]);
    else if (event.key === "End") focus(paths.at(-1));
    else if (event.key === "Enter" || event.key === " ") link.choose(path.dataset.id);
    else return;
    event.preventDefault();
  };
  svg.onclick = (event) => {
    const path = event.target.closest("[data-id]");
    if (path) link.choose(path.dataset.id);
  };
  const point = (event) => link.point(plate, paths.indexOf(event.target.closest("[data-id]")), event);
  svg.onpointermove = point;
  // On the drawing itself these listeners would make it one more stop for the keyboard.
  root.addEventListener("focusin", point);
  svg.onpointerleave = () => link.leave();
  root.addEventListener("focusout", () => link.leave(true));
  return plate;
}

// What is pointed at is told and outlined in all maps; where there is one, the outline is for the keyboard.
function linked(view) {
  const told = (plate, i, event) => {
    plate.told = i;
    plate.tip.hidden = i < 0;
    if (i < 0) return;
    const at = plate.paths[i].getBoundingClientRect();
    const x = event?.clientX ?? at.x + at.width / 2, y = event?.clientY ?? at.y + at.height / 2;
    tell(plate, plate.paths[i].getAttribute("aria-label"), x, y);
  };
  const tell = (plate, text, x, y) => {
    plate.tip.textContent = text;
    const frame = plate.root.getBoundingClientRect();
    const half = Math.max(70, plate.tip.offsetWidth / 2);
    plate.tip.style.left = `${Math.max(Math.min(x - frame.x, frame.width - half), half)}px`;
    plate.tip.style.top = `${Math.max(y - frame.y - 14, 34)}px`;
  };
  const circle = (i) => {
    for (const plate of view.plates) {
      for (const one of plate.rings) one.setAttribute("d", i < 0 ? "" : plate.paths[i].getAttribute("d"));
    }
  };
  const focused = () => Math.max(...view.plates.map(({ paths }) => paths.findIndex((path) => path.matches(":focus-visible"))));
  return {
    choose: (id) => view.choose(id),
    say: (plate, text, { clientX, clientY }) => {
      plate.told = -1;
      plate.tip.hidden = false;
      tell(plate, text, clientX, clientY);
    },
    point: (from, i, event) => {
      for (const plate of view.plates) told(plate, i, plate === from ? event : undefined);
      circle(view.plates.length > 1 && i >= 0 ? i : focused());
    },
    leave: (blurred) => {
      for (const plate of view.plates) told(plate, -1);
      circle(blurred ? -1 : focused());
    },
  };
}

function paint(plate, shape, data, chosen) {
  plate.svg.setAttribute("aria-label", data.alt);
  plate.svg.setAttribute("aria-multiselectable", String(Boolean(data.several)));
  plate.paths.forEach((path, i) => {
    path.setAttribute("fill", data.fills[data.codes[i]]);
    path.setAttribute("aria-label", `${shape.areas[i].name}: ${data.texts[i]}`);
    path.setAttribute("aria-selected", String(shape.ids[i] in chosen));
  });
  if (plate.told >= 0) plate.tip.textContent = plate.paths[plate.told].getAttribute("aria-label");
  plate.chosen.replaceChildren(...outlines(shape, data, chosen));
  write(plate, shape, data, chosen);
}

function resize({ svg, root }) {
  const { width, height } = svg.viewBox.baseVal;
  const unit = width / Math.min(root.clientWidth || 1, (root.clientHeight || 1) * (width / height));
  svg.style.setProperty("--unit", `${unit}px`);
  // A neighbour's name that the edge would cut says nothing.
  const frame = root.getBoundingClientRect();
  for (const name of svg.querySelectorAll(".around text")) {
    const place = name.getBoundingClientRect();
    const cut = place.left < frame.left || place.right > frame.right || place.top < frame.top || place.bottom > frame.bottom;
    name.style.visibility = cut ? "hidden" : "";
  }
}

// A page without `maps` has one, described by the data itself.
function mounted(stage, shape, around, data) {
  const view = { shape, geometry: data.geometry, steps: data.steps };
  const link = linked(view);
  view.plates = (data.maps ?? [data]).map((_map, i) => build(shape, around, !i, link));
  view.draw = (plate) => {
    const map = layer((view.data.maps ?? [view.data])[view.plates.indexOf(plate)], view.step);
    paint(plate, shape, map, view.data.chosen);
    mark(plate.points, shape, map, parseFloat(plate.svg.style.getPropertyValue("--unit")));
  };
  view.observer = new ResizeObserver((entries) => {
    for (const plate of view.plates.filter(({ root }) => entries.some(({ target }) => target === root))) {
      resize(plate);
      view.draw(plate);
    }
  });
  view.captions = captions(view.plates);
  view.player = player(view);
  view.legend = legend();
  const grid = box("div", "plates");
  grid.append(...view.plates.map(({ figure }) => figure));
  stage.replaceChildren(...[view.player?.bar, grid, view.legend.list].filter(Boolean));
  stage.dataset.maps = view.plates.length;
  return view;
}

export default async function render({ data, parentElement, setTriggerValue }) {
  const stage = parentElement.querySelector(".maps");
  const turn = (turns.get(parentElement) ?? 0) + 1;
  turns.set(parentElement, turn);
  const shape = await loaded(data.geometry, project);
  const around = data.around && (await loaded(data.around, (found) => found));
  if (turns.get(parentElement) !== turn) return; // a later one has overtaken this
  let view = instances.get(parentElement);
  const same = view && view.geometry === data.geometry && view.plates.length === (data.maps ?? [data]).length;
  if (!same || Boolean(view.steps) !== Boolean(data.steps)) {
    view?.observer.disconnect();
    view?.player?.leave();
    view = mounted(stage, shape, around, data);
    instances.set(parentElement, view);
  }
  view.choose = (id) => setTriggerValue("chosen", id);
  view.halt = (step) => setTriggerValue("period", step);
  view.data = data;
  view.player?.follow(data);
  view.legend.show(data);
  view.captions.show(data, view.step);
  for (const plate of view.plates) {
    plate.root.style.maxHeight = data.height;
    plate.root.style.aspectRatio = `${WIDTH} / ${shape.height}`;
    resize(plate);
    view.draw(plate);
    view.observer.observe(plate.root);
  }
  if (data.linked) {
    follow(parentElement, (chosen) => {
      view.data = { ...view.data, chosen };
      view.plates.forEach(view.draw);
    });
  }
}
