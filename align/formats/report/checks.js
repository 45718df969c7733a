// Shows one translation at a time, filters what was found and jumps from one finding to the next.
// Without this script the page shows everything, one translation below the other.
const sections = [...document.querySelectorAll("section.translation")];
const tabs = [...document.querySelectorAll(".tabs a")];
const severityButtons = [...document.querySelectorAll("button[data-severity]")];
const checkChoice = document.getElementById("check");
const alone = document.getElementById("alone");
let shown = null;
let severity = "";

function findingsShown() {
  return [...shown.querySelectorAll(".finding")].filter((finding) => !finding.hidden);
}

function numbersOf(element) {
  return element.dataset.findings.split(" ");
}

function applyFilter() {
  const check = checkChoice ? checkChoice.value : "";
  const visible = new Set();
  for (const button of severityButtons) {
    button.setAttribute("aria-pressed", String(button.dataset.severity === severity));
  }
  for (const finding of shown.querySelectorAll(".finding")) {
    finding.hidden =
      (severity !== "" && finding.dataset.severity !== severity) ||
      (check !== "" && finding.dataset.check !== check);
    if (!finding.hidden) {
      visible.add(finding.dataset.number);
    }
  }
  for (const mark of shown.querySelectorAll("mark")) {
    mark.classList.toggle("off", !numbersOf(mark).some((number) => visible.has(number)));
  }
  for (const link of shown.querySelectorAll(".ref")) {
    link.classList.toggle("off", !visible.has(link.textContent));
  }
  for (const row of shown.querySelectorAll(".row, .gap")) {
    row.hidden = Boolean(alone?.checked) && !row.querySelector(".finding:not([hidden])");
  }
  shown.querySelector(".nothing").hidden = visible.size > 0 || !checkChoice;
}

function show(section) {
  shown = section;
  showOne(sections, tabs, section);
  applyFilter();
}

function showAddress() {
  showAddressed(show, () => {
    severity = "";
    checkChoice.value = "";
    alone.checked = false;
    applyFilter();
  });
}

// Shows which words the finding in focus is about.
function markCurrent(finding) {
  for (const mark of document.querySelectorAll("mark.current")) {
    mark.classList.remove("current");
  }
  if (finding) {
    for (const mark of finding.closest(".row").querySelectorAll("mark")) {
      mark.classList.toggle("current", numbersOf(mark).includes(finding.dataset.number));
    }
  }
}

if (sections.length > 0) {
  document.documentElement.classList.add("scripted");
  if (checkChoice) {
    document.querySelector(".filters").hidden = false;
    for (const button of severityButtons) {
      button.addEventListener("click", () => {
        severity = button.dataset.severity;
        applyFilter();
      });
    }
    checkChoice.addEventListener("change", applyFilter);
    alone.addEventListener("change", applyFilter);
    onStep((step) => {
      goTo(nextPlace(findingsShown(), document.activeElement?.closest(".finding"), step));
    });
    document.addEventListener("focusin", (event) => {
      markCurrent(event.target.closest(".finding"));
    });
    document.addEventListener("focusout", () => markCurrent(null));
  }
  window.addEventListener("hashchange", showAddress);
  show(sections[0]);
  showAddress();
}
