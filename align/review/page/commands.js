// Every command: its key, its button, what it does.
import { givePinningUp, pin, realign } from "./aligning.js";
import { cutSegment, editSegment, showHistory, showList, splitRow, writeNote } from "./asking.js";
import { tellHelp } from "./dialogs.js";
import { $ } from "./grid.js";
import { across, leap, nextDoubtful, stepBy } from "./walking.js";

const PAGE = 12; // rows that Page Up and Page Down pass

// Names of a key as commands have them; letters as they stand on the keyboard where another script is
// written.
export function namesOf(event) {
  const latin = /^[\x20-\x7e]$/.test(event.key) ? event.key : null;
  const letter = latin ?? (/^Key[A-Z]$/.test(event.code) ? event.code.slice(3) : event.key);
  const key = letter === " " ? "Space" : letter.length === 1 ? letter.toUpperCase() : letter;
  const control = event.ctrlKey || event.metaKey ? "Ctrl+" : "";
  const shift = event.shiftKey && (control || /^[A-Z]$/.test(key)) ? "Shift+" : "";
  return event.altKey ? [] : [`${control}${shift}${key}`];
}

export function commandsOf(page) {
  const place = () => page.place();
  const here = () => page.segmentHere();
  const command = (group, id, keys, label, title, run, options = {}) => ({ group, id, keys, label, title, run, ...options });
  return [
    command("Decide", "accept", ["A"], "Accept", "The row is right; go to the next doubtful one", () => page.accept()),
    command("Decide", "review", ["R"], "Look again", "The row needs another look", () => page.mark("review")),
    command("Decide", "clear", ["C"], "Clear", "Take the mark and the pin away", () => page.mark("")),
    command("Decide", "drop", ["K"], "Keep or drop", "Keep the row out of the memory, or in again",
      () => page.do({ kind: "drop", ...place(), dropped: !page.pairRow().dropped })),
    command("Decide", "note", ["T"], "Note", "Write a note on the row", () => writeNote(page)),
    command("Rows", "up", ["U"], "Up", "Move the first segment of the cell to the row before",
      () => page.do({ kind: "move", ...here(), up: true })),
    command("Rows", "down", ["D"], "Down", "Move the last segment of the cell to the row behind",
      () => page.do({ kind: "move", ...here(), up: false })),
    command("Rows", "merge", ["M"], "Merge", "Merge the row with the next", () => page.do({ kind: "merge", ...place() })),
    command("Rows", "split", ["S"], "Split", "Split the row, at a character where you like", () => splitRow(page)),
    command("Rows", "unlink", ["L"], "Unlink", "The two sides do not belong together", () => page.do({ kind: "unlink", ...place() })),
    command("Rows", "shift-up", ["Shift+U"], "Rest up", "Shift this cell and all behind it on its side a row back",
      () => page.do({ kind: "shift", ...here(), up: true })),
    command("Rows", "shift-down", ["Shift+D"], "Rest down", "Shift this cell and all behind it on its side a row on",
      () => page.do({ kind: "shift", ...here(), up: false })),
    command("Texts", "edit", ["E"], "Edit", "Edit the text of the segment", () => editSegment(page)),
    command("Texts", "cut", ["X"], "Cut", "Cut the segment in two", () => cutSegment(page)),
    command("Texts", "join", ["J"], "Join", "Join the segment with the next of its text", () => page.do({ kind: "join", ...here() })),
    command("Align", "pin", ["Space"], "Pin", "Mark a segment, then its counterpart: they belong together", () => pin(page)),
    command("Align", "realign", ["Ctrl+R"], "Re-align", "Align anew what is not decided, between what is", () => realign(page)),
    command("History", "undo", ["Ctrl+Z"], "Undo", "Take the last operation back", () => page.undo(), { ofText: true }),
    command("History", "redo", ["Ctrl+Y", "Ctrl+Shift+Z"], "Redo", "Do again what was taken back", () => page.redo(), { ofText: true }),
    command("History", "history", ["H"], "History", "What was done, when and by whom", () => showHistory(page)),
    command("See", "terms", ["G"], "Terms", "The terms of the row", () => page.terms()),
    command("See", "help", ["?"], "Keys", "All keys", () => tellHelp([...grouped(page.commands)])),
    command("Go", "next", ["N"], "", "The next doubtful row", () => nextDoubtful(page, 1)),
    command("Go", "previous", ["P", "Shift+N"], "", "The doubtful row before", () => nextDoubtful(page, -1)),
    command("Go", "list", ["W"], "", "The list of doubtful rows", () => showList(page)),
    command("Go", "find", ["/", "Ctrl+F"], "", "Find a text; Enter goes on, Esc returns", () => {
      $("find").focus();
      $("find").select();
    }, { keepsFocus: true }),
    command("Go", "arrow-down", ["ArrowDown"], "", "The next segment", () => stepBy(page, 1)),
    command("Go", "arrow-up", ["ArrowUp"], "", "The segment before", () => stepBy(page, -1)),
    command("Go", "left", ["ArrowLeft"], "", "The side to the left", () => across(page, -1)),
    command("Go", "right", ["ArrowRight"], "", "The side to the right", () => across(page, 1)),
    command("Go", "page-down", ["PageDown"], "", "Some rows on", () => leap(page, PAGE)),
    command("Go", "page-up", ["PageUp"], "", "Some rows back", () => leap(page, -PAGE)),
    command("Go", "home", ["Home"], "", "The first row", () => leap(page, -Infinity)),
    command("Go", "end", ["End"], "", "The last row", () => leap(page, Infinity)),
    command("Go", "language", ["V"], "", "The next language", () => {
      const views = [...page.all, ...(page.all.length > 1 ? [""] : [])];
      page.show(views[(views.indexOf(page.view) + 1) % views.length]);
    }),
    command("Go", "escape", ["Escape"], "", "Give up a pin", () => givePinningUp(page)),
  ];
}

function grouped(commands) {
  const groups = new Map();
  for (const each of commands) {
    groups.set(each.group, [...(groups.get(each.group) ?? []), each]);
  }
  return groups;
}
