// Shows one translation at a time, filters and searches its rows and goes from one place to look at
// to the next. Without this script the page shows everything, one translation below the other.
const sections = [...document.querySelectorAll("section.translation")];
const tabs = [...document.querySelectorAll(".tabs a")];
const filters = [...document.querySelectorAll("[data-filter]")];
const searchBox = document.getElementById("search");
const said = document.querySelector(".said");
let shown = null;
let filter = "all";
let wanted = "";
let searched = new Map(); // the rows in which the text was found, by their section

function rowsOf(section) {
  return [...section.querySelectorAll("tr.row")];
}

function rowsShown() {
  return rowsOf(shown).filter((row) => !row.hidden);
}

function isKind(row, kind) {
  return kind === "all" || row.classList.contains(kind);
}

function textsOf(row) {
  return [...row.querySelectorAll(".text")];
}

function found(row) {
  if (!wanted) {
    return true;
  }
  if (!searched.has(shown)) {
    searched.set(shown, new Set(rowsOf(shown).filter((each) => holds(textsOf(each), wanted))));
  }
  return searched.get(shown).has(row);
}

function applyFilter() {
  const rows = rowsOf(shown);
  for (const button of filters) {
    const kind = button.dataset.filter;
    button.setAttribute("aria-pressed", String(kind === filter));
    button.querySelector(".count").textContent = rows.filter((row) => isKind(row, kind)).length;
  }
  for (const row of rows) {
    row.hidden = !isKind(row, filter) || !found(row);
  }
  const left = rowsShown();
  colour(wanted ? left.flatMap(textsOf) : [], wanted);
  said.textContent = wanted ? `${left.length} of ${rows.length} rows` : "";
  shown.querySelector(".nothing").hidden = left.length > 0;
  if (!stop || stop.hidden || !shown.contains(stop)) {
    stopAt(left[0]);
  }
}

// One row is a stop of the Tab key, and what is in it; arrows lead from row to row.
let stop = null;

function stopAt(row) {
  if (stop) {
    stop.tabIndex = -1;
    setStops(stop, -1);
  }
  stop = row ?? null;
  if (stop) {
    stop.tabIndex = 0;
    for (const link of stop.querySelectorAll(".note a")) {
      link.tabIndex = 0;
    }
  }
}

function setStops(row, index) {
  for (const link of row.querySelectorAll("a")) {
    link.tabIndex = index;
  }
}

function show(section) {
  shown = section;
  showOne(sections, tabs, section);
  applyFilter();
}

function showAddress() {
  showAddressed(show, () => {
    filter = "all";
    wanted = "";
    searchBox.value = "";
    applyFilter();
  });
}

function rowInFocus() {
  return document.activeElement?.closest("tr.row");
}

function jump(step) {
  const places = rowsShown().filter(
    (row) => filter !== "all" || wanted || row.matches(".doubtful, .unaligned, .moved"),
  );
  goTo(nextPlace(places, rowInFocus(), step));
}

function walk(step) {
  return (event) => {
    const row = event.target.closest?.("tr.row");
    if (!row) {
      return false;
    }
    const next = nextPlace(rowsShown(), row, step);
    next?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: "nearest" });
    return true;
  };
}

if (sections.length > 0) {
  document.documentElement.classList.add("scripted");
  document.querySelector(".filters").hidden = false;
  for (const row of document.querySelectorAll("tr.row")) {
    setStops(row, -1);
  }
  if (matchMedia("(max-width: 62rem)").matches) {
    for (const map of document.querySelectorAll(".map")) {
      map.open = false;
    }
  }
  for (const button of filters) {
    button.addEventListener("click", () => {
      filter = button.dataset.filter;
      applyFilter();
      if (filter !== "all") {
        goTo(rowsShown()[0]);
      }
    });
  }
  onSearch(searchBox, (text) => {
    wanted = text;
    searched = new Map();
    applyFilter();
    if (wanted) {
      rowsShown()[0]?.scrollIntoView({ block: "center" });
    }
  });
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest("tr.row");
    if (row && row !== stop) {
      stopAt(row);
    }
  });
  onTabs(tabs, show);
  onStep(jump);
  onKeys({ ArrowDown: walk(1), ArrowUp: walk(-1) });
  window.addEventListener("hashchange", showAddress);
  show(sections[0]);
  showAddress();
}
