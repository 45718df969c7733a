// What the page shows of an alignment: for one language a row a pair, for all languages a row for each
// run of pivot segments that some language keeps together.
import { isAligned, isDone, otherSide } from "./alignment.js";

// The rows shown. A row has cells; a cell has parts, each the segments that one row of a pair has.
export function shownRows(alignment, languages) {
  return languages.length === 1
    ? alignment.pairs[languages[0]].map((row) => pairRow(alignment, languages[0], row))
    : groupedRows(alignment, languages);
}

function pairRow(alignment, language, row) {
  return {
    key: row,
    cells: [
      { tag: alignment.pivot, side: "source", parts: [part(language, "source", row)] },
      { tag: language, side: "target", parts: [part(language, "target", row)] },
    ],
    rows: [[language, row]],
  };
}

function part(language, side, row) {
  return { language, side, row, keys: row[side] };
}

function groupedRows(alignment, languages) {
  const { places, segments } = alignment.editions[alignment.pivot];
  const joined = new Uint8Array(segments.length); // whether a segment stays with the one before it
  for (const language of languages) {
    for (const row of alignment.pairs[language]) {
      row.source.slice(1).forEach((key) => {
        joined[places.get(key)] = 1;
      });
    }
  }
  const groups = [];
  const groupOf = new Map();
  segments.forEach(({ key }, place) => {
    if (!joined[place] || groups.length === 0) {
      groups.push({ source: [], parts: new Map(languages.map((language) => [language, []])) });
    }
    groups[groups.length - 1].source.push(key);
    groupOf.set(key, groups[groups.length - 1]);
  });
  if (groups.length === 0) {
    groups.push({ source: [], parts: new Map(languages.map((language) => [language, []])) });
  }
  for (const language of languages) {
    let group = groups[0];
    for (const row of alignment.pairs[language]) {
      group = row.source.length > 0 ? groupOf.get(row.source[0]) : group;
      group.parts.get(language).push(part(language, "target", row));
    }
  }
  return groups.map((group) => {
    const rows = languages.flatMap((language) =>
      group.parts.get(language).map(({ row }) => [language, row]),
    );
    return {
      cells: [
        { tag: alignment.pivot, side: "source", parts: [{ language: null, side: "source", row: null, keys: group.source }] },
        ...languages.map((language) => ({ tag: language, side: "target", parts: group.parts.get(language) })),
      ],
      rows,
    };
  });
}

// Whether two rows show the same.
export function isSame(one, other, alignment, before) {
  if (one.rows.length !== other.rows.length || one.cells.length !== other.cells.length) {
    return false;
  }
  if (!one.rows.every(([, row], at) => row === other.rows[at][1])) {
    return false;
  }
  return one.cells.every((cell, at) =>
    cell.parts.every((each, number) => {
      const theirs = other.cells[at].parts[number].keys;
      return each.keys.length === theirs.length && each.keys.every((key, place) =>
        key === theirs[place] && alignment.editions[cell.tag].text(key) === before.editions[cell.tag].text(key));
    }),
  );
}

// Where something can stand, left to right and top to bottom in a row: [{language, side, key, anchor}].
export function stopsOf(shown) {
  return shown.cells.map((cell) => cell.parts.flatMap((each) => {
    if (each.keys.length > 0) {
      return each.keys.map((key) => ({ language: each.language, side: each.side, key }));
    }
    const other = otherSide(each.side);
    return each.row ? [{ language: each.language, side: each.side, key: null, anchor: each.row[other][0] }] : [];
  }));
}

// How sure a row is, from 1 to 5, as the report colours it; 0 where nobody knows.
export function levelOf(row) {
  if (isDone(row)) {
    return 5;
  }
  return row.confidence === null ? 0 : 1 + [0.25, 0.5, 0.75, 0.9].filter((bound) => row.confidence >= bound).length;
}

// What is said of a row: a word for its state, and how sure it is.
export function wordsOf(row) {
  const words = [];
  if (row.dropped) {
    words.push("dropped");
  }
  if (row.pinned) {
    words.push("pinned");
  }
  if (row.status === "review") {
    words.push("look again");
  } else if (row.status === "accepted") {
    words.push("accepted");
  } else if (row.byHand && !row.pinned) {
    words.push("corrected");
  }
  if (row.moved) {
    words.push("moved");
  }
  if (!isAligned(row)) {
    words.push("alone");
  }
  return words;
}
