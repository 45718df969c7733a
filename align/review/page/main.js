// The page of a review: what keys and buttons do, and where the reviewer is.
import { alignmentOf, editionOf, isDone, otherSide } from "./alignment.js";
import { Alone, Server, identifier } from "./connection.js";
import { askPlaces, askText, choose, tellHelp } from "./dialogs.js";
import { Grid, make } from "./grid.js";
import { Review } from "./history.js";
import { find } from "./reducer.js";
import { shownRows, wordsOf } from "./view.js";
import { probabilityOf, workList } from "./work.js";

const PAGE = 12; // rows that Page Up and Page Down pass
const $ = (name) => document.getElementById(name);

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
    this.found = "";
    this.serverTold = "";
    this.grid = new Grid($("grid"), this.languages, (place) => this.chosen(place));
    this.grid.marks.push(() => this.markPinning());
    const on = {
      onEntries: (entries) => this.took(entries),
      onRefused: (entry, why) => this.refused(entry, why),
      onState: (state, count, why) => this.tellState(state, count, why),
    };
    this.store = data.alone ? new Alone(data.fingerprint, on) : new Server(data.entries.length, on);
    if (data.alone) {
      this.store.entries.forEach((entry) => this.review.add(entry));
    }
    this.commands = commandsOf(this);
    this.build();
    this.update({ anew: true });
    this.goToFirst();
    this.tellState(data.alone ? "here" : "saved", 0);
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
    $("find").addEventListener("input", () => this.look(1, true));
    $("find").addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        event.preventDefault();
        this.look(event.shiftKey ? -1 : 1, false);
      } else if (event.key === "Escape") {
        this.focus();
      }
    });
    if (this.data.alone) {
      $("download").hidden = false;
      $("download").addEventListener("click", () => this.download());
    }
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

  chosen(place) {
    const row = document.activeElement?.closest?.("[role=row]");
    this.current = place;
    if (place.language) {
      this.active = place.language;
    }
    const number = row ? Number(row.getAttribute("aria-rowindex")) - 1 : this.numberOf(place);
    this.number = number >= 0 ? number : this.number;
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

  numberOf(place) {
    const anchor = place.key === null ? [otherSide(place.side), place.anchor] : [place.side, place.key];
    return this.grid.shown.findIndex((shown) =>
      shown.rows.some(([language, row]) =>
        row[anchor[0]].includes(anchor[1]) &&
        (anchor[0] === "source" || place.language === null || language === place.language)) ||
      (anchor[0] === "source" && shown.cells[0].parts.some(({ keys }) => keys.includes(anchor[1]))));
  }

  focus() {
    if (!this.current) {
      return;
    }
    const element = this.grid.stop(this.number, this.current);
    if (element) {
      this.light();
      element.focus({ preventScroll: true });
      const box = element.closest("[role=row]").getBoundingClientRect();
      const top = document.querySelector("header.top").getBoundingClientRect().bottom;
      if (box.top < top || box.bottom > window.innerHeight) {
        element.scrollIntoView({ block: box.height > window.innerHeight - top ? "start" : "center" });
      }
    }
  }

  goTo(number, wish = this.current) {
    const columns = this.grid.stops(number);
    const same = columns.flat().find((stop) => wish && stop.side === wish.side &&
      (stop.side === "source" || stop.language === this.active));
    this.current = same ?? columns.flat()[0];
    this.number = number;
    if (this.current.language) {
      this.active = this.current.language;
    }
    this.focus();
    this.describe();
  }

  goToFirst() {
    if (this.grid.shown.length > 0) {
      const first = this.listed().sort((a, b) => a - b)[0] ?? 0;
      this.goTo(first, { side: "target", language: this.active });
    }
  }

  // Up and down go from segment to segment and on to the next row.
  step(step) {
    const inCell = this.stopsHere();
    const at = inCell.findIndex((stop) => stop.key === this.current.key && stop.anchor === this.current.anchor);
    const next = inCell[at + step];
    if (next) {
      this.current = next;
      this.focus();
      return;
    }
    const number = this.number + step;
    if (number < 0 || number >= this.grid.shown.length) {
      this.say(step > 0 ? "This is the last row." : "This is the first row.");
      return;
    }
    this.goTo(number);
    if (step < 0) {
      const stops = this.stopsHere();
      this.current = stops[stops.length - 1] ?? this.current;
      this.focus();
    }
  }

  stopsHere() {
    return this.grid.stops(this.number).find((stops) =>
      stops.some((stop) => stop.side === this.current.side &&
        (stop.side === "source" || stop.language === this.active))) ?? [];
  }

  leap(step) {
    const last = this.grid.shown.length - 1;
    this.goTo(Math.min(Math.max(this.number + step, 0), last));
  }

  across(step) {
    const columns = this.grid.stops(this.number).filter((stops) => stops.length > 0);
    const here = columns.indexOf(columns.find((stops) => stops.some((stop) =>
      stop.side === this.current.side && (stop.side === "source" || stop.language === this.active))));
    const next = columns[here + step];
    if (next) {
      [this.current] = next;
      this.active = this.current.language ?? this.active;
      this.focus();
      this.describe();
    }
  }

  describe() {
    const row = this.pairRow();
    if (row) {
      const sure = isDone(row) || row.confidence === null ? "" : `, ${Math.round(row.confidence * 100)} % sure`;
      this.say([`Row ${this.number + 1} of ${this.grid.shown.length}${sure}`, ...wordsOf(row)].join(", "), false, true);
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
    this.worked();
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
    const number = this.numberOf(this.current);
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

  worked() {
    this.onList = new Set();
    let rows = 0;
    let done = 0;
    let wrong = 0;
    let wrongAfter = 0;
    for (const language of this.shownLanguages) {
      const pair = this.alignment.pairs[language];
      const list = workList(pair, this.data.right);
      list.rows.forEach((number) => this.onList.add(pair[number]));
      rows += pair.length;
      done += pair.filter((row) => row.status === "accepted" || row.byHand || row.dropped || row.pinned).length;
      wrong += (1 - list.right) * pair.length;
      wrongAfter += (1 - list.rightAfter) * pair.length;
    }
    const left = this.onList.size;
    const share = (count) => `${(100 * (1 - count / Math.max(rows, 1))).toFixed(1)} %`;
    $("told").textContent = left > 0
      ? `After these ${left} rows the memory is ${share(wrongAfter)} right; now it is ${share(wrong)}.`
      : `Nothing is left to look at: the memory is ${share(wrong)} right.`;
    const bar = $("progress");
    bar.max = Math.max(done + left, 1);
    bar.value = left > 0 ? done : bar.max;
    bar.setAttribute("aria-valuetext", `${done} rows done, ${left} to look at`);
    $("counted").textContent = `${done} of ${done + left} looked at`;
  }

  listed() {
    return this.grid.shown.flatMap(({ rows }, number) =>
      rows.some(([, row]) => this.onList.has(row)) ? [number] : []);
  }

  nextDoubtful(step) {
    const numbers = this.listed();
    if (numbers.length === 0) {
      this.say("Nothing is left to look at.");
      return;
    }
    const beyond = numbers.filter((number) => (number - this.number) * step > 0);
    const number = step > 0 ? beyond[0] ?? numbers[0] : beyond[beyond.length - 1] ?? numbers[numbers.length - 1];
    const doubtful = this.grid.shown[number].rows.find(([, row]) => this.onList.has(row));
    [this.active] = doubtful;
    this.goTo(number, { side: "target", language: this.active });
  }

  async list() {
    const items = this.shownLanguages.flatMap((language) =>
      this.alignment.pairs[language].filter((row) => this.onList.has(row)).map((row) => ({ language, row })));
    items.sort((one, other) => probabilityOf(one.row) - probabilityOf(other.row));
    const chosen = await choose("To look at, the most doubtful first", items.slice(0, 500).map(({ language, row }) => {
      const side = row.source.length > 0 ? "source" : "target";
      const tag = editionOf(this.alignment, language, side);
      return {
        label: `${Math.round(100 * probabilityOf(row))} % ${this.shownLanguages.length > 1 ? this.languages[language].name : ""}`,
        detail: this.textOf(language, side, row[side][0]).slice(0, 120),
        tag,
        direction: this.languages[tag].direction,
        value: { language, side, key: row[side][0] },
      };
    }), { empty: "Nothing is left to look at." });
    if (chosen) {
      this.active = chosen.language;
      this.goTo(this.numberOf(chosen), { side: "target", language: chosen.language });
    }
  }

  // Commands that ask first, or do more than one thing.

  mark(status) {
    this.do({ kind: "mark", ...this.place(), status });
  }

  accept() {
    if (this.do({ kind: "mark", ...this.place(), status: "accepted" })) {
      this.nextDoubtful(1);
    }
  }

  async split() {
    const { language, ...place } = this.place();
    const row = this.pairRow();
    const sides = ["source", "target"].filter((side) => row[side].length > 0).map((side) => {
      const tag = editionOf(this.alignment, language, side);
      return {
        side, tag, ...this.languages[tag],
        segments: row[side].map((key) => ({ key, text: this.textOf(language, side, key) })),
      };
    });
    const places = await askPlaces("Split the row", sides, {
      confirm: "Split",
      hint: "What stands after the bar becomes a row of its own: move it with the arrow keys, or click into the text. A segment is cut where the bar is within it.",
    });
    if (!places) {
      return;
    }
    const starts = { source: null, target: null };
    const operations = [];
    sides.forEach(({ side, segments }, number) => {
      const { index, at } = places[number];
      if (index === segments.length) {
        return;
      }
      const { key } = segments[index];
      starts[side] = at > 0 ? this.keyAfterCut(language, side, key, at) : key;
      if (at > 0) {
        operations.push({ kind: "cut", language, side, segment: key, at });
      }
    });
    const split = { kind: "split", language, ...place, ...starts };
    this.do(operations.length > 0 ? { kind: "together", operations: [...operations, split] } : split);
  }

  keyAfterCut(language, side, segment, at) {
    const { places } = this.alignment.editions[editionOf(this.alignment, language, side)];
    let key = `${segment}@${at}`;
    while (places.has(key)) {
      key += "'";
    }
    return key;
  }

  async cut() {
    const place = this.segmentHere();
    const tag = editionOf(this.alignment, place.language, place.side);
    const segments = [{ key: place.segment, text: this.textOf(place.language, place.side, place.segment) }];
    const places = await askPlaces("Cut the segment in two", [{ tag, ...this.languages[tag], segments }], {
      confirm: "Cut",
      hint: "Move the bar with the arrow keys, or click into the text. Both parts stay in the row.",
    });
    if (places) {
      this.do({ kind: "cut", ...place, at: places[0].index > 0 ? -1 : places[0].at });
    }
  }

  async edit() {
    const place = this.segmentHere();
    const tag = editionOf(this.alignment, place.language, place.side);
    const old = this.textOf(place.language, place.side, place.segment);
    const text = await askText("Edit the segment", old, {
      tag, direction: this.languages[tag].direction,
      hint: "Enter saves. The memory has this text; the file it comes from stays as it is.",
    });
    if (text !== null && text !== old) {
      this.do({ kind: "edit", ...place, text });
    }
  }

  async note() {
    const old = this.pairRow().note;
    const text = await askText("Note on the row", old, { hint: "Enter saves; without text the note is gone.", lines: 3 });
    if (text !== null && text !== old) {
      this.do({ kind: "note", ...this.place(), text });
    }
  }

  pin() {
    const place = this.segmentHere();
    const { pinning } = this;
    if (!pinning || pinning.language !== place.language && place.side === "target" || pinning.side === place.side) {
      this.pinning = place;
      this.markPinning();
      this.say("Marked. Go to its counterpart and press Space; Esc gives up.");
      return;
    }
    const language = place.side === "target" ? place.language : pinning.language;
    const keys = { [pinning.side]: pinning.segment, [place.side]: place.segment };
    this.givePinningUp();
    if (this.do({ kind: "pin", language, source: keys.source, target: keys.target })) {
      this.say("Pinned. Ctrl+R aligns the rest anew.");
    }
  }

  givePinningUp() {
    this.pinning = null;
    this.markPinning();
  }

  markPinning() {
    for (const element of $("grid").querySelectorAll(".pinning")) {
      element.classList.remove("pinning");
    }
    if (this.pinning) {
      for (const element of $("grid").querySelectorAll(`[data-side="${this.pinning.side}"]`)) {
        const { key, language } = element.dataset;
        const same = this.pinning.side === "source" || language === this.pinning.language;
        element.classList.toggle("pinning", same && key === this.pinning.segment);
      }
    }
  }

  async realign() {
    if (this.data.alone) {
      throw new Error("Only the program can align anew; send it this review.");
    }
    const language = this.current?.language ?? this.active;
    this.say("Aligning…");
    const answer = await this.store.realign(language);
    this.took(answer.entries.filter(({ id }) => !this.review.known.has(id)));
    if (answer.refused) {
      throw new Error(sentence(answer.refused));
    }
    if (this.do(answer.operation)) {
      this.say(`Aligned anew: ${answer.operation.rows.length} rows changed.`);
    }
  }

  undo() {
    const { undoable } = this.review;
    if (!undoable) {
      throw new Error("There is nothing to take back.");
    }
    this.do({ kind: "undo", of: undoable.id });
    this.say(`Taken back: ${this.nameOf(undoable.operation)}.`);
  }

  redo() {
    const { redoable } = this.review;
    if (!redoable) {
      throw new Error("There is nothing to do again.");
    }
    this.do({ kind: "redo", of: redoable.id });
    this.say(`Done again: ${this.nameOf(redoable.operation)}.`);
  }

  nameOf(operation) {
    if (operation.kind === "together") {
      return this.nameOf(operation.operations[operation.operations.length - 1]);
    }
    if (operation.kind === "mark") {
      return { accepted: "accepted", review: "look again", "": "mark taken away" }[operation.status];
    }
    if (operation.kind === "drop") {
      return operation.dropped ? "dropped" : "kept";
    }
    return { realign: "aligned anew", move: operation.up ? "moved up" : "moved down",
      shift: operation.up ? "shifted up" : "shifted down" }[operation.kind] ?? operation.kind;
  }

  async history() {
    const items = [...this.review.entries].reverse().slice(0, 500).map((entry) => {
      const { kind, of } = entry.operation;
      const target = this.review.known.get(of);
      const what = target ? `${kind}: ${this.nameOf(target.operation)}` : this.nameOf(entry.operation);
      const state = this.review.takenBack.has(entry.id) ? " (taken back)" : "";
      const { language, side, segment, source } = entry.operation.operations?.[0] ?? entry.operation;
      const key = segment ?? source;
      const there = key !== undefined && language !== undefined;
      const where = there ? `, ${this.languages[language]?.name ?? language}` : "";
      return {
        label: `${new Date(entry.time).toLocaleString()} ${entry.by ?? ""}`,
        detail: `${what}${where}${state}${this.review.conflicts.has(entry.id) ? ` – not done: ${this.review.conflicts.get(entry.id)}` : ""}`,
        value: there ? { language, side: side ?? "source", key } : null,
      };
    });
    const place = await choose("What was done, the latest first", items, { empty: "Nothing was done yet." });
    const number = place ? this.numberOf(place) : -1;
    if (number >= 0) {
      this.active = place.language;
      this.goTo(number, place);
    }
  }

  look(step, fromHere) {
    const wanted = $("find").value.toLocaleLowerCase();
    if (!wanted) {
      return;
    }
    const size = this.grid.shown.length;
    for (let away = fromHere ? 0 : 1; away <= size; away += 1) {
      const number = (((this.number + step * away) % size) + size) % size;
      for (const cell of this.grid.shown[number].cells) {
        for (const each of cell.parts) {
          const key = each.keys.find((some) =>
            this.alignment.editions[cell.tag].text(some).toLocaleLowerCase().includes(wanted));
          if (key !== undefined) {
            this.current = { language: each.language, side: each.side, key };
            this.active = each.language ?? this.active;
            this.number = number;
            this.light();
            this.grid.stop(number, this.current)?.scrollIntoView({ block: "center" });
            this.say(`Found in row ${number + 1}.`);
            return;
          }
        }
      }
    }
    this.say("Not found.");
  }

  show(view) {
    const place = this.current ? { ...this.place() } : null;
    this.view = view;
    $("view").value = view;
    document.body.classList.toggle("many", this.shownLanguages.length > 1);
    $("grid").style.setProperty("--columns", this.shownLanguages.length + 1);
    this.active = view || this.active;
    this.givePinningUp();
    this.current = null;
    this.update({ anew: true });
    const there = place && place.side === "source" ? this.numberOf({ ...place, key: place.segment, language: null }) : -1;
    this.goTo(Math.max(there, 0), { side: "target", language: this.active });
  }

  terms() {
    if (!this.data.terms) {
      throw new Error("There is no page of terms beside the alignment; align build writes one.");
    }
    window.open(this.data.terms, "_blank", "noopener");
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

  tellState(state, count, why = "") {
    const told = {
      saved: "All saved",
      saving: "Saving…",
      lost: `Not connected${count > 0 ? `: ${count} not saved` : ""}`,
      here: count > 0 ? `${count} kept in this browser; download the review and send it` : "Nothing done yet",
      nowhere: "This browser keeps nothing: download the review before you close the page",
    }[state];
    $("state").textContent = told;
    $("state").title = why;
    $("state").classList.toggle("error", state === "lost" || state === "nowhere");
  }
}

// Names of a key as commands have them; letters as they stand on the keyboard where another script is
// written.
function namesOf(event) {
  const latin = /^[\x20-\x7e]$/.test(event.key) ? event.key : null;
  const letter = latin ?? (/^Key[A-Z]$/.test(event.code) ? event.code.slice(3) : event.key);
  const key = letter === " " ? "Space" : letter.length === 1 ? letter.toUpperCase() : letter;
  const control = event.ctrlKey || event.metaKey ? "Ctrl+" : "";
  const shift = event.shiftKey && (control || /^[A-Z]$/.test(key)) ? "Shift+" : "";
  return event.altKey ? [] : [`${control}${shift}${key}`];
}

function commandsOf(page) {
  const place = () => page.place();
  const here = () => page.segmentHere();
  const command = (group, id, keys, label, title, run, options = {}) => ({ group, id, keys, label, title, run, ...options });
  return [
    command("Decide", "accept", ["A"], "Accept", "The row is right; go to the next doubtful one", () => page.accept()),
    command("Decide", "review", ["R"], "Look again", "The row needs another look", () => page.mark("review")),
    command("Decide", "clear", ["C"], "Clear", "Take the mark and the pin away", () => page.mark("")),
    command("Decide", "drop", ["K"], "Keep or drop", "Keep the row out of the memory, or in again",
      () => page.do({ kind: "drop", ...place(), dropped: !page.pairRow().dropped })),
    command("Decide", "note", ["T"], "Note", "Write a note on the row", () => page.note()),
    command("Rows", "up", ["U"], "Up", "Move the first segment of the cell to the row before",
      () => page.do({ kind: "move", ...here(), up: true })),
    command("Rows", "down", ["D"], "Down", "Move the last segment of the cell to the row behind",
      () => page.do({ kind: "move", ...here(), up: false })),
    command("Rows", "merge", ["M"], "Merge", "Merge the row with the next", () => page.do({ kind: "merge", ...place() })),
    command("Rows", "split", ["S"], "Split", "Split the row, at a character where you like", () => page.split()),
    command("Rows", "unlink", ["L"], "Unlink", "The two sides do not belong together", () => page.do({ kind: "unlink", ...place() })),
    command("Rows", "shift-up", ["Shift+U"], "Rest up", "Shift this cell and all behind it on its side a row back",
      () => page.do({ kind: "shift", ...here(), up: true })),
    command("Rows", "shift-down", ["Shift+D"], "Rest down", "Shift this cell and all behind it on its side a row on",
      () => page.do({ kind: "shift", ...here(), up: false })),
    command("Texts", "edit", ["E"], "Edit", "Edit the text of the segment", () => page.edit()),
    command("Texts", "cut", ["X"], "Cut", "Cut the segment in two", () => page.cut()),
    command("Texts", "join", ["J"], "Join", "Join the segment with the next of its text", () => page.do({ kind: "join", ...here() })),
    command("Align", "pin", ["Space"], "Pin", "Mark a segment, then its counterpart: they belong together", () => page.pin()),
    command("Align", "realign", ["Ctrl+R"], "Re-align", "Align anew what is not decided, between what is", () => page.realign()),
    command("History", "undo", ["Ctrl+Z"], "Undo", "Take the last operation back", () => page.undo(), { ofText: true }),
    command("History", "redo", ["Ctrl+Y", "Ctrl+Shift+Z"], "Redo", "Do again what was taken back", () => page.redo(), { ofText: true }),
    command("History", "history", ["H"], "History", "What was done, when and by whom", () => page.history()),
    command("See", "terms", ["G"], "Terms", "The page of terms", () => page.terms()),
    command("See", "help", ["?"], "Keys", "All keys", () => tellHelp([...grouped(page.commands)])),
    command("Go", "next", ["N"], "", "The next doubtful row", () => page.nextDoubtful(1)),
    command("Go", "previous", ["P", "Shift+N"], "", "The doubtful row before", () => page.nextDoubtful(-1)),
    command("Go", "list", ["W"], "", "The list of doubtful rows", () => page.list()),
    command("Go", "find", ["/", "Ctrl+F"], "", "Find a text; Enter goes on, Esc returns", () => {
      $("find").focus();
      $("find").select();
    }, { keepsFocus: true }),
    command("Go", "arrow-down", ["ArrowDown"], "", "The next segment", () => page.step(1)),
    command("Go", "arrow-up", ["ArrowUp"], "", "The segment before", () => page.step(-1)),
    command("Go", "left", ["ArrowLeft"], "", "The side to the left", () => page.across(-1)),
    command("Go", "right", ["ArrowRight"], "", "The side to the right", () => page.across(1)),
    command("Go", "page-down", ["PageDown"], "", "Some rows on", () => page.leap(PAGE)),
    command("Go", "page-up", ["PageUp"], "", "Some rows back", () => page.leap(-PAGE)),
    command("Go", "home", ["Home"], "", "The first row", () => page.leap(-Infinity)),
    command("Go", "end", ["End"], "", "The last row", () => page.leap(Infinity)),
    command("Go", "language", ["V"], "", "The next language", () => {
      const views = [...page.all, ...(page.all.length > 1 ? [""] : [])];
      page.show(views[(views.indexOf(page.view) + 1) % views.length]);
    }),
    command("Go", "escape", ["Escape"], "", "Give up a pin", () => page.givePinningUp()),
  ];
}

function grouped(commands) {
  const groups = new Map();
  for (const each of commands) {
    groups.set(each.group, [...(groups.get(each.group) ?? []), each]);
  }
  return groups;
}

function sentence(text) {
  return `${text.charAt(0).toLocaleUpperCase()}${text.slice(1)}.`;
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
