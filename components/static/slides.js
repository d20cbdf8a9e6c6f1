// The stage of a presentation. It holds what is wanted (slide, area, period, near); prepared slides
// are drawn at once, also when the server is gone, everything else when the server answered.
import { asking, listen } from "./slidesstage.js";

const WIDE = 1920, HIGH = 1080;
const NARROW = 900; // Pixels below which a slide is read like a page.
const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const SECONDS = 4, PATIENCE = 5;
const CHANNEL = "quartierspuls-praesentation";

const state = { slide: 1, area: "", period: "", near: false };
const kept = new Map();
let data = null, stage = null, overlay = "", started = null, channel = null, saying = null;
let clock = null, waiting = null, fresh = true, at = 0;

const element = (tag, name, text) => {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text !== undefined) made.textContent = text;
  return made;
};
const name = (wanted) => JSON.stringify([wanted.slide, wanted.area, wanted.period, wanted.near]);
const prepared = () => data.slides[state.slide - 1];
const asked = () => Boolean(state.area || state.period || state.near);
const shown = () => (asked() ? kept.get(name(state))?.slide : null) ?? prepared();
const clamp = (n) => Math.min(Math.max(n, 1), data.slides.length);

function want(change, told = true) {
  Object.assign(state, change);
  fresh = false;
  at = Date.now(); // The same wish after the browser's Back is a new one.
  overlay = "";
  say("");
  draw();
  ask();
  if (told) channel?.postMessage({ shown: data.back, wanted: { ...state } });
  clearTimeout(waiting);
  waiting = setTimeout(() => { if (asked() && !kept.has(name(state))) say(data.words.lost); }, PATIENCE * 1000);
}

// The other window's wish, where it shows the same.
function follow({ data: { shown, wanted } }) {
  if (shown === data.back) want({ ...wanted, slide: clamp(wanted.slide) }, false);
}

// The browser's Back and Forward: the stage follows the address.
function back() {
  if (!stage?.isConnected) return;
  const said = new URLSearchParams(location.search);
  if (!said.has("folie")) return;
  const slide = clamp(parseInt(said.get("folie"), 10) || 1);
  const [area, period] = [said.get("gebiet") ?? "", said.get("zeit") ?? ""];
  Object.assign(state, { slide, area, period, near: said.get("nah") === "ja" });
  at = Date.now();
  draw();
  ask();
}

// The address always says what is shown, so a link of the moment can be passed on.
const ask = () => asking({ ...state, at });

function heard(answer) {
  kept.set(name(answer.asked), answer);
  if (data && name(answer.asked) === name(state)) draw();
  else if (data && asked() && !kept.has(name(state))) ask();
}

function say(text) {
  const line = stage.querySelector(".said");
  line.textContent = text;
  clearTimeout(saying);
  if (text) saying = setTimeout(() => { line.textContent = ""; }, SECONDS * 1000);
}

// A short table is set larger, to be read from the last row.
function grow(slide) {
  const body = slide.querySelector(".body");
  if (!body || stage.classList.contains("narrow")) return;
  for (const size of LARGE) {
    body.style.setProperty("--type", `${size}px`);
    if (body.scrollHeight <= body.clientHeight && body.scrollWidth <= body.clientWidth) return;
  }
  body.style.removeProperty("--type");
}

// What does not fit is taken away from the end, and said; a key stays.
const ROWS = "tbody tr, li:not(.qp-legend li)";

function cut(slide) {
  const body = slide.querySelector(".body");
  const rows = body ? [...body.querySelectorAll(ROWS)].reverse() : [];
  let gone = 0;
  for (const row of rows) {
    if (body.scrollHeight <= body.clientHeight) break;
    row.remove();
    gone += 1;
  }
  if (!gone) return;
  const note = element("p", "more", data.words.more);
  body.after(note);
  const left = [...body.querySelectorAll(ROWS)].reverse();
  for (const row of left) {
    if (body.scrollHeight <= body.clientHeight) break;
    row.remove();
  }
}

// The key of a drawing stands beside it, in type that can be read.
function legend(svg, words, held) {
  for (const own of svg.querySelectorAll("g.role-legend")) {
    const title = own.querySelector(".role-legend-title text")?.textContent;
    const list = element("ul", "legend");
    const fills = [...own.querySelectorAll(".role-legend-symbol path")];
    [...own.querySelectorAll(".role-legend-label text")].forEach((label, place) => {
      const item = element("li");
      const colour = element("i");
      colour.style.background = fills[place]?.getAttribute("fill");
      item.append(colour, label.textContent);
      list.append(item);
    });
    if (title) words?.append(element("p", "unit", title));
    if (held) words?.append(element("p", "unit", data.words.held));
    words?.append(list);
    own.remove();
  }
}

// Type in a drawing is as large as on the rest of the slide: texts grow, the drawing makes room for
// them, and a label that would cover another one goes; the spotlight's stays.
const TYPE = 24.5, SMALL = 12, ROUNDS = 4, INSIDE = 0.16, STEPS = [0, -0.6, 0.6, -1.1, 1.1, -1.7, 1.7];
const LARGE = [32, 28];
const SIZES = [34, 30, 27, 24];
const SIGN = 11; // Letters within signs are no type.

// What a drawing takes: its frames and texts. Shapes beyond a frame are cut off there.
function extent(svg) {
  const back = svg.getScreenCTM().inverse();
  const boxes = [...svg.querySelectorAll("path.background, text")].map((one) => one.getBoundingClientRect());
  const seen = boxes.filter((box) => box.width && box.height);
  const corner = (x, y) => new DOMPoint(x, y).matrixTransform(back);
  const from = corner(Math.min(...seen.map((b) => b.left)), Math.min(...seen.map((b) => b.top)));
  const to = corner(Math.max(...seen.map((b) => b.right)), Math.max(...seen.map((b) => b.bottom)));
  return { x: from.x, y: from.y, width: to.x - from.x, height: to.y - from.y };
}

// The drawing fills its box; the scale at which it does.
function filled(svg, narrow) {
  const { x, y, width, height } = extent(svg);
  svg.setAttribute("viewBox", `${x - 2} ${y - 2} ${width + 4} ${height + 4}`);
  const box = svg.parentElement;
  return Math.min(box.clientWidth / (width + 4), (narrow ? Infinity : box.clientHeight) / (height + 4));
}

function enlarge(svg, narrow) {
  const size = (text) => parseFloat(text.getAttribute("font-size") || "12");
  const texts = [...svg.querySelectorAll("text")].filter((text) => size(text) > SIGN);
  const sizes = texts.map(size);
  for (let round = 0; round < ROUNDS; round += 1) {
    const scale = filled(svg, narrow);
    texts.forEach((text, place) => {
      text.setAttribute("font-size", `${Math.max(sizes[place], (narrow ? SMALL : TYPE) / scale)}px`);
      for (const line of text.querySelectorAll("tspan")) if (+line.getAttribute("dy")) line.setAttribute("dy", "1.05em");
    });
  }
  // What grew last has room, too.
  filled(svg, narrow);
}

const covers = (a, b) =>
  Math.min(a.right, b.right) - Math.max(a.left, b.left) > INSIDE * Math.min(a.height, b.height) &&
  Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > INSIDE * Math.min(a.height, b.height);

function declutter(svg, front) {
  // Beside another bar a number would be false: there it goes.
  const steps = svg.querySelector("g.mark-rect.role-mark") ? [0] : STEPS;
  const labels = new Map();
  for (const text of svg.querySelectorAll("g.mark-text text")) {
    const said = text.textContent;
    // A label and the halo below it stand at the same place.
    const own = `${said}|${text.getAttribute("transform")}`;
    if (said) labels.set(own, [...(labels.get(own) ?? []), text]);
  }
  const sign = (text) => parseFloat(text.getAttribute("font-size")) <= SIGN;
  const lit = (said) => front.some((name) => name && said.startsWith(name));
  const weight = ([said, [text]]) => (sign(text) ? 0 : lit(said) ? 1 : 2);
  const taken = [];
  let gone = 0, discs = 0;
  for (const [said, same] of [...labels].sort((a, b) => weight(a) - weight(b))) {
    if (sign(same[0])) {
      discs = taken.push(same[0].getBoundingClientRect());
      continue; // It belongs to its disc.
    }
    const [before, high] = [same[0].getAttribute("transform") ?? "", same[0].getBBox().height];
    const fits = (others) => steps.some((step) => {
      for (const text of same) text.setAttribute("transform", `${before} translate(0 ${step * high})`);
      const box = same[0].getBoundingClientRect();
      if (others.some((other) => covers(box, other))) return false;
      taken.push(box);
      return true;
    });
    // A name in the spotlight rather stands on signs than goes.
    if (fits(taken) || (lit(said) && fits(taken.slice(discs)))) continue;
    for (const text of same) text.remove();
    gone += 1;
  }
  return gone;
}

// The words beside a drawing end above the foot: a long statement is set smaller.
function shrink(words) {
  const said = words?.querySelector(".statement");
  for (const size of said && !stage.classList.contains("narrow") ? SIZES : []) {
    if (words.scrollHeight <= words.clientHeight) break;
    said.style.fontSize = `${size}px`;
  }
}

function draw() {
  const slide = shown();
  const place = stage.querySelector(".slide");
  if (place.dataset.drawn !== slide.html) {
    place.innerHTML = slide.html;
    place.dataset.drawn = slide.html;
    for (const found of place.querySelectorAll("details")) found.remove();
    // Nobody in the room can follow a way to another site.
    for (const found of place.querySelectorAll("a[target='_blank']")) (found.closest("dl > div") ?? found).remove();
    for (const found of place.querySelectorAll("a")) found.replaceWith(...found.childNodes);
    for (const found of place.querySelectorAll("[tabindex]")) found.removeAttribute("tabindex");
    grow(place);
    cut(place);
    const drawing = place.querySelector(".drawing svg");
    if (drawing) {
      legend(drawing, place.querySelector(".words"), slide.held);
      enlarge(drawing, stage.classList.contains("narrow"));
      const gone = declutter(drawing, slide.front);
      // Labels that stepped aside may stand beyond the edge.
      enlarge(drawing, stage.classList.contains("narrow"));
      if (gone) place.querySelector(".words")?.append(element("p", "more", data.words.crowded));
      shrink(place.querySelector(".words"));
    }
  }
  const count = data.words.of.replace("{n}", state.slide).replace("{count}", data.slides.length);
  stage.querySelector(".count").textContent = count;
  place.setAttribute("aria-label", `${count}: ${slide.title}`);
  stage.querySelector(".waiting").hidden = !asked() || kept.has(name(state));
  rehearse();
  cover();
}

function rehearse() {
  const aside = stage.querySelector(".rehearsal");
  aside.hidden = !data.rehearsal;
  if (!data.rehearsal) return;
  const next = data.slides[state.slide];
  aside.querySelector(".note").textContent = prepared().note || data.words.nonote;
  aside.querySelector(".next").innerHTML = next ? next.html : "";
  aside.querySelector(".last").textContent = next ? "" : data.words.last;
}

function tick() {
  const aside = stage?.isConnected && stage.querySelector(".rehearsal");
  if (!aside) return;
  const passed = Math.floor((Date.now() - started) / 1000);
  const two = (n) => String(n).padStart(2, "0");
  const now = new Date();
  aside.querySelector(".clock").textContent = `${two(now.getHours())}:${two(now.getMinutes())}`;
  aside.querySelector(".elapsed").textContent =
    `${data.words.elapsed} ${Math.floor(passed / 60)}:${two(passed % 60)}`;
}

const COVERS = {
  help() {
    const box = element("div", "box");
    box.append(element("h2", "", data.words.help));
    const list = element("dl");
    for (const [key, text] of data.words.keys) list.append(element("dt", "", key), element("dd", "", text));
    const ways = element("p", "ways");
    for (const [where, text] of [[data.other, data.words.rehearse], [data.back, data.words.close]]) {
      const link = element("a", "", text);
      link.href = new URL(where, document.baseURI);
      if (where === data.other) link.target = "_blank";
      ways.append(link);
    }
    box.append(list, ways);
    return box;
  },
  code() {
    const box = element("div", "box code");
    box.append(element("h2", "", data.words.code));
    const drawn = element("div");
    drawn.innerHTML = (asked() && kept.get(name(state))?.code) || data.codes[state.slide - 1];
    box.append(drawn);
    return box;
  },
  blank() {
    const box = element("div", "dark");
    box.append(element("span", "hidden", data.words.blank));
    return box;
  },
  pick() {
    const box = element("div", "box pick");
    box.append(element("h2", "", data.words.pick));
    const areas = shown().areas, few = areas.length <= LETTERS.length;
    const list = element("ol");
    const fill = (part) => {
      const like = areas.filter(([, text]) => text.toLowerCase().includes(part.toLowerCase()));
      list.replaceChildren(...like.slice(0, LETTERS.length).map(([id, text], place) => {
        const item = element("li");
        const button = element("button", "", text);
        if (few) button.prepend(element("kbd", "", LETTERS[place].toUpperCase()));
        button.onclick = () => want({ area: id });
        item.append(button);
        return item;
      }));
    };
    fill("");
    if (!few) {
      const field = element("input");
      field.setAttribute("aria-label", data.words.search);
      field.placeholder = data.words.search;
      field.oninput = () => fill(field.value);
      field.onkeydown = (event) => {
        if (event.key === "Enter") list.querySelector("button")?.click();
      };
      box.append(field);
      setTimeout(() => field.focus());
    }
    box.append(list);
    return box;
  },
};

function cover() {
  const place = stage.querySelector(".cover");
  if (place.dataset.shown === overlay) return;
  place.dataset.shown = overlay;
  place.replaceChildren(...(overlay ? [COVERS[overlay]()] : []));
  place.hidden = !overlay;
}

const toggle = (kind) => {
  overlay = overlay === kind ? "" : kind;
  cover();
};

function area(step) {
  const areas = shown().areas;
  if (!areas.length) return say(data.words.noarea);
  const at = areas.findIndex(([id]) => id === state.area);
  const to = at < 0 ? (step > 0 ? 0 : areas.length - 1) : (at + step + areas.length) % areas.length;
  want({ area: areas[to][0] });
}

function year(step) {
  const { periods, period } = shown();
  const here = periods.indexOf(state.period || period);
  const to = periods[here + step];
  if (here < 0 || periods.length < 2) return say(data.words.noyear);
  if (!to) return say(step > 0 ? data.words.newest : data.words.oldest);
  want({ period: to === prepared().period ? "" : to });
}

function near() {
  if (!state.area && !state.near) return say(data.words.nomap);
  want({ near: !state.near });
}

const go = (to) => want({ slide: clamp(to), period: "", near: false });

function full() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.();
}

const KEYS = {
  ArrowRight: () => go(state.slide + 1),
  PageDown: () => go(state.slide + 1),
  " ": () => go(state.slide + 1),
  ArrowLeft: () => go(state.slide - 1),
  PageUp: () => go(state.slide - 1),
  Home: () => go(1),
  End: () => go(data.slides.length),
  ArrowDown: () => area(1),
  ArrowUp: () => area(-1),
  "+": () => year(1),
  "-": () => year(-1),
  "−": () => year(-1),
  ".": () => year(1),
  ",": () => year(-1),
  z: near,
  b: () => toggle("blank"),
  q: () => toggle("code"),
  g: () => (shown().areas.length ? toggle("pick") : say(data.words.noarea)),
  f: full,
  "?": () => toggle("help"),
  h: () => toggle("help"),
  0: () => want({ area: "", period: "", near: false }),
  Escape: () => (overlay ? toggle(overlay) : want({ area: "", period: "", near: false })),
};

function pressed(event) {
  if (!stage?.isConnected || event.ctrlKey || event.altKey || event.metaKey) return;
  const typing = event.composedPath()[0].matches?.("input");
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (typing && key !== "Escape") return event.stopPropagation();
  const areas = shown().areas;
  if (overlay === "pick" && LETTERS.includes(key) && areas.length <= LETTERS.length) {
    const found = areas[LETTERS.indexOf(key)];
    if (found) want({ area: found[0] });
  } else if (overlay === "blank") {
    toggle("blank");
  } else if ((key === " " || key === "Enter") && event.composedPath()[0].matches?.("a, button")) {
    return; // The keyboard is on a link or a button.
  } else if (KEYS[key]) {
    KEYS[key]();
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

function fit() {
  if (!stage?.isConnected) return;
  const narrow = innerWidth < NARROW;
  const room = data.rehearsal && !narrow ? 0.62 : 1;
  const scale = Math.min((innerWidth * room) / WIDE, innerHeight / HIGH);
  stage.classList.toggle("narrow", narrow);
  stage.style.setProperty("--scale", narrow ? 1 : scale);
}

function build(parent) {
  stage = parent.querySelector(".stage");
  stage.innerHTML =
    '<div class="frame"><section class="slide" role="region" aria-live="polite" tabindex="-1"></section>' +
    '<p class="corner"><span class="waiting" hidden></span><button class="hint" type="button"></button>' +
    '<span class="count"></span></p><p class="said" role="status"></p></div>' +
    '<aside class="rehearsal" hidden><p class="clock"></p><p class="elapsed"></p><h2></h2>' +
    '<p class="note"></p><h2></h2><div class="small"><div class="next" aria-hidden="true"></div></div>' +
    '<p class="last"></p></aside><div class="cover" hidden></div>';
  stage.querySelector(".hint").onclick = () => toggle("help");
  stage.querySelector(".slide").onclick = () => {
    if (stage.classList.contains("narrow")) go(state.slide + 1);
  };
}

// Listeners of an earlier visit are the same functions; what can exist twice is ended first.
function begin() {
  Object.assign(state, { slide: 1, area: "", period: "", near: false });
  overlay = "";
  fresh = true;
  started = Date.now();
  channel?.close();
  channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = follow;
  clearInterval(clock);
  clock = setInterval(tick, 1000);
  addEventListener("keydown", pressed, true);
  addEventListener("resize", fit);
  addEventListener("popstate", back);
  listen((answer) => {
    if (fresh) Object.assign(state, answer.asked);
    fresh = false;
    heard(answer);
  });
}

export default function render(component) {
  const first = data === null || !stage?.isConnected;
  if (first || data.back !== component.data.back) kept.clear();
  data = component.data;
  if (first) {
    build(component.parentElement);
    begin();
  }
  const words = data.words;
  stage.querySelector(".hint").textContent = words.hint;
  stage.querySelector(".waiting").textContent = words.waiting;
  const [note, next] = stage.querySelectorAll(".rehearsal h2");
  note.textContent = words.note;
  next.textContent = words.next;
  state.slide = clamp(state.slide);
  fit();
  draw();
  tick();
  if (first) stage.querySelector(".slide").focus();
}
