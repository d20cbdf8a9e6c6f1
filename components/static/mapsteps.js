// Maps that go through the years together: what each shows at a step, captions, legends, player.
const PACE = 1000;
const SETTLED = 350;
const LEAPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, Home: -Infinity, End: Infinity };

const node = (name, className, text = "") =>
  Object.assign(document.createElement(name), { className, textContent: text });

// A map at a step. Equal cells are sent once; a frame tells for each area which one it has.
export function layer(map, step) {
  if (!map.frames) return map;
  const cells = map.frames[step ?? 0].map((which) => map.cells[which]);
  const [codes, texts, tags, signs] = [0, 1, 2, 3].map((part) => cells.map((cell) => cell[part]));
  const alt = step === undefined || step === map.told ? map.alt : `${map.title}, ${map.subs[step]}`;
  return { ...map, alt, codes, texts, tags, signs };
}

// Above each map what differs from the others, below it its own legend if it has one.
export function captions(plates) {
  const shown = plates.map(({ figure }) => {
    const caption = node("figcaption", ""), title = node("b", "title"), sub = node("span", "sub"), own = legend();
    caption.append(title, sub);
    figure.prepend(caption);
    figure.append(own.list);
    return { caption, title, sub, own };
  });
  return {
    show(data, step) {
      shown.forEach(({ caption, title, sub, own }, i) => {
        const map = data.maps?.[i];
        caption.hidden = !map;
        own.show({ legend: map?.legend });
        if (map) [title.textContent, sub.textContent] = [map.title, map.subs[step ?? 0]];
      });
    },
  };
}

export function legend() {
  const list = node("div", "legend");
  return {
    list,
    show({ legend: known }) {
      list.hidden = !known;
      if (!known) return;
      const items = known.items.map(([paint, label]) => {
        const item = node("li", ""), swatch = node("i", "");
        swatch.style.background = paint;
        item.append(swatch, label);
        return item;
      });
      const names = node("ul", "");
      names.append(...items);
      list.replaceChildren(node("p", "", known.head), names);
    },
  };
}

// Button, slider and year; the server only hears where it stands once it stands still.
export function player(view) {
  if (!view.steps) return null;
  const bar = node("div", "player"), play = node("button", "play"), range = node("input", "range");
  const year = node("strong", "year"), said = node("p", "unseen");
  const [from, to] = [node("span", "end"), node("span", "end")];
  Object.assign(play, { type: "button" });
  Object.assign(range, { type: "range", min: 0, step: 1 });
  bar.role = "group";
  said.role = "status";
  bar.append(play, year, from, range, to, said);
  let ticking = null, settling = null, sent = null;

  const last = () => view.data.steps.length - 1;
  const draw = (step) => {
    view.step = step;
    const label = view.data.steps[step];
    year.textContent = label;
    range.value = step;
    range.ariaValueText = label;
    view.captions.show(view.data, step);
    view.plates.forEach(view.draw);
  };
  const label = () => {
    play.textContent = ticking ? view.data.words.pause : view.data.words.play;
    bar.classList.toggle("playing", Boolean(ticking));
  };
  // What is heard: the year, and the chosen areas in each map.
  const announce = () => {
    const ids = view.plates[0].paths.map((path) => path.dataset.id);
    const values = view.data.maps.map((map) => Object.keys(view.data.chosen)
      .map((id) => view.plates[view.data.maps.indexOf(map)].paths[ids.indexOf(id)].getAttribute("aria-label"))
      .join(", "));
    const told = values.map((text, i) => text && (values.length > 1 ? `${view.data.maps[i].title}: ${text}` : text));
    said.textContent = [view.data.steps[view.step], ...told.filter(Boolean)].join(". ");
  };
  const settle = () => {
    clearTimeout(settling);
    settling = setTimeout(() => {
      settling = null;
      announce();
      // What was sent last counts, though its answer may still be on the way.
      if (view.step !== (sent ?? view.data.step)) {
        sent = view.step;
        view.halt(sent);
      }
    }, SETTLED);
  };
  const stop = () => {
    clearInterval(ticking);
    ticking = null;
    label();
  };
  // The page is gone: nothing more is drawn or sent.
  const leave = () => {
    clearInterval(ticking);
    clearTimeout(settling);
    ticking = settling = null;
  };
  const start = () => {
    clearTimeout(settling);
    settling = null;
    if (view.step === last()) draw(0);
    ticking = setInterval(() => {
      if (!bar.isConnected) return leave();
      draw(view.step + 1);
      if (view.step >= last()) { stop(); settle(); }
    }, PACE);
    label();
  };
  const toggle = () => {
    if (!ticking) return start();
    stop();
    settle();
  };
  const go = (step) => {
    stop();
    draw(Math.min(Math.max(step, 0), last()));
    settle();
  };
  play.onclick = toggle;
  range.oninput = () => go(Number(range.value));
  bar.onkeydown = (event) => {
    if (event.key in LEAPS) go(view.step + LEAPS[event.key]);
    else if (event.key === " " && event.target === range) {
      // On the slider itself every year would be read out while it plays.
      play.focus();
      toggle();
    } else return;
    event.preventDefault();
  };
  return {
    bar,
    leave,
    follow(data) {
      bar.ariaLabel = data.words.player;
      range.ariaLabel = data.words.slider;
      range.max = data.steps.length - 1;
      [from.textContent, to.textContent] = [data.steps[0], data.steps.at(-1)];
      const other = view.steps.join() !== data.steps.join();
      if (other) stop();
      view.steps = data.steps;
      if (data.step === sent) sent = null;
      if (view.step === undefined || other || !(ticking || settling || sent !== null)) view.step = data.step;
      year.textContent = data.steps[view.step];
      range.value = view.step;
      range.ariaValueText = data.steps[view.step];
      label();
    },
  };
}
