"use strict";
// The page without this script shows everything but other years of the map and more than the first rows of a table.

const PAGE_ROWS = 25;
const ENDLESS = "∞";

function element(kind, text, name) {
  const made = document.createElement(kind);
  if (text !== undefined) made.textContent = text;
  if (name) made.className = name;
  return made;
}

// Figures as the first rows of each table have them: `format` is a number format, blank where each value asks.

function ownFormat(value) {
  if (Math.abs(value) >= 100 || Math.abs(value - Math.round(value)) <= 1e-6) return "#,##0";
  return Math.abs(value) < 0.1 ? "#,##0.0000" : "#,##0.00";
}

const formatters = new Map();

function shown(value, format) {
  if (value === null) return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string") return value === ENDLESS ? "no limit" : value;
  if (format === "0" && Number.isInteger(value)) return String(value);
  const form = format && format !== "+" ? format : (format || "") + ownFormat(value);
  if (!formatters.has(form)) {
    const digits = (form.split(".")[1] || "").replace("%", "").length;
    const style = form.endsWith("%") ? "percent" : "decimal";
    const signDisplay = form.startsWith("+") ? "exceptZero" : "negative";
    formatters.set(form, new Intl.NumberFormat("en-US", {
      style, minimumFractionDigits: digits, maximumFractionDigits: digits, roundingMode: "halfEven", signDisplay,
    }));
  }
  return formatters.get(form).format(value);
}

function compare(one, other) {
  if (one === other) return 0;
  if (one === null) return 1;
  if (other === null) return -1;
  const first = one === ENDLESS ? Infinity : one;
  const second = other === ENDLESS ? Infinity : other;
  if (typeof first === "string" && typeof second === "string") return first.localeCompare(second, undefined, { numeric: true });
  if (typeof first === "string") return 1;
  if (typeof second === "string") return -1;
  return first - second;
}

async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text.trim()), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

// A table that is opened for the first time is unpacked; from then on it is searched, sorted and leafed through.

async function prepare(details) {
  if (details.dataset.ready) return;
  details.dataset.ready = "yes";
  const formats = JSON.parse(details.dataset.formats);
  const columns = await unpacked(details.querySelector(".packed").textContent);
  const byRow = formats.some((format) => format.endsWith("row")) ? columns.pop() : null;
  const formatOf = (place, row) => (formats[place].endsWith("row") ? formats[place].replace("row", byRow[row]) : formats[place]);
  const count = columns.length ? columns[0].length : 0;
  const total = "total" in details.dataset ? count - 1 : null;
  const body = details.querySelector("tbody");
  const heads = [...details.querySelectorAll("thead th")];
  const tools = details.querySelector(".tools");
  const state = tools.querySelector(".state");
  const [before, after] = [tools.querySelector(".before"), tools.querySelector(".after")];
  const search = tools.querySelector("input");
  const numbers = Array.from({ length: total === null ? count : total }, (_, number) => number);
  let found = numbers;
  let page = 0;
  let sorted = null;
  let texts = null;

  const textOf = (row) => columns.map((column, place) => shown(column[row], formatOf(place, row))).join("\n").toLowerCase();

  function show() {
    const pages = Math.max(1, Math.ceil(found.length / PAGE_ROWS));
    page = Math.min(page, pages - 1);
    const rows = found.slice(page * PAGE_ROWS, (page + 1) * PAGE_ROWS);
    if (total !== null && page === pages - 1) rows.push(total);
    body.replaceChildren(...rows.map((row) => {
      const line = element("tr", undefined, row === total ? "total" : "");
      columns.forEach((column, place) => {
        const figure = heads[place].classList.contains("figure") ? "figure" : "";
        line.append(element("td", shown(column[row], formatOf(place, row)), figure));
      });
      return line;
    }));
    const first = found.length ? page * PAGE_ROWS + 1 : 0;
    const last = Math.min(found.length, (page + 1) * PAGE_ROWS);
    const grouped = (number) => number.toLocaleString("en-US");
    state.textContent = `${grouped(first)}–${grouped(last)} of ${grouped(found.length)} rows`;
    before.disabled = page === 0;
    after.disabled = page >= pages - 1;
  }

  function arrange() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length && texts === null) texts = numbers.map(textOf);
    const { column: place, value } = details.dataset; // what buttons beside the table keep, if there are such
    found = numbers.filter((row) => (!value || shown(columns[place][row], formatOf(place, row)) === value)
      && words.every((word) => texts[row].includes(word)));
    if (sorted) {
      const column = columns[sorted.place];
      found.sort((one, other) => {
        if (column[one] === null || column[other] === null) return compare(column[one], column[other]) || one - other;
        return sorted.sign * compare(column[one], column[other]) || one - other;
      });
    }
    page = 0;
    show();
  }

  heads.forEach((head, place) => {
    const button = element("button", head.textContent);
    button.type = "button";
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const sign = sorted && sorted.place === place ? -sorted.sign : 1;
      sorted = { place, sign };
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
      arrange();
    });
  });
  search.addEventListener("input", arrange);
  details.addEventListener("filter", arrange);
  before.addEventListener("click", () => { page -= 1; show(); });
  after.addEventListener("click", () => { page += 1; show(); });
  tools.hidden = false;
  details.querySelectorAll(".start").forEach((note) => { note.hidden = true; });
  arrange();
}

const tables = [...document.querySelectorAll(".listing")];
for (const details of tables) {
  details.addEventListener("toggle", () => { if (details.open) prepare(details); });
  if (details.open) prepare(details);
}

function openTarget() {
  const name = decodeURIComponent(location.hash.slice(1));
  const target = name && document.getElementById(name);
  if (target instanceof HTMLDetailsElement) target.open = true;
}
addEventListener("hashchange", openTarget);
openTarget();
document.addEventListener("click", (event) => {
  const link = event.target.closest && event.target.closest('a[href^="#table-"]');
  const target = link && document.getElementById(link.getAttribute("href").slice(1));
  if (target) target.open = true;
});

// What a part of a drawing tells, beside the pointer; `nameOf` gives the name of an area of a map.

const tip = document.getElementById("tip");
let nameOf = () => "";
function tell(text, event) {
  tip.hidden = !text;
  if (!text) return;
  tip.textContent = text;
  const box = tip.getBoundingClientRect();
  const left = Math.min(event.clientX + 14, innerWidth - box.width - 6);
  const top = event.clientY + 18 + box.height > innerHeight ? event.clientY - box.height - 10 : event.clientY + 18;
  tip.style.left = `${Math.max(4, left)}px`;
  tip.style.top = `${Math.max(4, top)}px`;
}
document.addEventListener("pointermove", (event) => {
  const part = event.target.closest && event.target.closest("[data-tip], [data-county]");
  if (!part) return tell("");
  if (part.dataset.tip) return tell(part.dataset.tip, event);
  return tell(nameOf(part), event);
});
document.addEventListener("pointerleave", () => tell(""));

// A slider that runs by itself to its end.

function playing(slider, button, show) {
  const last = Number(slider.max);
  let running = null;
  const stop = () => {
    clearInterval(running);
    running = null;
    button.textContent = "Play";
  };
  button.addEventListener("click", () => {
    if (running !== null) return stop();
    button.textContent = "Pause";
    if (Number(slider.value) === last) slider.value = "0";
    show();
    running = setInterval(() => {
      slider.value = String(Number(slider.value) + 1);
      show();
      if (Number(slider.value) === last) stop();
    }, 900);
    return undefined;
  });
  slider.addEventListener("pointerdown", stop);
}

addEventListener("DOMContentLoaded", () => { document.documentElement.dataset.ready = "yes"; });
