// What is marked on one drawing of a page shows on all of them at once, before the server answers.
const heard = new Map();
let held = null;

// Who draws anew meanwhile, from what the server knew before, hears again what counts.
export function follow(element, listener) {
  heard.set(element, listener);
  if (held) listener(held);
}

export function mark(chosen) {
  held = chosen;
  for (const [element, listener] of heard) {
    if (element.isConnected) listener(chosen);
    else heard.delete(element);
  }
}

// The server knows as much.
export function settle() {
  held = null;
}
