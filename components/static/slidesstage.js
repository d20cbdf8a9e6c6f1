// What the two components of a presentation share: the stage hears what the server answered.
let answer = null;
let ask = null;
let from = null;
let hear = () => {};

export function answered(data, asking, place) {
  from = place;
  answer = data;
  ask = asking;
  hear(data);
}

export function listen(heard) {
  hear = heard;
  // An answer of an earlier visit counts no longer.
  if (answer && from?.isConnected !== false) heard(answer);
}

export const asking = (wanted) => ask?.(wanted);
