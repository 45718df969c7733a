// Where the reviewer goes: by arrows, to doubtful rows, to what is looked for.
import { isDone, otherSide } from "./alignment.js";
import { $ } from "./grid.js";
import { wordsOf } from "./view.js";

export function numberOf(page, place) {
  const anchor = place.key === null ? [otherSide(place.side), place.anchor] : [place.side, place.key];
  return page.grid.shown.findIndex((shown) =>
    shown.rows.some(([language, row]) =>
      row[anchor[0]].includes(anchor[1]) &&
      (anchor[0] === "source" || place.language === null || language === place.language)) ||
    (anchor[0] === "source" && shown.cells[0].parts.some(({ keys }) => keys.includes(anchor[1]))));
}

export function goTo(page, number, wish = page.current) {
  const columns = page.grid.stops(number);
  const same = columns.flat().find((stop) => wish && stop.side === wish.side &&
    (stop.side === "source" || stop.language === page.active));
  page.current = same ?? columns.flat()[0];
  page.number = number;
  if (page.current.language) {
    page.active = page.current.language;
  }
  page.focus();
  describe(page);
}

export function goToFirst(page) {
  if (page.grid.shown.length > 0) {
    const first = listed(page).sort((a, b) => a - b)[0] ?? 0;
    goTo(page, first, { side: "target", language: page.active });
  }
}

// Up and down go from segment to segment and on to the next row.
export function stepBy(page, step) {
  const inCell = stopsHere(page);
  const at = inCell.findIndex((stop) => stop.key === page.current.key && stop.anchor === page.current.anchor);
  const next = inCell[at + step];
  if (next) {
    page.current = next;
    page.focus();
    return;
  }
  const number = page.number + step;
  if (number < 0 || number >= page.grid.shown.length) {
    page.say(step > 0 ? "This is the last row." : "This is the first row.");
    return;
  }
  goTo(page, number);
  if (step < 0) {
    const stops = stopsHere(page);
    page.current = stops[stops.length - 1] ?? page.current;
    page.focus();
  }
}

export function stopsHere(page) {
  return page.grid.stops(page.number).find((stops) =>
    stops.some((stop) => stop.side === page.current.side &&
      (stop.side === "source" || stop.language === page.active))) ?? [];
}

export function leap(page, step) {
  const last = page.grid.shown.length - 1;
  goTo(page, Math.min(Math.max(page.number + step, 0), last));
}

export function across(page, step) {
  const columns = page.grid.stops(page.number).filter((stops) => stops.length > 0);
  const here = columns.indexOf(columns.find((stops) => stops.some((stop) =>
    stop.side === page.current.side && (stop.side === "source" || stop.language === page.active))));
  const next = columns[here + step];
  if (next) {
    [page.current] = next;
    page.active = page.current.language ?? page.active;
    page.focus();
    describe(page);
  }
}

export function describe(page) {
  const row = page.pairRow();
  if (row) {
    const sure = isDone(row) || row.confidence === null ? "" : `, ${Math.round(row.confidence * 100)} % sure`;
    page.say([`Row ${page.number + 1} of ${page.grid.shown.length}${sure}`, ...wordsOf(row)].join(", "), false, true);
  }
}

export function listed(page) {
  return page.grid.shown.flatMap(({ rows }, number) =>
    rows.some(([, row]) => page.onList.has(row)) ? [number] : []);
}

export function nextDoubtful(page, step) {
  const numbers = listed(page);
  if (numbers.length === 0) {
    page.say("Nothing is left to look at.");
    return;
  }
  const beyond = numbers.filter((number) => (number - page.number) * step > 0);
  const number = step > 0 ? beyond[0] ?? numbers[0] : beyond[beyond.length - 1] ?? numbers[numbers.length - 1];
  const doubtful = page.grid.shown[number].rows.find(([, row]) => page.onList.has(row));
  [page.active] = doubtful;
  goTo(page, number, { side: "target", language: page.active });
}

export function look(page, step, fromHere) {
  const wanted = $("find").value.toLocaleLowerCase();
  if (!wanted) {
    return;
  }
  const size = page.grid.shown.length;
  for (let away = fromHere ? 0 : 1; away <= size; away += 1) {
    const number = (((page.number + step * away) % size) + size) % size;
    for (const cell of page.grid.shown[number].cells) {
      for (const each of cell.parts) {
        const key = each.keys.find((some) =>
          page.alignment.editions[cell.tag].text(some).toLocaleLowerCase().includes(wanted));
        if (key !== undefined) {
          page.current = { language: each.language, side: each.side, key };
          page.active = each.language ?? page.active;
          page.number = number;
          page.light();
          page.grid.stop(number, page.current)?.scrollIntoView({ block: "center" });
          page.say(`Found in row ${number + 1}.`);
          return;
        }
      }
    }
  }
  page.say("Not found.");
}

// What of the page of terms is asked for: the terms of the row, by its segments, counted from 1. The
// keys of segments that were cut begin with their number before.
export function termsAsked(page) {
  const keys = (page.grid.shown[page.number]?.rows ?? []).flatMap(([, row]) => row.source);
  const numbers = new Set(keys.map((key) => Number.parseInt(key, 10) + 1));
  if (numbers.size === 0) {
    return "";
  }
  const language = page.shownLanguages.length === 1 ? `&language=${page.shownLanguages[0]}` : "";
  return `#segments=${[...numbers].join(",")}${language}`;
}
