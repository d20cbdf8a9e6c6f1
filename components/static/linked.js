// What is marked on one drawing of a page shows on all of them at once, before the server answers.
const heard = new Map();

export function follow(element, listener) {
  heard.set(element, listener);
}

export function mark(chosen) {
  for (const [element, listener] of heard) {
    if (element.isConnected) listener(chosen);
    else heard.delete(element);
  }
}
