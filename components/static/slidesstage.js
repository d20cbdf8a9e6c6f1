// What the two components of a presentation share: the stage hears what the server answered.
let answer = null;
let ask = null;
let hear = () => {};

export function answered(data, asking) {
  answer = data;
  ask = asking;
  hear(data);
}

export function listen(heard) {
  hear = heard;
  if (answer) heard(answer);
}

export const asking = (wanted) => ask?.(wanted);
