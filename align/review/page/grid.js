// Draws rows where they are looked at: a text of 20,000 segments has few elements at any time.
import { isDone } from "./alignment.js";
import { isSame, levelOf, stopsOf, wordsOf } from "./view.js";

const CHUNK = 40; // rows that are drawn, and let go, together
const LINE = 26; // pixels, for guesses
const AHEAD = "1200px 0px";

export const $ = (name) => document.getElementById(name);

export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) {
      element.setAttribute(attribute, value);
    }
  }
  element.append(...children);
  return element;
}

export class Grid {
  constructor(element, languages, findings, onChoose) {
    this.element = element;
    this.languages = languages;
    this.findings = new Map(); // what checks found, by the segment it is shown at
    for (const each of findings) {
      const at = `${each.language} ${each.side} ${each.key}`;
      this.findings.set(at, [...(this.findings.get(at) ?? []), each]);
    }
    this.rowOf = new WeakMap(); // the row of a pair that a part of a cell has
    this.chunks = [];
    this.chunkOf = new Map();
    this.shown = [];
    this.alignment = null;
    this.listed = new Set();
    this.marks = [];
    this.observer = new IntersectionObserver((seen) => {
      for (const { target, isIntersecting } of seen) {
        const chunk = this.chunkOf.get(target);
        if (chunk && isIntersecting) {
          this.draw(chunk);
        } else if (chunk && !target.contains(document.activeElement)) {
          this.letGo(chunk);
        }
      }
    }, { rootMargin: AHEAD });
    element.addEventListener("pointerdown", (event) => {
      const stop = event.target.closest("[data-side]");
      if (stop && event.button === 0) {
        onChoose(placeOf(stop), numberOfRow(stop));
      }
    });
    element.addEventListener("focusin", (event) => {
      const stop = event.target.closest("[data-side]");
      if (stop) {
        onChoose(placeOf(stop), numberOfRow(stop));
      }
    });
  }

  // Shows other rows; what is the same as before is not drawn again.
  show(shown, alignment, { listed, anew = false }) {
    const old = this.shown;
    const before = this.alignment;
    this.listed = listed;
    this.shown = shown;
    this.alignment = alignment;
    if (anew || !before || old.length === 0) {
      this.fill();
      return;
    }
    let first = 0;
    const shorter = Math.min(old.length, shown.length);
    while (first < shorter && isSame(shown[first], old[first], alignment, before)) {
      first += 1;
    }
    let same = 0; // rows at the end
    while (
      same < shorter - first &&
      isSame(shown[shown.length - 1 - same], old[old.length - 1 - same], alignment, before)
    ) {
      same += 1;
    }
    this.replace(first, old.length - same, shown.length - same);
    this.refresh();
  }

  fill() {
    this.chunks.forEach((chunk) => this.observer.unobserve(chunk.element));
    this.chunks = [];
    this.chunkOf.clear();
    const elements = [];
    for (let start = 0; start < this.shown.length; start += CHUNK) {
      const chunk = this.addChunk(this.shown.slice(start, start + CHUNK), this.chunks.length);
      elements.push(chunk.element);
    }
    this.element.replaceChildren(...elements);
    this.chunks.slice(0, 2).forEach((chunk) => this.draw(chunk));
    this.chunks.forEach((chunk) => this.observer.observe(chunk.element));
    this.element.setAttribute("aria-rowcount", this.shown.length);
  }

  addChunk(rows, at) {
    const chunk = { rows, element: make("div", { role: "rowgroup", class: "chunk" }), drawn: false, height: 0 };
    chunk.element.style.height = `${this.guess(rows)}px`;
    this.chunks.splice(at, 0, chunk);
    this.chunkOf.set(chunk.element, chunk);
    return chunk;
  }

  guess(rows) {
    const columns = rows[0]?.cells.length ?? 1;
    const letters = Math.max(this.element.clientWidth / columns / 9, 20);
    return rows.reduce((sum, shown) => sum + 18 + LINE * Math.max(1, ...shown.cells.map((cell) => {
      const edition = this.alignment.editions[cell.tag];
      return cell.parts.reduce((lines, each) =>
        lines + each.keys.reduce((some, key) => some + Math.ceil(edition.text(key).length / letters), 0), 0);
    })), 0);
  }

  // Puts the rows from `first` to `newEnd` in the place of those from `first` to `oldEnd`.
  replace(first, oldEnd, newEnd) {
    if (first === oldEnd && first === newEnd) {
      return;
    }
    let offset = 0;
    let placed = false;
    const changed = [];
    const sizes = this.chunks.map((chunk, at) => {
      const size = chunk.rows.length;
      const from = Math.min(Math.max(first - offset, 0), size);
      const to = Math.min(Math.max(oldEnd - offset, 0), size);
      const holds = !placed && (first < offset + size || at === this.chunks.length - 1);
      const added = holds ? newEnd - first : 0;
      const removed = Math.max(to - from, 0);
      placed ||= holds;
      offset += size;
      if (added > 0 || removed > 0) {
        changed.push(chunk);
      }
      return size - removed + added;
    });
    // Rows that show the same belong to the alignment before: all are taken from the new one.
    let start = 0;
    this.chunks.forEach((chunk, at) => {
      chunk.rows = this.shown.slice(start, start + sizes[at]);
      start += sizes[at];
    });
    changed.forEach((chunk) => this.redraw(chunk));
    for (const chunk of this.chunks.filter((each) => each.rows.length === 0 && this.chunks.length > 1)) {
      this.observer.unobserve(chunk.element);
      this.chunkOf.delete(chunk.element);
      chunk.element.remove();
      this.chunks.splice(this.chunks.indexOf(chunk), 1);
    }
    this.element.setAttribute("aria-rowcount", this.shown.length);
  }

  redraw(chunk) {
    if (chunk.drawn) {
      chunk.drawn = false;
      chunk.stale = true;
    } else {
      chunk.element.style.height = `${this.guess(chunk.rows)}px`;
    }
  }

  draw(chunk) {
    if (chunk.drawn) {
      return;
    }
    chunk.drawn = true;
    chunk.stale = false;
    chunk.element.style.height = "";
    const start = this.startOf(chunk);
    chunk.element.replaceChildren(...chunk.rows.map((shown, at) => this.row(shown, start + at)));
    this.mark(chunk);
  }

  letGo(chunk) {
    if (!chunk.drawn) {
      return;
    }
    chunk.element.style.height = `${chunk.element.getBoundingClientRect().height}px`;
    chunk.element.replaceChildren();
    chunk.drawn = false;
  }

  startOf(chunk) {
    let start = 0;
    for (const each of this.chunks) {
      if (each === chunk) {
        break;
      }
      start += each.rows.length;
    }
    return start;
  }

  // Says anew of the rows that are drawn what may have changed: numbers, what is on the list.
  refresh() {
    let start = 0;
    for (const chunk of this.chunks) {
      if (chunk.stale) {
        this.draw(chunk);
      } else if (chunk.drawn) {
        [...chunk.element.children].forEach((element, at) => {
          element.setAttribute("aria-rowindex", start + at + 1);
          element.querySelector(".number").textContent = start + at + 1;
        });
        this.mark(chunk);
      }
      start += chunk.rows.length;
    }
  }

  mark(chunk) {
    [...chunk.element.children].forEach((element, at) => {
      const { rows } = chunk.rows[at];
      element.classList.toggle("doubtful", rows.some(([, row]) => this.listed.has(row)));
      element.classList.toggle("done", rows.every(([, row]) => isDone(row)));
      for (const part of element.querySelectorAll(".part")) {
        part.classList.toggle("doubtful", this.listed.has(this.rowOf.get(part)));
      }
    });
    this.marks.forEach((each) => each(chunk));
  }

  row(shown, number) {
    const single = shown.rows.length === 1 && shown.cells.length === 2;
    const element = make("div", { role: "row", class: "row", "aria-rowindex": number + 1 });
    const index = make("div", { role: "rowheader", class: "number" });
    index.textContent = number + 1;
    const cells = shown.cells.map((cell, at) => this.cell(cell, at, !single));
    element.append(index, ...cells);
    if (single) {
      const [[, row]] = shown.rows;
      cells[0].after(badge(row, "gridcell", this.found(...shown.rows[0])));
      element.classList.add(`level-${levelOf(row)}`);
      element.classList.toggle("dropped", row.dropped);
    }
    return element;
  }

  // What checks found of a row.
  found(language, row) {
    return ["source", "target"].flatMap((side) =>
      row[side].flatMap((key) => this.findings.get(`${language} ${side} ${key}`) ?? []));
  }

  cell(cell, column, withBadges) {
    const { direction } = this.languages[cell.tag];
    const parts = cell.parts.map((each) => {
      const element = make("div", { role: "presentation", class: "part" });
      if (withBadges && each.row) {
        element.append(badge(each.row, "presentation", this.found(each.language, each.row)));
        this.rowOf.set(element, each.row);
        element.classList.add(`level-${levelOf(each.row)}`);
        element.classList.toggle("dropped", each.row.dropped);
      }
      const name = column === 0 ? "source" : each.language;
      for (const key of each.keys) {
        const text = make("div", {
          role: "gridcell", tabindex: -1, class: "segment", lang: cell.tag, dir: direction,
          "data-side": each.side, "data-key": key, "data-language": each.language, "data-column": name,
        });
        text.textContent = this.alignment.editions[cell.tag].text(key);
        element.append(text);
      }
      if (each.keys.length === 0 && each.row) {
        const other = each.side === "source" ? "target" : "source";
        const nothing = make("div", {
          role: "gridcell", tabindex: -1, class: "segment nothing",
          "data-side": each.side, "data-language": each.language, "data-anchor": each.row[other][0],
        });
        nothing.textContent = "no counterpart";
        element.append(nothing);
      }
      return element;
    });
    return make("div", { role: "presentation", class: `cell ${cell.side}` }, ...parts);
  }

  // Draws the row of a number and gives its element.
  elementOf(number) {
    let start = 0;
    for (const chunk of this.chunks) {
      if (number < start + chunk.rows.length) {
        this.draw(chunk);
        return chunk.element.children[number - start];
      }
      start += chunk.rows.length;
    }
    return null;
  }

  // The element of a place in a row.
  stop(number, place) {
    const row = this.elementOf(number);
    return row ? [...row.querySelectorAll("[data-side]")].find((element) => {
      const there = placeOf(element);
      return there.side === place.side && there.key === place.key &&
        (there.anchor ?? null) === (place.anchor ?? null) &&
        (there.language === null || place.language === null || there.language === place.language);
    }) : null;
  }

  stops(number) {
    return stopsOf(this.shown[number]);
  }
}

function numberOfRow(element) {
  return Number(element.closest("[role=row]").getAttribute("aria-rowindex")) - 1;
}

export function placeOf(element) {
  const { side, key, language, anchor } = element.dataset;
  return { side, key: key ?? null, language: language ?? null, ...(anchor === undefined ? {} : { anchor }) };
}

function badge(row, role, findings) {
  const words = wordsOf(row);
  const said = isDone(row) || row.confidence === null ? "" : row.confidence.toFixed(2);
  const element = make("div", { role, class: "badge" });
  if (said) {
    const figure = make("span", { class: "figure", title: "the probability that this is right" });
    figure.textContent = said;
    element.append(figure);
  }
  for (const word of words) {
    const flag = make("span", { class: `word ${word.replace(" ", "-")}` });
    flag.textContent = word;
    element.append(flag);
  }
  for (const { severity, check, message } of findings) {
    const flag = make("span", { class: `found ${severity}` });
    flag.textContent = `${severity}: ${message} [${check}]`;
    element.append(flag);
  }
  if (row.note) {
    const note = make("span", { class: "note" });
    note.textContent = row.note;
    element.append(note);
  }
  return element;
}
