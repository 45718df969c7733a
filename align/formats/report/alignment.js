// Shows one translation at a time, filters its rows and jumps from one place to check to the next.
// Without this script the page shows everything, one translation below the other.
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
  showOne(sections, tabs, section);
  applyFilter();
}

function showAddress() {
  showAddressed(show, () => {
    filter = "all";
    applyFilter();
  });
}

function jump(step) {
  const places = rowsShown().filter(
    (row) => filter !== "all" || row.matches(".doubtful, .unaligned, .moved"),
  );
  goTo(nextPlace(places, document.activeElement?.closest("tr.row"), step));
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
  onStep(jump);
  window.addEventListener("hashchange", showAddress);
  show(sections[0]);
  showAddress();
}
