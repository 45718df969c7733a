// Shows one translation at a time, filters what was found, goes from one finding to the next and
// keeps what the reader makes of them. Without this script the page shows everything, one
// translation below the other.
const sections = [...document.querySelectorAll("section.translation")];
const tabs = [...document.querySelectorAll(".tabs a")];
const findings = [...document.querySelectorAll(".finding")];
const severityButtons = [...document.querySelectorAll("button[data-severity]")];
const checkChoice = document.getElementById("check");
const alone = document.getElementById("alone");
const unjudged = document.getElementById("open");
const searchBox = document.getElementById("search");
let shown = null;
let severity = "";
let wanted = "";

function findingsShown() {
  return [...shown.querySelectorAll(".finding")].filter((finding) => finding.checkVisibility());
}

function numbersOf(element) {
  return element.dataset.findings.split(" ");
}

function textsOf(row) {
  return [...row.querySelectorAll(".text, .message, .suggestion")];
}

function isShown(finding) {
  return (
    (severity === "" || finding.dataset.severity === severity) &&
    (checkChoice.value === "" || finding.dataset.check === checkChoice.value) &&
    !(unjudged.checked && finding.dataset.verdict)
  );
}

function applyFilter() {
  const visible = new Set();
  for (const button of severityButtons) {
    button.setAttribute("aria-pressed", String(button.dataset.severity === severity));
  }
  for (const finding of shown.querySelectorAll(".finding")) {
    finding.hidden = !isShown(finding);
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
  const rows = [...shown.querySelectorAll(".row, .gap")];
  for (const row of rows) {
    row.hidden =
      (Boolean(alone?.checked) && !row.querySelector(".finding:not([hidden])")) ||
      (wanted !== "" && !holds(textsOf(row), wanted));
  }
  const left = rows.filter((row) => !row.hidden);
  colour(wanted ? left.flatMap(textsOf) : [], wanted);
  shown.querySelector(".nothing").hidden =
    !checkChoice || (visible.size > 0 && left.length > 0);
}

function show(section) {
  shown = section;
  showOne(sections, tabs, section);
  applyFilter();
}

function showAddress() {
  showAddressed(show, () => {
    severity = "";
    wanted = "";
    if (checkChoice) {
      checkChoice.value = searchBox.value = "";
      unjudged.checked = false;
      alone.checked = alone.checked && Boolean(addressed().closest(".finding"));
    }
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

// What the reader makes of the findings: right, wrong or to be ignored, by their fingerprints, which
// stay the same from one run to the next. The browser keeps it; where it may not, the page does.
const STORE = `align-verdicts ${sections[0]?.dataset.name}`;
const VERDICTS = new Set(["right", "wrong", "ignore"]);
let verdicts = new Map();
let earlier = null; // what a baseline that was opened accepts

function readVerdicts() {
  try {
    const kept = Object.entries(JSON.parse(localStorage.getItem(STORE)) ?? {});
    verdicts = new Map(kept.filter(([, verdict]) => VERDICTS.has(verdict)));
  } catch {
    // Nothing is kept, or it is not ours.
  }
}

function keepVerdicts() {
  try {
    localStorage.setItem(STORE, JSON.stringify(Object.fromEntries(verdicts)));
  } catch {
    // The browser keeps nothing for files; the verdicts last as long as the page.
  }
}

function showVerdicts() {
  for (const finding of findings) {
    const verdict = verdicts.get(finding.dataset.fingerprint) ?? "";
    finding.dataset.verdict = verdict;
    for (const choice of finding.querySelectorAll(".judge input")) {
      choice.checked = choice.value === verdict;
    }
  }
  const judged = findings.filter((finding) => finding.dataset.verdict).length;
  say(`${judged} of ${findings.length} judged`);
}

function say(text) {
  document.querySelector(".judged").textContent = text;
}

// The same verdict again takes it back.
function judge(finding, verdict) {
  const { fingerprint } = finding.dataset;
  if (verdicts.get(fingerprint) === verdict) {
    verdicts.delete(fingerprint);
  } else {
    verdicts.set(fingerprint, verdict);
  }
  keepVerdicts();
  showVerdicts();
}

function textOf(finding) {
  const [source, target] = [...finding.closest(".row").querySelectorAll("td.side")].map((side) => {
    const text = side.querySelector(".text")?.cloneNode(true);
    for (const link of text?.querySelectorAll(".ref") ?? []) {
      link.remove();
    }
    return text?.textContent ?? "";
  });
  return target || source;
}

// The file that `align check --baseline` reads.
function baselineText() {
  const accepted = new Map((earlier ?? []).map((each) => [each.fingerprint, each]));
  for (const finding of findings) {
    const { fingerprint, check, verdict } = finding.dataset;
    if (verdict === "wrong" || verdict === "ignore") {
      accepted.set(fingerprint, {
        language: finding.closest("section.translation").id,
        check,
        fingerprint,
        message: finding.querySelector(".message").textContent,
        target_text: textOf(finding),
      });
    } else {
      accepted.delete(fingerprint); // it was opened, and judged anew
    }
  }
  const key = ({ language, check, fingerprint }) => `${language}\0${check}\0${fingerprint}`;
  const sorted = [...accepted.values()].sort((one, other) => (key(one) < key(other) ? -1 : 1));
  return `${JSON.stringify({ format: "align-baseline", version: 1, accepted: sorted }, null, 2)}\n`;
}

function save(event) {
  download("baseline.json", "application/json", baselineText());
  const before = Number(event.currentTarget.dataset.accepted);
  if (before > 0 && earlier === null) {
    say(`Saved, without the ${before} accepted earlier: open their baseline first.`);
  } else {
    say("Saved.");
  }
}

async function openBaseline(event) {
  const [file] = event.currentTarget.files;
  if (!file) {
    return;
  }
  try {
    const content = JSON.parse(await file.text());
    if (content.format !== "align-baseline" || content.version !== 1) {
      throw new Error("no baseline");
    }
    earlier = content.accepted;
    const accepted = new Set(earlier.map((each) => each.fingerprint));
    for (const { dataset } of findings) {
      if (accepted.has(dataset.fingerprint) && !verdicts.has(dataset.fingerprint)) {
        verdicts.set(dataset.fingerprint, "ignore");
      }
    }
    keepVerdicts();
    showVerdicts();
    say(`${accepted.size} accepted by ${file.name}.`);
  } catch {
    earlier = null;
    say(`${file.name} is no baseline.`);
  }
}

function beginJudging() {
  for (const group of document.querySelectorAll(".judge")) {
    group.hidden = false;
    group.addEventListener("click", (event) => {
      if (event.target.matches("input") && event.detail > 0) {
        judge(event.target.closest(".finding"), event.target.value);
      }
    });
    group.addEventListener("change", (event) => {
      const finding = event.target.closest(".finding");
      if (finding.dataset.verdict !== event.target.value) {
        judge(finding, event.target.value); // by the arrow keys
      }
    });
  }
  const byKey = (verdict) => (event) => {
    const finding = event.target.closest?.(".finding");
    if (finding) {
      judge(finding, verdict);
    }
    return Boolean(finding);
  };
  onKeys({ r: byKey("right"), w: byKey("wrong"), i: byKey("ignore") });
  document.getElementById("save").addEventListener("click", save);
  document.getElementById("baseline").addEventListener("change", openBaseline);
  readVerdicts();
  showVerdicts();
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
    for (const choice of [checkChoice, alone, unjudged]) {
      choice.addEventListener("change", applyFilter);
    }
    onSearch(searchBox, (text) => {
      wanted = text;
      applyFilter();
    });
    onStep((step) => {
      goTo(nextPlace(findingsShown(), document.activeElement?.closest(".finding"), step));
    });
    document.addEventListener("focusin", (event) => {
      markCurrent(event.target.closest(".finding"));
    });
    document.addEventListener("focusout", () => markCurrent(null));
    beginJudging();
  }
  onTabs(tabs, show);
  window.addEventListener("hashchange", showAddress);
  show(sections.find((section) => section.querySelector(".finding")) ?? sections[0]);
  showAddress();
}
