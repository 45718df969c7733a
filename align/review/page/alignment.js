// An alignment under review, as align/review/alignment.py has it: nothing of it is ever changed.

export class OperationError extends Error {}

// The segments of one edition, each {key, text, before, block}.
export class Edition {
  constructor(segments) {
    this.segments = segments;
    this.places = new Map(segments.map((segment, place) => [segment.key, place]));
  }

  text(key) {
    return this.segments[this.places.get(key)].text;
  }
}

const NEW_ROW = {
  source: [], target: [], score: null, confidence: null, moved: false,
  byHand: false, status: "", dropped: false, pinned: false, note: "",
};

export function makeRow(values) {
  return Object.freeze({ ...NEW_ROW, ...values });
}

export function isDone(row) {
  const decided = row.status === "accepted" || row.byHand || row.pinned || row.dropped;
  return decided && row.status !== "review";
}

export function isFixed(row) {
  return row.status === "accepted" || row.pinned;
}

export function isAligned(row) {
  return row.source.length > 0 && row.target.length > 0;
}

// The row with other segments on a side, as a reviewer makes it.
export function withKeys(row, side, keys) {
  const changed = { ...row, [side]: keys };
  return makeRow({
    ...changed,
    score: null,
    confidence: null,
    byHand: true,
    status: "",
    pinned: false,
    moved: row.moved && changed.source.length > 0 && changed.target.length > 0,
  });
}

export function alignmentOf(data) {
  const editions = {};
  for (const [language, segments] of Object.entries(data.editions)) {
    editions[language] = new Edition(
      segments.map(([text, before, block], number) => ({ key: String(number), text, before, block })),
    );
  }
  const pairs = {};
  for (const [language, beads] of Object.entries(data.pairs)) {
    pairs[language] = beads.map(([s, sStop, t, tStop, score, confidence, moved]) =>
      makeRow({ source: numbered(s, sStop), target: numbered(t, tStop), score, confidence, moved }),
    );
  }
  return { pivot: data.pivot, editions, pairs };
}

function numbered(start, stop) {
  return Array.from({ length: stop - start }, (_, offset) => String(start + offset));
}

export function editionOf(alignment, language, side) {
  return side === "source" ? alignment.pivot : language;
}

export function otherSide(side) {
  return side === "source" ? "target" : "source";
}
