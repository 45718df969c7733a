// A review: an alignment, the operations on it, and what was taken back (align/review/history.py).
import { OperationError } from "./alignment.js";
import { apply } from "./reducer.js";

export class Review {
  constructor(start, entries = []) {
    this.start = start;
    this.alignment = start;
    this.entries = [];
    this.conflicts = new Map();
    this.known = new Map();
    this.inForce = [];
    this.before = [];
    this.takenBack = new Set();
    this.redoables = [];
    entries.forEach((entry) => this.add(entry));
  }

  add(entry) {
    if (this.known.has(entry.id)) {
      return;
    }
    this.known.set(entry.id, entry);
    this.entries.push(entry);
    const { kind, of } = entry.operation;
    if (kind === "undo") {
      this.undo(entry, of);
    } else if (kind === "redo") {
      this.redo(entry, of);
    } else {
      this.redoables = [];
      this.do(entry);
    }
  }

  get undoable() {
    return this.inForce[this.inForce.length - 1] ?? null;
  }

  get redoable() {
    return this.redoables[this.redoables.length - 1] ?? null;
  }

  do(entry) {
    this.inForce.push(entry);
    this.before.push(this.alignment);
    try {
      this.alignment = apply(this.alignment, entry.operation);
    } catch (error) {
      if (!(error instanceof OperationError)) {
        throw error;
      }
      this.conflicts.set(entry.id, error.message);
    }
  }

  undo(entry, of) {
    const place = this.inForce.findIndex((each) => each.id === of);
    if (place < 0) {
      this.conflicts.set(entry.id, "there is nothing in force to take back");
      return;
    }
    const later = this.inForce.slice(place + 1);
    this.redoables.push(this.inForce[place]);
    this.takenBack.add(of);
    this.rewind(place);
    later.forEach((each) => this.do(each));
  }

  redo(entry, of) {
    if (!this.takenBack.delete(of)) {
      this.conflicts.set(entry.id, "there is nothing to do again");
      return;
    }
    this.redoables = this.redoables.filter((each) => each.id !== of);
    const order = new Map(this.entries.map((each, number) => [each.id, number]));
    const place = this.inForce.filter((each) => order.get(each.id) < order.get(of)).length;
    const later = this.inForce.slice(place);
    this.rewind(place);
    [this.known.get(of), ...later].forEach((each) => this.do(each));
  }

  rewind(place) {
    this.inForce.slice(place).forEach((each) => this.conflicts.delete(each.id));
    if (place < this.inForce.length) {
      this.alignment = this.before[place];
    }
    this.inForce.length = place;
    this.before.length = place;
  }
}
