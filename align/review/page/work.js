// The rows to look at, and when to stop (align/review/work_list.py).
import { isDone } from "./alignment.js";

const UNKNOWN = 0.5;

export function probabilityOf(row) {
  if (isDone(row)) {
    return 1;
  }
  const confidence = row.confidence ?? UNKNOWN;
  return row.status === "review" ? Math.min(confidence, UNKNOWN) : confidence;
}

// The numbers of the rows to look at, and the share that is expected to be right, now and then.
export function workList(rows, right) {
  if (rows.length === 0) {
    return { rows: [], right: 1, rightAfter: 1 };
  }
  const doubt = rows.map((row) => 1 - probabilityOf(row));
  const order = doubt.map((_, number) => number).sort((a, b) => doubt[b] - doubt[a] || a - b);
  const whole = doubt.reduce((sum, each) => sum + each, 0);
  let left = whole;
  const listed = [];
  for (const number of order) {
    if (rows[number].status !== "review" && left <= (1 - right) * rows.length) {
      continue;
    }
    if (doubt[number] > 0) {
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
