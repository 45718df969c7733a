// What each operation makes of an alignment: the same as align/review/reducer.py, to which a test
// holds it.
import { Edition, OperationError, editionOf, isAligned, isDone, isFixed, makeRow, withKeys } from "./alignment.js";

const SIDES = ["source", "target"];
const LEADING = /^[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u;
const TRAILING = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/u;
const SEPARATING = /[\v\f\x1c-\x1f]/gu;
const NOT_CHAR = /[\0-\x08\v\f\x0e-\x1f\u{d800}-\u{dfff}\ufffe\uffff]/gu;

export function apply(alignment, operation) {
  return HOW[operation.kind](alignment, operation);
}

const HOW = {
  merge(alignment, operation) {
    const [rows, number] = rowOf(alignment, operation);
    if (number + 1 === rows.length) {
      throw new OperationError("the last row has none to be merged with");
    }
    const both = [rows[number], rows[number + 1]];
    const source = both.flatMap((row) => row.source);
    const target = both.flatMap((row) => row.target);
    mustBeTogether(alignment, operation.language, "target", target);
    const merged = makeRow({
      source,
      target,
      moved: both.some((row) => row.moved && row.target.length > 0) && source.length > 0,
      byHand: true,
      dropped: both.every((row) => row.dropped),
      note: notesOf(both),
    });
    return withRows(alignment, operation.language, spliced(rows, number, 2, [merged]));
  },

  split(alignment, operation) {
    const [rows, number] = rowOf(alignment, operation);
    let first = rows[number];
    let second = makeRow({ ...first, note: "" });
    for (const side of SIDES) {
      const keys = rows[number][side];
      const start = operation[side];
      if (start !== null && !keys.includes(start)) {
        throw new OperationError(`the row has no segment '${start}'`);
      }
      const at = start === null ? keys.length : keys.indexOf(start);
      first = withKeys(first, side, keys.slice(0, at));
      second = withKeys(second, side, keys.slice(at));
    }
    if (isEmpty(first) || isEmpty(second)) {
      throw new OperationError("one of the two rows would be empty");
    }
    return withRows(alignment, operation.language, spliced(rows, number, 1, [first, second]));
  },

  move(alignment, operation) {
    const [rows, number] = rowOf(alignment, operation);
    const { side, up } = operation;
    const keys = rows[number][side];
    if (rows[number].moved && side === "target") {
      throw new OperationError("a moved row has no neighbours on this side; unlink it first");
    }
    const moving = up ? keys.slice(0, 1) : keys.slice(-1);
    const changed = [...rows];
    changed[number] = withKeys(rows[number], side, up ? keys.slice(1) : keys.slice(0, -1));
    const beside = neighbour(rows, number, side, up ? -1 : 1);
    if (beside === null) {
      if (isEmpty(changed[number])) {
        throw new OperationError("there is no row to move it to");
      }
      changed.splice(up ? 0 : changed.length, 0, withKeys(makeRow({}), side, moving));
      return withRows(alignment, operation.language, changed);
    }
    const there = up ? [...rows[beside][side], ...moving] : [...moving, ...rows[beside][side]];
    mustBeTogether(alignment, operation.language, side, there);
    changed[beside] = withKeys(rows[beside], side, there);
    return withRows(alignment, operation.language, changed);
  },

  shift(alignment, operation) {
    const [rows, first] = rowOf(alignment, operation);
    const { side } = operation;
    if (rows[first].moved && side === "target") {
      throw new OperationError("a moved row has no neighbours on this side; unlink it first");
    }
    const numbers = [first];
    let number = neighbour(rows, first, side, 1);
    while (number !== null && !isFixed(rows[number])) {
      numbers.push(number);
      number = neighbour(rows, number, side, 1);
    }
    const cells = numbers.map((each) => rows[each][side]);
    const changed = [...rows];
    if (!operation.up) {
      numbers.forEach((each, place) => {
        changed[each] = withCell(rows[each], side, place ? cells[place - 1] : []);
      });
      const last = cells[cells.length - 1];
      if (last.length > 0) {
        changed.splice(numbers[numbers.length - 1] + 1, 0, withKeys(makeRow({}), side, last));
      }
      return withRows(alignment, operation.language, changed);
    }
    const before = neighbour(rows, first, side, -1);
    if (before === null) {
      throw new OperationError("there is no row before it to shift to");
    }
    const joined = [...rows[before][side], ...cells[0]];
    mustBeTogether(alignment, operation.language, side, joined);
    changed[before] = withCell(rows[before], side, joined);
    numbers.forEach((each, place) => {
      changed[each] = withCell(rows[each], side, cells[place + 1] ?? []);
    });
    return withRows(alignment, operation.language, changed);
  },

  unlink(alignment, operation) {
    const [rows, number] = rowOf(alignment, operation);
    const row = rows[number];
    if (!isAligned(row)) {
      throw new OperationError("the row has one side only");
    }
    const parted = [withKeys(row, "target", []), withKeys(makeRow({ ...row, note: "" }), "source", [])];
    return withRows(alignment, operation.language, spliced(rows, number, 1, parted));
  },

  drop: (alignment, { dropped, ...operation }) =>
    withRow(alignment, operation, dropped ? { dropped, status: "" } : { dropped }),

  mark: (alignment, { status, ...operation }) =>
    withRow(alignment, operation, status ? { status } : { status: "", pinned: false }),

  note: (alignment, operation) => withRow(alignment, operation, { note: stripped(operation.text) }),

  edit(alignment, operation) {
    const text = stripped(operation.text.replace(SEPARATING, " ").replace(NOT_CHAR, ""));
    if (!text) {
      throw new OperationError("a segment cannot be without text; drop its row instead");
    }
    const [segments, place] = segmentOf(alignment, operation);
    const changed = withSegments(alignment, operation, place, 1, [{ ...segments[place], text }]);
    return seen(changed, operation);
  },

  cut(alignment, operation) {
    const [segments, place] = segmentOf(alignment, operation);
    const segment = segments[place];
    const characters = Array.from(segment.text);
    const left = characters.slice(0, operation.at).join("").replace(TRAILING, "");
    const right = characters.slice(operation.at).join("").replace(LEADING, "");
    if (operation.at < 0 || !left || !right) {
      throw new OperationError("a segment is cut between two of its characters");
    }
    const before = segment.text.slice(left.length, segment.text.length - right.length);
    let key = `${segment.key}@${operation.at}`;
    const { places } = alignment.editions[tagOf(alignment, operation)];
    while (places.has(key)) {
      key += "'";
    }
    const parts = [{ ...segment, text: left }, { key, text: right, before, block: segment.block }];
    let changed = withSegments(alignment, operation, place, 1, parts);
    const { side } = operation;
    for (const language of languagesOf(alignment, operation)) {
      const number = find(changed, language, side, segment.key);
      const keys = [...changed.pairs[language][number][side]];
      keys.splice(keys.indexOf(segment.key) + 1, 0, key);
      changed = withSide(changed, language, number, side, keys);
    }
    return seen(changed, operation);
  },

  join(alignment, operation) {
    const [segments, place] = segmentOf(alignment, operation);
    if (place + 1 === segments.length) {
      throw new OperationError("the last segment has none to be joined with");
    }
    const [one, other] = segments.slice(place, place + 2);
    if (one.block !== other.block) {
      throw new OperationError("the two stand in different paragraphs; merge their rows instead");
    }
    const { side } = operation;
    let changed = alignment;
    for (const language of languagesOf(alignment, operation)) {
      const rows = changed.pairs[language];
      const number = find(changed, language, side, other.key);
      const rest = rows[number][side].filter((key) => key !== other.key);
      if (rest.includes(one.key)) {
        changed = withSide(changed, language, number, side, rest);
      } else {
        const remade = [...rows];
        remade[number] = withKeys(rows[number], side, rest);
        const home = find(changed, language, side, one.key);
        remade[home] = withKeys(rows[home], side, rows[home][side]);
        changed = withRows(changed, language, remade);
      }
    }
    const joined = { ...one, text: one.text + other.before + other.text };
    return seen(withSegments(changed, operation, place, 2, [joined]), operation);
  },

  pin(alignment, operation) {
    const { language } = operation;
    const rows = rowsOf(alignment, language);
    const here = find(alignment, language, "source", operation.source);
    const there = find(alignment, language, "target", operation.target);
    if (here === there) {
      const pinned = makeRow({ ...rows[here], pinned: true, status: "" });
      return withRows(alignment, language, spliced(rows, here, 1, [pinned]));
    }
    if (rows[here].moved || rows[there].moved) {
      throw new OperationError("one of the two is in a moved row; unlink that first");
    }
    const first = Math.min(here, there);
    const last = Math.max(here, there);
    const sourceAt = rows[here].source.indexOf(operation.source);
    const targetAt = rows[there].target.indexOf(operation.target);
    const before = [];
    const after = [];
    for (let number = first; number <= last; number += 1) {
      const row = rows[number];
      if (row.moved) {
        (here === first ? after : before).push(row);
        continue;
      }
      // Of the one text all that stands in these rows is before the pair, of the other behind it.
      const sourceCut = number === here ? sourceAt : here === first ? 0 : row.source.length;
      const targetCut = number === there ? targetAt : there === first ? 0 : row.target.length;
      const pieces = [
        [before, row.source.slice(0, sourceCut), row.target.slice(0, targetCut)],
        [after, row.source.slice(sourceCut + (number === here)), row.target.slice(targetCut + (number === there))],
      ];
      for (const [rest, source, target] of pieces) {
        if (source.length > 0 || target.length > 0) {
          rest.push(makeRow({ source, target }));
        }
      }
    }
    const pair = makeRow({
      source: [operation.source],
      target: [operation.target],
      byHand: true,
      pinned: true,
      note: notesOf(rows.slice(first, last + 1).filter((row) => !row.moved)),
    });
    return withRows(
      alignment, language, spliced(rows, first, last + 1 - first, [...before, pair, ...after]),
    );
  },

  realign(alignment, operation) {
    const { language } = operation;
    const made = operation.rows.map(([source, target, score, confidence]) =>
      makeRow({ source, target, score, confidence }),
    );
    const keys = { source: new Map(), target: new Map() };
    let size = 0;
    made.forEach((row, number) => {
      for (const side of SIDES) {
        row[side].forEach((key) => keys[side].set(key, number));
        size += row[side].length;
      }
    });
    if (size !== keys.source.size + keys.target.size) {
      throw new OperationError("the new rows hold a segment twice");
    }
    const kept = [];
    let replaced = 0;
    for (const row of rowsOf(alignment, language)) {
      const named = SIDES.flatMap((side) =>
        row[side].filter((key) => keys[side].has(key)).map((key) => keys[side].get(key)),
      );
      if (named.length === 0) {
        kept.push(row);
        continue;
      }
      if (named.length < row.source.length + row.target.length || isDone(row)) {
        throw new OperationError("other rows have changed since; align anew once more");
      }
      replaced += named.length;
      if (row.note) {
        made[named[0]] = makeRow({ ...made[named[0]], note: notesOf([made[named[0]], row]) });
      }
    }
    if (replaced < size) {
      throw new OperationError("the new rows hold a segment that no old row has");
    }
    for (const row of made) {
      SIDES.forEach((side) => mustBeTogether(alignment, language, side, row[side]));
    }
    const result = arranged(alignment, language, [...kept, ...made]);
    if (!isInOrder(alignment, language, result)) {
      throw new OperationError("the new rows cross what is fixed");
    }
    return withRows(alignment, language, result);
  },

  together: (alignment, operation) => operation.operations.reduce(apply, alignment),
};

export function rowsOf(alignment, language) {
  if (!Object.hasOwn(alignment.pairs, language)) {
    throw new OperationError(`there is no translation in '${language}'`);
  }
  return alignment.pairs[language];
}

// The number of the row that holds a segment.
export function find(alignment, language, side, key) {
  const number = rowsOf(alignment, language).findIndex((row) => row[side].includes(key));
  if (number < 0) {
    throw new OperationError(`there is no segment '${key}' in ${side} of '${language}'`);
  }
  return number;
}

function rowOf(alignment, operation) {
  const number = find(alignment, operation.language, operation.side, operation.segment);
  return [alignment.pairs[operation.language], number];
}

function withRow(alignment, operation, changes) {
  const [rows, number] = rowOf(alignment, operation);
  const changed = makeRow({ ...rows[number], ...changes });
  return withRows(alignment, operation.language, spliced(rows, number, 1, [changed]));
}

function isEmpty(row) {
  return row.source.length + row.target.length === 0;
}

function notesOf(rows) {
  return rows.map((row) => row.note).filter(Boolean).join("\n");
}

function withCell(row, side, keys) {
  const same = row[side].length === keys.length && row[side].every((key, at) => key === keys[at]);
  return same ? row : withKeys(row, side, keys);
}

function spliced(items, start, count, fresh) {
  return [...items.slice(0, start), ...fresh, ...items.slice(start + count)];
}

function stripped(text) {
  return text.replace(LEADING, "").replace(TRAILING, "");
}

export function neighbour(rows, number, side, step) {
  for (let next = number + step; next >= 0 && next < rows.length; next += step) {
    if (side === "source" || !rows[next].moved) {
      return next;
    }
  }
  return null;
}

function mustBeTogether(alignment, language, side, keys) {
  const { places } = alignment.editions[editionOf(alignment, language, side)];
  for (let at = 1; at < keys.length; at += 1) {
    if (places.get(keys[at]) !== places.get(keys[at - 1]) + 1) {
      throw new OperationError("what would be joined does not stand together in the text");
    }
  }
}

function withRows(alignment, language, rows) {
  let kept = rows.filter((row) => !isEmpty(row));
  // What was in a moved row and is in none any more goes to where its text has it.
  const hadMoved = alignment.pairs[language].some((row) => row.moved);
  if (hadMoved && !isInOrder(alignment, language, kept)) {
    kept = arranged(alignment, language, kept);
  }
  return { ...alignment, pairs: { ...alignment.pairs, [language]: kept } };
}

function isInOrder(alignment, language, rows) {
  const { places } = alignment.editions[language];
  let reached = -1;
  for (const row of rows) {
    if (row.target.length > 0 && !row.moved) {
      if (places.get(row.target[0]) < reached) {
        return false;
      }
      reached = places.get(row.target[row.target.length - 1]);
    }
  }
  return true;
}

function arranged(alignment, language, rows) {
  const source = alignment.editions[alignment.pivot].places;
  const target = alignment.editions[language].places;
  const by = (places, side) => (one, other) => places.get(one[side][0]) - places.get(other[side][0]);
  const alone = rows.filter((row) => row.source.length === 0).sort(by(target, "target"));
  const others = rows.filter((row) => row.source.length > 0).sort(by(source, "source"));
  const result = [];
  let next = 0;
  for (const row of others) {
    if (row.target.length > 0 && !row.moved) {
      while (next < alone.length && target.get(alone[next].target[0]) < target.get(row.target[0])) {
        result.push(alone[next]);
        next += 1;
      }
    }
    result.push(row);
  }
  return [...result, ...alone.slice(next)];
}

function tagOf(alignment, operation) {
  rowsOf(alignment, operation.language);
  return editionOf(alignment, operation.language, operation.side);
}

function segmentOf(alignment, operation) {
  const edition = alignment.editions[tagOf(alignment, operation)];
  if (!edition.places.has(operation.segment)) {
    throw new OperationError(`there is no segment '${operation.segment}'`);
  }
  return [edition.segments, edition.places.get(operation.segment)];
}

function withSegments(alignment, operation, place, count, fresh) {
  const tag = tagOf(alignment, operation);
  const segments = spliced(alignment.editions[tag].segments, place, count, fresh);
  return { ...alignment, editions: { ...alignment.editions, [tag]: new Edition(segments) } };
}

// The pairs whose rows a change of segments is about: of the pivot all, else the one.
function languagesOf(alignment, operation) {
  return operation.side === "source" ? Object.keys(alignment.pairs) : [operation.language];
}

function withSide(alignment, language, number, side, keys) {
  const rows = alignment.pairs[language];
  const row = makeRow({ ...rows[number], [side]: keys });
  return withRows(alignment, language, spliced(rows, number, 1, [row]));
}

// The row in which a reviewer changed a text counts as made by hand.
function seen(alignment, operation) {
  return withRow(alignment, operation, { byHand: true });
}
