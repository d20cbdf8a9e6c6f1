// Arrow keys go from one shape of a drawing to the next one in their direction, as the eye would.
export const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export function neighbour(shapes, from, [dx, dy]) {
  const centre = (shape) => { const b = shape.getBBox(); return [b.x + b.width / 2, b.y + b.height / 2]; };
  const [x, y] = centre(from);
  let best = from, least = Infinity;
  for (const shape of shapes) {
    const [px, py] = centre(shape);
    const ahead = (px - x) * dx + (py - y) * dy;
    const aside = Math.abs((px - x) * dy) + Math.abs((py - y) * dx);
    if (shape !== from && ahead > 1 && ahead + 2 * aside < least) [best, least] = [shape, ahead + 2 * aside];
  }
  return best;
}
