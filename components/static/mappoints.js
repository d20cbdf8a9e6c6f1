// Facilities above a map as signs of one size, and circles around them in metres. They are for the
// eye and the mouse; the list on the page is for keyboard and screen reader.
import { element } from "./mapshapes.js";

const METRES = 111267; // a degree of latitude in the middle of Germany
const SIGNS = {
  circle: "M-9,0a9,9 0 1,0 18,0a9,9 0 1,0 -18,0Z",
  square: "M-8,-8H8V8H-8Z",
  diamond: "M0,-11L11,0L0,11L-11,0Z",
  triangle: "M0,-11L11,8H-11Z",
  hexagon: "M-5.5,-9.5H5.5L11,0L5.5,9.5H-5.5L-11,0Z",
};

// The layer of one map; `told` shows a text at a sign, `left` hides it.
export function overlay(link) {
  const circles = element("g", { role: "presentation", "aria-hidden": "true", class: "circles" });
  const signs = element("g", { role: "presentation", "aria-hidden": "true", class: "points" });
  const of = (event) => event.target.closest("[data-point]");
  signs.addEventListener("pointermove", (event) => {
    event.stopPropagation();
    const sign = of(event);
    if (sign) link.told(sign.dataset.told, event);
  });
  signs.addEventListener("click", (event) => {
    event.stopPropagation();
    const sign = of(event);
    if (sign) window.open(new URL(sign.dataset.point, document.baseURI), "_self");
  });
  return { circles, signs };
}

// Signs keep their size on the screen: `unit` is what a pixel is in the drawing.
export function mark({ circles, signs }, shape, data, unit) {
  const points = data.points ?? [], size = unit * (unit > 2.4 ? 0.75 : 1); // smaller on a phone
  circles.replaceChildren(...(data.metres ? points.filter((point) => point.own) : []).flatMap(({ at }) => {
    const [x, y] = shape.place(at);
    const r = y - shape.place([at[0], at[1] + data.metres / METRES])[1];
    // Light below dark: a circle is seen on light and on dark areas.
    return ["casing", "line"].map((name) => element("circle", { cx: x, cy: y, r, class: name }));
  }));
  signs.replaceChildren(...points.map(({ at, sign, shape: form, told, to, own }) => {
    const [x, y] = shape.place(at);
    const group = element("g", { class: own ? "own" : "", "data-point": to, "data-told": told, transform: `translate(${x} ${y}) scale(${size})` });
    const letters = element("text", { y: form === "triangle" ? 2.5 : 0.5 }, sign);
    group.append(element("path", { d: SIGNS[form] }), letters);
    return group;
  }));
}
