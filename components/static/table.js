// A real HTML table: sortable by its head buttons, readable by a screen reader, rows choosable.
import { follow } from "./linked.js";

const sorting = new WeakMap();
const watchers = new WeakMap();

const cell = (tag, text, className) => {
  const node = document.createElement(tag);
  node.textContent = text;
  if (className) node.className = className;
  return node;
};

function folded({ text, more }) {
  const details = document.createElement("details");
  details.append(cell("summary", text), cell("code", more));
  return details;
}

// On a phone the rows are stacked, and boxes that are no longer laid out as a table lose their roles.
function named(table) {
  const roles = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };
  for (const node of [table, ...table.querySelectorAll("thead, tbody, tr, td")]) node.role = roles[node.tagName];
  for (const node of table.querySelectorAll("th")) node.role = node.scope === "row" ? "rowheader" : "columnheader";
}

function compare(a, b, column, direction) {
  const [x, y] = [a.sort[column], b.sort[column]];
  if (x === null || y === null) return (x === null) - (y === null); // missing values stay last
  return direction * (typeof x === "string" ? x.localeCompare(y, "de") : x - y);
}

// A sign says why: a press shows the reason below the table, a second press takes it away.
function reason(text, row, i, data, note) {
  const { words, text: why } = data.whys[row.why[i]];
  const button = cell("button", "", "why");
  button.type = "button";
  button.title = words;
  const seen = cell("span", "");
  const [, number, mark] = text.match(/^([\u2212\d.,]*\d) (\D+)$/) ?? [null, text, ""];
  seen.append(number);
  if (mark) {
    seen.append(cell("span", `\u00a0${mark}`, "mark"));
    button.classList.add("number");
  }
  if (text !== words) {
    seen.ariaHidden = "true";
    button.append(cell("span", `${/[0-9]/.test(text) ? text.split(" ")[0] + ", " : ""}${words}`, "unseen"));
  }
  button.append(seen);
  button.ariaExpanded = "false";
  button.onclick = () => {
    const open = button.ariaExpanded !== "true";
    for (const other of note.parentElement.querySelectorAll("button.why")) other.ariaExpanded = "false";
    button.ariaExpanded = String(open);
    const place = `${row.cells[0].text ?? row.cells[0]}, ${data.columns[i].title}`;
    note.replaceChildren(...(open ? [cell("b", `${place}: ${words}. `), why] : []));
    note.hidden = !open;
  };
  return button;
}

// What is marked elsewhere on the page, before the server sends the rows anew.
function marked(body, ids) {
  for (const tr of body.rows) {
    tr.classList.toggle("chosen", tr.dataset.id in ids);
    const button = tr.cells[0].querySelector("button");
    if (button) button.ariaPressed = String(tr.dataset.id in ids);
  }
}

export default function render({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".table");
  const state = sorting.get(parentElement) ?? { column: -1, direction: 1 };
  sorting.set(parentElement, state);

  const table = document.createElement("table");
  if (data.texts) table.className = "texts";
  const caption = cell("caption", "");
  caption.append(cell("span", data.caption)); // stays in sight when a wide table is scrolled
  caption.append(cell("span", data.hint, "hint"));
  table.append(caption);
  root.role = "region";
  root.ariaLabel = data.caption;
  const head = document.createElement("tr");
  data.columns.forEach((column, i) => {
    const th = cell("th", "", column.number ? "number" : "");
    th.scope = "col";
    const button = cell("button", column.brief ? "" : column.title);
    button.type = "button";
    if (column.brief) button.append(cell("span", column.title, "full"), cell("span", column.brief, "brief"));
    if (state.column === i) th.ariaSort = state.direction > 0 ? "ascending" : "descending";
    button.onclick = () => {
      Object.assign(state, { column: i, direction: state.column === i ? -state.direction : column.number ? -1 : 1 });
      render({ data, parentElement, setTriggerValue });
      root.querySelectorAll("th button")[i].focus();
    };
    th.append(button);
    head.append(th);
  });
  table.append(document.createElement("thead"));
  table.tHead.append(head);

  const rows = [...data.rows];
  if (state.column >= 0) rows.sort((a, b) => compare(a, b, state.column, state.direction));
  const body = document.createElement("tbody");
  const note = cell("p", "", "note");
  note.role = "status";
  note.hidden = true;
  for (const row of rows) {
    const tr = document.createElement("tr");
    if (row.kind) tr.className = row.kind;
    const chosen = data.chosen.includes(row.id);
    tr.dataset.id = row.id;
    if (chosen) tr.classList.add("chosen");
    row.cells.forEach((text, i) => {
      const td = cell(i ? "td" : "th", i && !text.more ? text : "", data.columns[i].number ? "number" : "");
      td.dataset.head = data.columns[i].title;
      if (text.more) td.append(folded(text));
      if (i && row.why?.[i]) td.replaceChildren(reason(text, row, i, data, note));
      if (data.columns[i].line) td.classList.add("line");
      if (data.columns[i].sign) td.classList.add("sign");
      if (row.missing?.includes(i)) td.classList.add("missing");
      if (row.broken?.includes(i)) td.classList.add("broken"); // older values stand to the right
      if (!i) {
        td.scope = "row";
        if (row.id) {
          const button = cell("button", text);
          button.type = "button";
          button.ariaPressed = String(chosen);
          button.onclick = () => setTriggerValue("chosen", row.id);
          td.append(button);
        } else td.textContent = text;
      }
      tr.append(td);
    });
    body.append(tr);
  }
  table.append(body);
  if (data.texts) named(table);
  if (data.linked) follow(parentElement, (ids) => marked(body, ids));
  root.replaceChildren(table, note);
  root.style.maxHeight = data.height ? `${data.height}px` : "";
  const measure = () => {
    const beyond = root.scrollWidth - root.clientWidth, below = root.scrollHeight - root.clientHeight;
    root.tabIndex = beyond > 0 || below > 0 ? 0 : -1;
    root.classList.toggle("wide", beyond > 1);
    root.classList.toggle("cut", beyond - root.scrollLeft > 1);
    root.classList.toggle("deep", below - root.scrollTop > 1);
  };
  root.onscroll = measure;
  watchers.get(root)?.disconnect();
  watchers.set(root, new ResizeObserver(measure));
  watchers.get(root).observe(root);
  measure();
}
