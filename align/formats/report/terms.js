// Filters divergences, jumps from one to the next, and opens the places of a cell below its row.
// Without this script the page shows everything, the places folded at its end.

const findings = [...document.querySelectorAll(".finding")];
const notes = document.querySelector(".notes");
const severityButtons = [...document.querySelectorAll("button[data-severity]")];
const languageChoice = document.getElementById("language");
let severity = "";
let opened = null;

function applyFilter() {
  const language = languageChoice.value;
  for (const button of severityButtons) {
    button.setAttribute("aria-pressed", String(button.dataset.severity === severity));
  }
  for (const finding of findings) {
    finding.hidden =
      (severity !== "" && finding.dataset.severity !== severity) ||
      (language !== "" && finding.dataset.language !== language);
  }
  if (notes) {
    notes.hidden = !notes.querySelector(".finding:not([hidden])");
    notes.open = notes.open || severity === "note";
  }
  document.querySelector(".nothing").hidden = findings.some((finding) => !finding.hidden);
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
  const button = document.createElement("button");
  button.type = "button";
  button.className = "close";
  button.textContent = "close";
  button.addEventListener("click", closeAndReturn);
  cell.append(button);
  row.append(cell);
  opened = { places, home: places.parentElement, row, link };
  cell.append(places);
  above.after(row);
  link.setAttribute("aria-expanded", "true");
  places.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function showAddress() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) {
    return;
  }
  if (target.matches(".concordance")) {
    open(target);
  } else if (target.matches(".finding")) {
    severity = "";
    languageChoice.value = "";
    applyFilter();
    if (notes && notes.contains(target)) {
      notes.open = true;
    }
    goTo(target);
  }
}

document.documentElement.classList.add("scripted");
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
if (findings.length > 0) {
  document.querySelector(".filters").hidden = false;
  for (const button of severityButtons) {
    button.addEventListener("click", () => {
      severity = button.dataset.severity;
      applyFilter();
    });
  }
  languageChoice.addEventListener("change", applyFilter);
  onStep(jump);
}
window.addEventListener("hashchange", showAddress);
showAddress();
