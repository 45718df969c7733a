// What the page asks and tells in windows of its own.
import { make } from "./grid.js";

// Opens a window and waits for its answer; null where it was closed without one.
function openWindow(title, content, { confirm = null, first = null, wide = false } = {}) {
  return new Promise((resolve) => {
    const heading = make("h2", { id: "asked" });
    heading.textContent = title;
    const dialog = make("dialog", { "aria-labelledby": "asked", class: wide ? "wide" : "" });
    const form = make("form", { method: "dialog" }, heading, ...content);
    const buttons = make("div", { class: "buttons" });
    if (confirm) {
      const yes = make("button", { type: "submit", class: "main", value: "yes" });
      yes.textContent = confirm;
      buttons.append(yes);
    }
    const no = make("button", { type: "button", class: "close" });
    no.textContent = confirm ? "Cancel" : "Close";
    no.addEventListener("click", () => dialog.close(""));
    buttons.append(no);
    form.append(buttons);
    dialog.append(form);
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.returnValue = "";
    dialog.showModal();
    (first ?? dialog.querySelector("button")).focus();
  });
}

function paragraph(text, attributes = {}) {
  const element = make("p", attributes);
  element.textContent = text;
  return element;
}

// Asks for a text: null, or what was written.
export async function askText(title, text, { tag, direction, hint, confirm = "Save", lines = 5 } = {}) {
  const field = make("textarea", { rows: lines, "aria-label": title, lang: tag, dir: direction ?? "auto", maxlength: 100000 });
  field.value = text;
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      field.form.requestSubmit(field.form.querySelector("[value=yes]"));
    }
  });
  const answered = await openWindow(title, [field, ...(hint ? [paragraph(hint, { class: "hint" })] : [])], { confirm, first: field });
  return answered ? field.value : null;
}

// Asks where to part some segments of each side: [{tag, direction, name, segments: [{key, text}]}].
// The answer has for each side {index, at}: the segment in which, and after how many of its characters
// (code points; 0 is before it); null where the window was closed.
export async function askPlaces(title, sides, { confirm, hint }) {
  const choosers = sides.map((side) => chooser(side));
  const answered = await openWindow(title, [paragraph(hint, { class: "hint" }), ...choosers.map((each) => each.element)],
    { confirm, first: choosers[0].slider, wide: true });
  return answered ? choosers.map((each) => each.place()) : null;
}

function chooser({ tag, direction, name, segments, start }) {
  const characters = segments.map(({ text }) => Array.from(text));
  const size = characters.reduce((sum, some) => sum + some.length, 0);
  const slider = make("input", { type: "range", min: 0, max: size, step: 1, "aria-label": `Place in ${name}` });
  slider.value = start ?? nearMiddle(characters);
  const before = make("span", { class: "before" });
  const bar = make("span", { class: "bar", "aria-hidden": "true" });
  const after = make("span", { class: "after" });
  const text = make("p", { class: "parted", lang: tag, dir: direction }, before, bar, after);
  const whole = characters.flat();
  const spaced = boundaries(characters);
  const show = () => {
    const at = Number(slider.value);
    before.textContent = withGaps(whole, spaced, 0, at);
    after.textContent = withGaps(whole, spaced, at, size);
    slider.setAttribute("aria-valuetext", `${whole.slice(Math.max(at - 12, 0), at).join("")} | ${whole.slice(at, at + 12).join("")}`);
  };
  slider.addEventListener("input", show);
  text.addEventListener("click", (event) => {
    const caret = document.caretRangeFromPoint?.(event.clientX, event.clientY);
    if (caret && text.contains(caret.startContainer)) {
      const range = document.createRange();
      range.setStart(text, 0);
      range.setEnd(caret.startContainer, caret.startOffset);
      const shown = Array.from(range.toString()).filter((character) => character !== GAP).length;
      slider.value = shown;
      show();
      slider.focus();
    }
  });
  show();
  const heading = make("h3");
  heading.textContent = name;
  const element = make("div", { class: "chooser" }, heading, text, slider);
  const place = () => {
    let left = Number(slider.value);
    for (let index = 0; index < characters.length; index += 1) {
      if (left < characters[index].length) {
        return { index, at: left };
      }
      left -= characters[index].length;
    }
    return { index: characters.length, at: 0 };
  };
  return { element, slider, place };
}

const GAP = "\u00b7"; // shown between segments

function boundaries(characters) {
  const places = new Set();
  let reached = 0;
  for (const some of characters.slice(0, -1)) {
    reached += some.length;
    places.add(reached);
  }
  return places;
}

function withGaps(whole, spaced, from, to) {
  let text = "";
  for (let at = from; at < to; at += 1) {
    text += (spaced.has(at) && at > from ? GAP : "") + whole[at];
  }
  return text;
}

// Between two segments if there are several, else after a sentence or a word near the middle.
function nearMiddle(characters) {
  if (characters.length === 0) {
    return 0;
  }
  if (characters.length > 1) {
    const half = Math.ceil(characters.length / 2);
    return characters.slice(0, half).reduce((sum, some) => sum + some.length, 0);
  }
  const [some] = characters;
  const middle = some.length / 2;
  let best = Math.round(middle);
  let least = Infinity;
  some.forEach((character, at) => {
    const cost = /[.!?。！？؟…]/u.test(character) ? 0 : /[\s、，,;；:]/u.test(character) ? some.length / 4 : Infinity;
    if (at + 1 < some.length && cost + Math.abs(at + 1 - middle) < least) {
      least = cost + Math.abs(at + 1 - middle);
      best = at + 1;
    }
  });
  return best;
}

export function tellHelp(groups) {
  const tables = groups.map(([title, commands]) => {
    const heading = make("h3");
    heading.textContent = title;
    const rows = commands.map(({ keys, label, title: said }) => {
      const names = make("dt", {}, ...keys.map((key) => {
        const shown = make("kbd");
        shown.textContent = key;
        return shown;
      }));
      const what = make("dd");
      what.textContent = said ?? label;
      return [names, what];
    });
    return make("section", {}, heading, make("dl", { class: "keys" }, ...rows.flat()));
  });
  return openWindow("Keys", [make("div", { class: "help" }, ...tables)], { wide: true });
}

// A list to choose from; the answer is what `items` have as `value`, or null.
export async function choose(title, items, { empty, hint } = {}) {
  let chosen = null;
  const list = make("ol", { class: "choices" });
  items.forEach(({ label, detail, tag, direction, value }) => {
    const button = make("button", { type: "submit", value: "yes" });
    const first = make("span", { class: "label" });
    first.textContent = label;
    button.append(first);
    if (detail) {
      const second = make("span", { class: "detail", lang: tag, dir: direction });
      second.textContent = detail;
      button.append(second);
    }
    button.addEventListener("click", () => {
      chosen = value;
    });
    list.append(make("li", {}, button));
  });
  const content = items.length > 0 ? [list] : [paragraph(empty)];
  await openWindow(title, [...(hint ? [paragraph(hint, { class: "hint" })] : []), ...content], { wide: true });
  return chosen;
}

