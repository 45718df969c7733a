// The page of a review: what keys and buttons do, and where the reviewer is.
import { alignmentOf, editionOf, otherSide } from "./alignment.js";
import { commandsOf, namesOf } from "./commands.js";
import { givePinningUp, markPinning } from "./aligning.js";
import { Alone, Server, identifier } from "./connection.js";
import { $, Grid, make } from "./grid.js";
import { Review } from "./history.js";
import { find } from "./reducer.js";
import { nameOf, sentence, tellState, tellWork } from "./telling.js";
import { shownRows } from "./view.js";
import { goTo, goToFirst, look, nextDoubtful, numberOf, termsAsked } from "./walking.js";

export class Page {
  constructor(data) {
    this.data = data;
    this.languages = data.languages;
    this.all = Object.keys(data.pairs);
    this.review = new Review(alignmentOf(data), data.entries);
    this.view = this.all[0];
    this.active = this.all[0]; // the language whose pair operations are about
    this.current = null;
    this.number = 0; // of the row shown in which it is
    this.pinning = null;
    this.grid = new Grid($("grid"), this.languages, data.findings, (place, number) => this.chosen(place, number));
    this.grid.marks.push(() => markPinning(this));
    const on = {
      onEntries: (entries) => this.took(entries),
      onRefused: (entry, why) => this.refused(entry, why),
      onState: (state, count, why) => tellState(this, state, count, why),
    };
    this.store = data.alone ? new Alone(data.fingerprint, on) : new Server(data.entries.length, on);
    if (data.alone) {
      this.store.entries.forEach((entry) => this.review.add(entry));
    }
    this.commands = commandsOf(this);
    this.build();
    this.update({ anew: true });
    goToFirst(this);
    tellState(this, data.alone ? "here" : "saved", 0);
  }

  get shownLanguages() {
    return this.view === "" ? this.all : [this.view];
  }

  get alignment() {
    return this.review.alignment;
  }

  // The page around the rows.

  build() {
    const select = $("view");
    this.all.forEach((tag) => select.append(this.option(tag, `${this.languages[tag].name} ${this.languages[tag].autonym}`)));
    if (this.all.length > 1) {
      select.append(this.option("", "All languages"));
    }
    select.addEventListener("change", () => this.show(select.value));
    $("by").value = stored("align-review-by");
    $("by").addEventListener("change", () => keep("align-review-by", $("by").value.trim()));
    const bar = $("toolbar");
    const groups = new Map();
    for (const command of this.commands.filter((each) => each.label)) {
      if (!groups.has(command.group)) {
        groups.set(command.group, make("div", { role: "group", "aria-label": command.group, class: "group" }));
        bar.append(groups.get(command.group));
      }
      const button = make("button", {
        type: "button", "data-command": command.id, title: `${command.title} (${command.keys[0]})`, tabindex: -1,
        "aria-keyshortcuts": command.keys.map((key) => key.replace("Ctrl", "Control")).join(" "),
      });
      const key = make("kbd", { "aria-hidden": "true" });
      key.textContent = command.keys[0];
      button.append(make("span", {}, command.label), key);
      button.addEventListener("click", () => this.run(command));
      groups.get(command.group).append(button);
    }
    this.buttons = [...bar.querySelectorAll("button")];
    this.buttons[0].tabIndex = 0;
    bar.addEventListener("keydown", (event) => this.inToolbar(event));
    for (const name of ["next", "previous", "list"]) {
      $(name).addEventListener("click", () => this.run(this.commands.find(({ id }) => id === name)));
    }
    $("find").addEventListener("input", () => look(this, 1, true));
    $("find").addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        event.preventDefault();
        look(this, event.shiftKey ? -1 : 1, false);
      } else if (event.key === "Escape") {
        this.focus();
      }
    });
    if (this.data.alone) {
      $("download").hidden = false;
      $("download").addEventListener("click", () => this.download());
    }
    new ResizeObserver(([{ target }]) => {
      document.documentElement.style.setProperty("--top", `${target.offsetHeight}px`);
    }).observe(document.querySelector("header.top"));
    document.addEventListener("keydown", (event) => this.pressed(event));
    window.addEventListener("beforeunload", (event) => {
      if (this.store.pending?.length > 0) {
        event.preventDefault();
      }
    });
  }

  option(value, text) {
    const option = make("option", { value });
    option.textContent = text;
    return option;
  }

  inToolbar(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = this.buttons.indexOf(event.target.closest("button"));
    if (step && at >= 0) {
      event.preventDefault();
      event.stopPropagation();
      const next = this.buttons[(at + step + this.buttons.length) % this.buttons.length];
      this.buttons.forEach((button) => {
        button.tabIndex = button === next ? 0 : -1;
      });
      next.focus();
    }
  }

  pressed(event) {
    if (event.defaultPrevented || document.querySelector("dialog[open]")) {
      return;
    }
    const { target } = event;
    const typing = target.matches?.("input, textarea, select");
    const onButton = target.matches?.("button, a, summary");
    const names = namesOf(event);
    const command = this.commands.find(({ keys }) => keys.some((key) => names.includes(key)));
    if (!command || (typing && !(event.ctrlKey || event.metaKey)) || (typing && command.ofText)) {
      return;
    }
    if (onButton && ["Space", "Enter"].some((key) => names.includes(key))) {
      return;
    }
    event.preventDefault();
    this.run(command);
  }

  async run(command) {
    try {
      await command.run();
    } catch (error) {
      this.say(error.message, true);
    }
    if (!command.keepsFocus) {
      this.focus();
    }
  }

  // Where the reviewer is.

  chosen(place, number) {
    this.current = place;
    if (place.language) {
      this.active = place.language;
    }
    this.number = number;
    this.light();
  }

  // Lights the segments of the row the reviewer is in.
  light() {
    for (const element of $("grid").querySelectorAll(".current")) {
      element.classList.remove("current");
      element.querySelectorAll("[tabindex='0']").forEach((stop) => {
        stop.tabIndex = -1;
      });
    }
    const row = this.grid.elementOf(this.number);
    row?.classList.add("current");
    const stop = this.current && this.grid.stop(this.number, this.current);
    if (stop) {
      stop.tabIndex = 0;
    }
  }

  focus() {
    if (!this.current) {
      return;
    }
    const element = this.grid.stop(this.number, this.current);
    if (element) {
      this.light();
      element.focus({ preventScroll: true });
      const box = element.getBoundingClientRect();
      const top = Math.max(document.querySelector("header.top").getBoundingClientRect().bottom, 0);
      if (box.top < top || box.bottom > window.innerHeight) {
        element.scrollIntoView({ block: box.height > window.innerHeight - top ? "start" : "center", inline: "nearest" });
      }
    }
  }

  // The row of the pair that operations are about, and how a log names it.
  place() {
    if (!this.current) {
      throw new Error("There is nothing to do this to.");
    }
    const { side, key, anchor } = this.current;
    const [where, segment] = key === null ? [otherSide(side), anchor] : [side, key];
    return { language: this.current.language ?? this.active, side: where, segment };
  }

  pairRow() {
    const { language, side, segment } = this.place();
    return this.alignment.pairs[language][find(this.alignment, language, side, segment)];
  }

  segmentHere() {
    if (this.current?.key == null) {
      throw new Error("There is no segment here.");
    }
    return this.place();
  }

  textOf(language, side, key) {
    return this.alignment.editions[editionOf(this.alignment, language, side)].text(key);
  }

  // Operations.

  do(operation) {
    const entry = {
      id: identifier(),
      time: new Date().toISOString(),
      ...($("by").value.trim() ? { by: $("by").value.trim() } : {}),
      operation,
    };
    this.review.add(entry);
    const why = this.review.conflicts.get(entry.id);
    if (why) { // it never was
      this.review = new Review(this.review.start, this.review.entries.slice(0, -1));
      this.say(sentence(why), true);
      return false;
    }
    this.store.keep(entry);
    this.update();
    this.say(`Done: ${nameOf(operation)}.`, false, true);
    return true;
  }

  took(entries) {
    const mine = new Set((this.store.pending ?? []).map(({ id }) => id));
    const fresh = entries.filter(({ id }) => !this.review.known.has(id));
    if (fresh.length === 0) {
      return;
    }
    const old = this.review.entries.filter(({ id }) => !mine.has(id));
    this.review = new Review(this.review.start, [...old, ...fresh, ...(this.store.pending ?? [])]);
    this.update();
    this.say(`${fresh.length} from another page.`);
  }

  refused(entry, why) {
    this.review = new Review(this.review.start, this.review.entries.filter(({ id }) => id !== entry.id));
    this.update();
    this.say(sentence(why), true);
  }

  update({ anew = false } = {}) {
    tellWork(this);
    const focused = $("grid").contains(document.activeElement);
    this.grid.show(shownRows(this.alignment, this.shownLanguages), this.alignment, { listed: this.onList, anew });
    const { undoable, redoable } = this.review;
    this.button("undo").disabled = !undoable;
    this.button("redo").disabled = !redoable;
    this.settle();
    if (focused) {
      this.focus();
    }
  }

  // Stays with the segment that the reviewer was at, wherever it went.
  settle() {
    if (!this.current || this.grid.shown.length === 0) {
      return;
    }
    const number = numberOf(this, this.current);
    if (number >= 0 && this.grid.stop(number, this.current)) {
      this.number = number;
      this.light();
      return;
    }
    const near = Math.min(number >= 0 ? number : this.number, this.grid.shown.length - 1);
    const stops = this.grid.stops(near).flat();
    this.number = near;
    this.current = stops.find((stop) => stop.side === this.current.side && stop.language === this.current.language) ?? stops[0];
    this.light();
  }

  button(id) {
    return $("toolbar").querySelector(`[data-command=${id}]`);
  }

  // The work list.

  // Commands that ask first, or do more than one thing.

  mark(status) {
    this.do({ kind: "mark", ...this.place(), status });
  }

  accept() {
    if (this.do({ kind: "mark", ...this.place(), status: "accepted" })) {
      nextDoubtful(this, 1);
    }
  }

  undo() {
    const { undoable } = this.review;
    if (!undoable) {
      throw new Error("There is nothing to take back.");
    }
    this.do({ kind: "undo", of: undoable.id });
    this.say(`Taken back: ${nameOf(undoable.operation)}.`);
  }

  redo() {
    const { redoable } = this.review;
    if (!redoable) {
      throw new Error("There is nothing to do again.");
    }
    this.do({ kind: "redo", of: redoable.id });
    this.say(`Done again: ${nameOf(redoable.operation)}.`);
  }

  show(view) {
    const place = this.current ? { ...this.place() } : null;
    this.view = view;
    $("view").value = view;
    document.body.classList.toggle("many", this.shownLanguages.length > 1);
    $("grid").style.setProperty("--columns", this.shownLanguages.length + 1);
    this.active = view || this.active;
    givePinningUp(this);
    this.current = null;
    this.update({ anew: true });
    const there = place && place.side === "source" ? numberOf(this, { ...place, key: place.segment, language: null }) : -1;
    goTo(this, Math.max(there, 0), { side: "target", language: this.active });
  }

  terms() {
    if (!this.data.terms) {
      throw new Error("There is no page of terms beside the alignment; align build writes one.");
    }
    window.open(`${this.data.terms}${termsAsked(this)}`, "_blank", "noopener");
  }

  download() {
    const head = { format: "align-review", version: 1, alignment: this.data.fingerprint };
    const lines = [head, ...this.review.entries].map((each) => JSON.stringify(each));
    const link = make("a", { download: "review.jsonl", href: URL.createObjectURL(new Blob([`${lines.join("\n")}\n`])) });
    link.click();
    URL.revokeObjectURL(link.href);
  }

  // What is told.

  say(text, isError = false, quietly = false) {
    $("status").textContent = text;
    $("status").classList.toggle("error", isError);
    $("status").classList.toggle("quiet", quietly);
  }

}

function stored(name) {
  try {
    return localStorage.getItem(name) ?? "";
  } catch {
    return "";
  }
}

function keep(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // The browser keeps nothing, and the name is asked for again.
  }
}

async function start() {
  const embedded = $("data");
  try {
    const data = embedded ? JSON.parse(embedded.textContent) : await (await fetch("data", { cache: "no-store" })).json();
    window.review = new Page(data);
  } catch (error) {
    $("status").textContent = `The page cannot start: ${error.message}`;
    throw error;
  }
}

start();
