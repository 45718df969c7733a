// Operations, and lists, that ask something first.
import { editionOf } from "./alignment.js";
import { askPlaces, askText, choose } from "./dialogs.js";
import { nameOf } from "./telling.js";
import { goTo, numberOf } from "./walking.js";
import { probabilityOf } from "./work.js";

export async function showList(page) {
  const items = page.shownLanguages.flatMap((language) =>
    page.alignment.pairs[language].filter((row) => page.onList.has(row)).map((row) => ({ language, row })));
  const chance = (row) => probabilityOf(row, page.data.sharpening);
  items.sort((one, other) => chance(one.row) - chance(other.row));
  const chosen = await choose("To look at, the most doubtful first", items.slice(0, 500).map(({ language, row }) => {
    const side = row.source.length > 0 ? "source" : "target";
    const tag = editionOf(page.alignment, language, side);
    return {
      label: `${Math.round(100 * (row.confidence ?? 0.5))} % ${page.shownLanguages.length > 1 ? page.languages[language].name : ""}`,
      detail: page.textOf(language, side, row[side][0]).slice(0, 120),
      tag,
      direction: page.languages[tag].direction,
      value: { language, side, key: row[side][0] },
    };
  }), { empty: "Nothing is left to look at." });
  if (chosen) {
    page.active = chosen.language;
    goTo(page, numberOf(page, chosen), { side: "target", language: chosen.language });
  }
}

export async function splitRow(page) {
  const { language, ...place } = page.place();
  const row = page.pairRow();
  const sides = ["source", "target"].filter((side) => row[side].length > 0).map((side) => {
    const tag = editionOf(page.alignment, language, side);
    return {
      side, tag, ...page.languages[tag],
      segments: row[side].map((key) => ({ key, text: page.textOf(language, side, key) })),
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
    starts[side] = at > 0 ? keyAfterCut(page, language, side, key, at) : key;
    if (at > 0) {
      operations.push({ kind: "cut", language, side, segment: key, at });
    }
  });
  const split = { kind: "split", language, ...place, ...starts };
  page.do(operations.length > 0 ? { kind: "together", operations: [...operations, split] } : split);
}

function keyAfterCut(page, language, side, segment, at) {
  const { places } = page.alignment.editions[editionOf(page.alignment, language, side)];
  let key = `${segment}@${at}`;
  while (places.has(key)) {
    key += "'";
  }
  return key;
}

export async function cutSegment(page) {
  const place = page.segmentHere();
  const tag = editionOf(page.alignment, place.language, place.side);
  const segments = [{ key: place.segment, text: page.textOf(place.language, place.side, place.segment) }];
  const places = await askPlaces("Cut the segment in two", [{ tag, ...page.languages[tag], segments }], {
    confirm: "Cut",
    hint: "Move the bar with the arrow keys, or click into the text. Both parts stay in the row.",
  });
  if (places) {
    page.do({ kind: "cut", ...place, at: places[0].index > 0 ? -1 : places[0].at });
  }
}

export async function editSegment(page) {
  const place = page.segmentHere();
  const tag = editionOf(page.alignment, place.language, place.side);
  const old = page.textOf(place.language, place.side, place.segment);
  const text = await askText("Edit the segment", old, {
    tag, direction: page.languages[tag].direction,
    hint: "Enter saves. The memory has this text; the file it comes from stays as it is.",
  });
  if (text !== null && text !== old) {
    page.do({ kind: "edit", ...place, text });
  }
}

export async function writeNote(page) {
  const old = page.pairRow().note;
  const text = await askText("Note on the row", old, { hint: "Enter saves; without text the note is gone.", lines: 3 });
  if (text !== null && text !== old) {
    page.do({ kind: "note", ...page.place(), text });
  }
}

export async function showHistory(page) {
  const items = [...page.review.entries].reverse().slice(0, 500).map((entry) => {
    const { kind, of } = entry.operation;
    const target = page.review.known.get(of);
    const what = target ? `${kind}: ${nameOf(target.operation)}` : nameOf(entry.operation);
    const state = page.review.takenBack.has(entry.id) ? " (taken back)" : "";
    const { language, side, segment, source } = entry.operation.operations?.[0] ?? entry.operation;
    const key = segment ?? source;
    const there = key !== undefined && language !== undefined;
    const where = there ? `, ${page.languages[language]?.name ?? language}` : "";
    return {
      label: `${new Date(entry.time).toLocaleString()} ${entry.by ?? ""}`,
      detail: `${what}${where}${state}${page.review.conflicts.has(entry.id) ? ` – not done: ${page.review.conflicts.get(entry.id)}` : ""}`,
      value: there ? { language, side: side ?? "source", key } : null,
    };
  });
  const place = await choose("What was done, the latest first", items, { empty: "Nothing was done yet." });
  const number = place ? numberOf(page, place) : -1;
  if (number >= 0) {
    page.active = place.language;
    goTo(page, number, place);
  }
}
