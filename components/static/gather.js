// "In die Sammelmappe". The collection lives in this tab of the browser: whatever the server knows
// is kept here, and after a page was loaded anew the server is told what was kept.
const KEPT = "sammelmappe";

const storage = (work) => {
  try {
    return work(sessionStorage);
  } catch {
    return null; // A browser may forbid it; then the collection ends with the page.
  }
};

const SECONDS = 6;
const timers = new WeakMap();

function say(place, text) {
  clearTimeout(timers.get(place));
  place.textContent = text;
  timers.set(place, setTimeout(() => { place.textContent = ""; }, 1000 * SECONDS));
}

// A button that moved, or went, has lost the focus; the page needs a moment to be drawn.
const MOMENT = 150;

function focus(keys) {
  const found = keys.map((key) => document.querySelector(`.st-key-${key} button:not([disabled])`));
  found.find(Boolean)?.focus();
}

export default function render({ data, parentElement, setTriggerValue }) {
  const button = parentElement.querySelector("button");
  const kept = data.known ? null : storage((found) => found.getItem(KEPT));
  if (data.known) {
    storage((found) => (data.code ? found.setItem(KEPT, data.code) : found.removeItem(KEPT)));
  } else if (kept) {
    setTriggerValue("kept", kept);
  }
  const link = parentElement.querySelector("a");
  link.hidden = !data.label;
  link.textContent = data.presenting;
  link.href = new URL(data.presented, document.baseURI);
  button.hidden = !data.label;
  button.textContent = data.label;
  button.classList.toggle("inside", data.inside);
  const status = parentElement.querySelector("[role=status]");
  if (data.said || status.dataset.page !== data.page) say(status, data.said);
  status.dataset.page = data.page;
  if (data.focus.length) setTimeout(() => focus(data.focus), MOMENT);
  // Who is quicker than the answer to what was kept adds to that, not to nothing.
  button.onclick = () => setTriggerValue("added", { kept });
}
