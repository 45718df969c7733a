// Searches, sorts and narrows the table to a language, copies it and saves it as a glossary; filters
// divergences, goes from one to the next, and opens the places of a cell below its row.
// Without this script the page shows everything, the places folded at its end.

const table = document.querySelector(".matrix");
const rows = [...document.querySelectorAll(".matrix tbody .row")];
const findings = [...document.querySelectorAll(".finding")];
const notes = document.querySelector(".notes");
const severityButtons = [...document.querySelectorAll("button[data-severity]")];
const languageChoice = document.getElementById("language");
const sortChoice = document.getElementById("sort");
const searchBox = document.getElementById("search");
const showAll = document.getElementById("all");
const said = document.querySelector(".said");
let severity = "";
let wanted = "";
let segments = null; // numbers of the segments whose terms alone are shown
let opened = null;

function termOf(row) {
  return row.querySelector(".term").textContent;
}

// Every rendering of the row's languages, and every form of its term, stands among its places.
function textsOf(row) {
  const shown = [...row.querySelectorAll(".term, td:not([hidden]) .rendering")];
  const places = [...row.querySelectorAll("td:not([hidden]) .cell")].flatMap((cell) => [
    ...(document.getElementById(cell.hash.slice(1))?.querySelectorAll("h4 bdi") ?? []),
  ]);
  return [...shown, ...places];
}

function isMentioned(row) {
  return row.dataset.segments.split(" ").some((number) => segments.has(Number(number)));
}

function applyTable() {
  const language = languageChoice.value;
  close();
  for (const cell of table.querySelectorAll("[data-language]")) {
    cell.hidden = language !== "" && cell.dataset.language !== language;
  }
  for (const row of rows) {
    row.hidden =
      (segments !== null && !isMentioned(row)) || (wanted !== "" && !holds(textsOf(row), wanted));
  }
  const left = rows.filter((row) => !row.hidden);
  colour(
    wanted ? left.flatMap((row) => [...row.querySelectorAll(".term, .rendering")]) : [],
    wanted,
  );
  const narrowed = segments === null ? "" : ` in ${nameOf(segments)}`;
  said.textContent =
    wanted || segments ? `${left.length} of ${rows.length} terms${narrowed}` : "";
  showAll.hidden = segments === null;
  document.querySelector(".table .nothing").hidden = left.length > 0;
}

function nameOf(numbers) {
  const all = [...numbers];
  return `segment${all.length > 1 ? "s" : ""} ${all.join(", ")}`;
}

const ORDERS = {
  number: (one, other) => one.dataset.number - other.dataset.number,
  mentions: (one, other) => other.dataset.mentions - one.dataset.mentions,
  agreement: (one, other) => one.dataset.agreement - other.dataset.agreement,
  findings: (one, other) => other.dataset.findings - one.dataset.findings,
};

function sortTable() {
  const { compare } = new Intl.Collator(table.querySelector(".term").lang);
  const order = ORDERS[sortChoice.value] ?? ((one, other) => compare(termOf(one), termOf(other)));
  close();
  rows.sort((one, other) => order(one, other) || ORDERS.number(one, other));
  table.tBodies[0].append(...rows);
}

// The table as it is shown: a row for the tags of the languages, then one a term.
function shownTable() {
  const heads = [...table.querySelectorAll("thead th[data-language]:not([hidden])")];
  const languages = heads.map((head) => head.dataset.language);
  const terms = rows.filter((row) => !row.hidden).map((row) => [
    termOf(row),
    ...languages.map(
      (language) => row.querySelector(`td[data-language="${language}"] .rendering`)?.textContent ?? "",
    ),
  ]);
  return [[table.querySelector(".term").lang, ...languages], ...terms];
}

// A cell that no spreadsheet takes for a formula.
function asText(cell) {
  const line = cell.replace(/\s+/g, " ").trim();
  return /^'*[=+\-@]/.test(line) ? `'${line}` : line;
}

// A term as a cell that holds no other: what would part it in two is kept by a backslash.
function asOne(cell) {
  return /[\\|;；／]|\s\/\s|\p{L}{2,}\/\p{L}{2,}/u.test(cell)
    ? cell.replace(/[\\|;/；／]/g, "\\$&")
    : cell;
}

function csvOf(lines) {
  const quoted = (cell) => (/[",\n;]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return lines.map((line) => `${line.map((cell) => quoted(asText(asOne(cell)))).join(",")}\n`).join("");
}

async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement("textarea"); // where the browser has no clipboard for files
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  said.textContent = "Copied.";
}

function applySeverity() {
  const language = languageChoice?.value ?? "";
  for (const button of severityButtons) {
    button.setAttribute("aria-pressed", String(button.dataset.severity === severity));
  }
  for (const finding of findings) {
    finding.hidden =
      (severity !== "" && finding.dataset.severity !== severity) ||
      (language !== "" && finding.dataset.language !== language);
  }
  for (const term of document.querySelectorAll(".of-term")) {
    term.hidden = !term.querySelector(".finding:not([hidden])");
  }
  if (notes) {
    notes.hidden = !notes.querySelector(".finding:not([hidden])");
    notes.open = notes.open || severity === "note";
  }
  document.querySelector(".divergences .nothing").hidden =
    findings.length === 0 || findings.some((finding) => !finding.hidden);
}

function jump(step) {
  const places = findings.filter((finding) => !finding.hidden && finding.checkVisibility());
  goTo(nextPlace(places, document.activeElement?.closest(".finding"), step));
}

function close() {
  if (!opened) {
    return;
  }
  opened.home.append(opened.places);
  opened.row.remove();
  opened.link.removeAttribute("aria-expanded");
  opened = null;
}

function closeAndReturn() {
  const link = opened.link;
  close();
  history.replaceState(null, "", location.pathname + location.search);
  link.focus();
}

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = text === "close" ? "close" : "copy";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

// Moves the places of a cell into a row of their own below the cell's.
function open(places) {
  const link = document.querySelector(`.cell[href="#${CSS.escape(places.id)}"]`);
  if (opened && opened.places === places) {
    return;
  }
  close();
  const row = document.createElement("tr");
  const cell = document.createElement("td");
  const above = link.closest("tr");
  row.className = "opened";
  cell.colSpan = above.cells.length;
  const actions = document.createElement("div");
  actions.className = "actions";
  const rendering = link.querySelector(".rendering")?.textContent;
  if (rendering) {
    actions.append(button("copy the rendering", () => copyText(rendering)));
  }
  actions.append(button("close", closeAndReturn));
  cell.append(actions);
  row.append(cell);
  opened = { places, home: places.parentElement, row, link };
  cell.append(places);
  above.after(row);
  link.setAttribute("aria-expanded", "true");
  places.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

// `#segments=12,13&language=ja` shows the terms of some segments, counted from 1.
function showSegments(asked) {
  const numbers = asked.get("segments").split(",").map(Number).filter(Number.isInteger);
  segments = new Set(numbers);
  const language = asked.get("language") ?? "";
  languageChoice.value = [...languageChoice.options].some((each) => each.value === language)
    ? language
    : "";
  applyTable();
  applySeverity();
}

function showAddress() {
  const asked = new URLSearchParams(location.hash.slice(1));
  if (table && asked.has("segments")) {
    showSegments(asked);
    return;
  }
  const target = addressed();
  if (!target) {
    return;
  }
  if (target.matches(".concordance")) {
    open(target);
  } else if (target.matches(".sides")) {
    severity = "";
    languageChoice.value = "";
    applyTable();
    applySeverity();
    if (notes && notes.contains(target)) {
      notes.open = true;
    }
    goTo(target);
  } else if (target.matches(".row")) {
    goTo(target);
  }
}

document.documentElement.classList.add("scripted");
for (const group of document.querySelectorAll(".filters")) {
  group.hidden = false;
}
for (const link of document.querySelectorAll(".cell")) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    if (opened && opened.link === link) {
      closeAndReturn();
    } else {
      history.replaceState(null, "", link.hash);
      open(document.getElementById(link.hash.slice(1)));
    }
  });
}
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && opened) {
    closeAndReturn();
  }
});
if (table) {
  languageChoice.addEventListener("change", () => {
    applyTable();
    applySeverity();
  });
  sortChoice.addEventListener("change", sortTable);
  onSearch(searchBox, (text) => {
    wanted = text;
    applyTable();
  });
  showAll.addEventListener("click", () => {
    segments = null;
    history.replaceState(null, "", location.pathname + location.search);
    applyTable();
  });
  document.getElementById("copy").addEventListener("click", () => {
    copyText(shownTable().map((line) => `${line.map(asText).join("\t")}\n`).join(""));
  });
  const glossary = document.getElementById("glossary");
  glossary.addEventListener("click", () => {
    download(`${glossary.dataset.name}.glossary.csv`, "text/csv", csvOf(shownTable()));
  });
}
if (findings.length > 0) {
  for (const choice of severityButtons) {
    choice.addEventListener("click", () => {
      severity = choice.dataset.severity;
      applySeverity();
    });
  }
  onStep(jump);
}
window.addEventListener("hashchange", showAddress);
showAddress();
