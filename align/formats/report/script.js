// Shows one translation at a time, filters its rows and jumps from one place to check to the next.
// Without this script the page shows everything, one translation below the other.
"use strict";

const sections = [...document.querySelectorAll("section.translation")];
const tabs = [...document.querySelectorAll(".tabs a")];
const filters = [...document.querySelectorAll("[data-filter]")];
let shown = null;
let filter = "all";

function rowsShown() {
  return [...shown.querySelectorAll("tr.row")].filter((row) => !row.hidden);
}

function applyFilter() {
  for (const button of filters) {
    button.setAttribute("aria-pressed", String(button.dataset.filter === filter));
  }
  for (const row of shown.querySelectorAll("tr.row")) {
    row.hidden = filter !== "all" && !row.classList.contains(filter);
  }
  shown.querySelector(".nothing").hidden = rowsShown().length > 0;
}

function show(section) {
  shown = section;
  for (const other of sections) {
    other.classList.toggle("away", other !== section);
  }
  for (const tab of tabs) {
    if (tab.hash === `#${section.id}`) {
      tab.setAttribute("aria-current", "true");
    } else {
      tab.removeAttribute("aria-current");
    }
  }
  applyFilter();
}

function showAddress() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const section = target ? target.closest("section.translation") : null;
  if (!section) {
    return;
  }
  show(section);
  if (target.hidden) {
    filter = "all";
    applyFilter();
  }
  if (target !== section) {
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "center" });
  } else {
    section.scrollIntoView();
  }
}

function jump(step) {
  const places = rowsShown().filter(
    (row) => filter !== "all" || row.matches(".doubtful, .unaligned, .moved"),
  );
  const here = document.activeElement ? document.activeElement.closest("tr.row") : null;
  const isBeyond = (row) => {
    if (!here || row === here) {
      return !here;
    }
    const follows = here.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_FOLLOWING;
    return step > 0 ? Boolean(follows) : !follows;
  };
  const beyond = places.filter(isBeyond);
  const place = step > 0 ? beyond[0] : beyond[beyond.length - 1];
  if (place) {
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: "center" });
  }
}

if (sections.length > 0) {
  document.documentElement.classList.add("scripted");
  document.querySelector(".filters").hidden = false;
  for (const button of filters) {
    button.addEventListener("click", () => {
      filter = button.dataset.filter;
      applyFilter();
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (event.key === "j" || event.key === "k") {
      event.preventDefault();
      jump(event.key === "j" ? 1 : -1);
    }
  });
  window.addEventListener("hashchange", showAddress);
  show(sections[0]);
  showAddress();
}
