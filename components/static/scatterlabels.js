// Names beside circles, as far as they fit; those of marked areas come first.
import { element } from "./mapshapes.js";

const MOST = 150;

const apart = (a, b) => a.right < b.left || a.left > b.right || a.bottom < b.top || a.top > b.bottom;

export function names(group, view, colours) {
  const { points } = view.data, { area, places } = view;
  const marked = points.filter(({ id }) => id in colours);
  const others = points.length <= MOST ? points.filter(({ id }) => !(id in colours)) : [];
  const circles = [...places.entries()].map(([id, { x, y, r }]) => ({ id, left: x - r * 0.7, right: x + r * 0.7, top: y - r * 0.7, bottom: y + r * 0.7 }));
  const taken = [];
  for (const { id, name } of [...marked, ...others]) {
    const { x, y, r } = places.get(id), strong = id in colours;
    const label = element("text", { class: strong ? "name strong" : "name", ...(strong ? { style: `fill:${colours[id]}` } : {}) }, name);
    group.append(label);
    const width = label.getComputedTextLength(), half = 8;
    const room = [
      [x + r + 4, y, "start", x + r + 4],
      [x - r - 4, y, "end", x - r - 4 - width],
      [x, y - r - 9, "middle", x - width / 2],
      [x, y + r + 10, "middle", x - width / 2],
    ].find(([, cy, , from]) => {
      const own = { left: from, right: from + width, top: cy - half, bottom: cy + half };
      const fits = own.left >= area.left && own.right <= area.right + 16 && own.top >= area.top - 8 && own.bottom <= area.bottom;
      const free = fits && taken.every((other) => apart(own, other)) && circles.every((other) => other.id === id || apart(own, other));
      if (free) taken.push(own);
      return free;
    });
    if (!room && !strong) label.remove();
    else {
      const [cx, cy, anchor] = room ?? (x + r + 4 + width > area.right ? [x - r - 4, y, "end"] : [x + r + 4, y, "start"]);
      for (const [key, value] of Object.entries({ x: cx, y: cy, "text-anchor": anchor })) label.setAttribute(key, value);
    }
  }
}
