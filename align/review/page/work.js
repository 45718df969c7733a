// The rows to look at, and when to stop (align/review/work_list.py).
import { isDone } from "./alignment.js";

const UNKNOWN = 0.5;

// The probability that a row is right; `sharpening` says what a confidence is worth.
export function probabilityOf(row, { knee, slope }) {
  if (isDone(row)) {
    return 1;
  }
  if (row.confidence === null) {
    return UNKNOWN;
  }
  const inside = Math.min(Math.max(row.confidence, 1e-9), 1 - 1e-9);
  const odds = Math.log(inside / (1 - inside));
  const probability = 1 / (1 + Math.exp(-odds - slope * Math.max(0, odds - knee)));
  return row.status === "review" ? Math.min(probability, UNKNOWN) : probability;
}

// The numbers of the rows to look at, and the share that is expected to be right, now and then.
export function workList(rows, right, sharpening) {
  if (rows.length === 0) {
    return { rows: [], right: 1, rightAfter: 1 };
  }
  const doubt = rows.map((row) => 1 - probabilityOf(row, sharpening));
  const order = doubt.map((_, number) => number).sort((a, b) => doubt[b] - doubt[a] || a - b);
  const whole = doubt.reduce((sum, each) => sum + each, 0);
  let left = whole;
  const listed = [];
  for (const number of order) {
    const marked = rows[number].status === "review";
    if (doubt[number] > 0 && (marked || left > (1 - right) * rows.length)) {
      listed.push(number);
      left -= doubt[number];
    }
  }
  return {
    rows: listed,
    right: 1 - whole / rows.length,
    rightAfter: 1 - Math.max(left, 0) / rows.length,
  };
}
