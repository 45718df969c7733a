// What the page says of the work that is left, and of what becomes of it.
import { $ } from "./grid.js";
import { workList } from "./work.js";

export function tellWork(page) {
  page.onList = new Set();
  let rows = 0;
  let done = 0;
  let wrong = 0;
  let wrongAfter = 0;
  for (const language of page.shownLanguages) {
    const pair = page.alignment.pairs[language];
    const list = workList(pair, page.data.right, page.data.sharpening);
    list.rows.forEach((number) => page.onList.add(pair[number]));
    rows += pair.length;
    done += pair.filter((row) => row.status === "accepted" || row.byHand || row.dropped || row.pinned).length;
    wrong += (1 - list.right) * pair.length;
    wrongAfter += (1 - list.rightAfter) * pair.length;
  }
  const left = page.onList.size;
  const share = (count) => `${(100 * (1 - count / Math.max(rows, 1))).toFixed(1)} %`;
  $("told").textContent = left > 0
    ? `After ${left === 1 ? "this row" : `these ${left} rows`} the memory is ${share(wrongAfter)} right; now it is ${share(wrong)}.`
    : `Nothing is left to look at: the memory is ${share(wrong)} right.`;
  const bar = $("progress");
  bar.max = Math.max(done + left, 1);
  bar.value = left > 0 ? done : bar.max;
  bar.setAttribute("aria-valuetext", `${done} rows done, ${left} to look at`);
  $("counted").textContent = `${done} of ${done + left} looked at`;
}

export function nameOf(operation) {
  if (operation.kind === "together") {
    return nameOf(operation.operations[operation.operations.length - 1]);
  }
  if (operation.kind === "mark") {
    return { accepted: "accepted", review: "look again", "": "mark taken away" }[operation.status];
  }
  if (operation.kind === "drop") {
    return operation.dropped ? "dropped" : "kept";
  }
  return { realign: "aligned anew", pin: "pinned", move: operation.up ? "moved up" : "moved down",
    shift: operation.up ? "shifted up" : "shifted down" }[operation.kind] ?? operation.kind;
}

export function tellState(page, state, count, why = "") {
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

export function sentence(text) {
  return `${text.charAt(0).toLocaleUpperCase()}${text.slice(1)}.`;
}
