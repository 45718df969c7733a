// Where operations are kept: with the program that opened the page, or, in a page that stands alone,
// in the browser until they are downloaded.

const POLL = 1500; // milliseconds
const RETRY = 2000;

export function identifier() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

// Sends operations one after the other, and asks for those of other pages.
export class Server {
  constructor(count, { onEntries, onRefused, onState }) {
    this.count = count; // entries that the program has and this page knows
    this.pending = [];
    this.on = { onEntries, onRefused, onState };
    this.busy = false;
    setInterval(() => this.poll(), POLL);
  }

  keep(entry) {
    this.pending.push(entry);
    this.send();
  }

  async send() {
    if (this.busy || this.pending.length === 0) {
      return;
    }
    this.busy = true;
    try {
      while (this.pending.length > 0) {
        this.on.onState("saving", this.pending.length);
        const entry = this.pending[0];
        const answer = await ask("operations", { entry, after: this.count });
        this.pending.shift();
        this.take(answer.entries);
        if (answer.refused) {
          this.on.onRefused(entry, answer.refused);
        }
      }
      this.on.onState("saved", 0);
    } catch (error) {
      this.on.onState("lost", this.pending.length, error.message);
      setTimeout(() => this.send(), RETRY);
    } finally {
      this.busy = false;
    }
  }

  async poll() {
    if (this.busy || document.hidden) {
      return;
    }
    this.busy = true;
    try {
      const answer = await ask(`operations?after=${this.count}`);
      this.take(answer.entries);
      this.on.onState(this.pending.length > 0 ? "lost" : "saved", this.pending.length);
    } catch (error) {
      this.on.onState("lost", this.pending.length, error.message);
    } finally {
      this.busy = false;
    }
    this.send();
  }

  take(entries) {
    this.count += entries.length;
    if (entries.length > 0) {
      this.on.onEntries(entries);
    }
  }

  realign(language) {
    return ask("realign", { language, after: this.count });
  }
}

async function ask(path, content) {
  const options = content
    ? { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(content) }
    : {};
  const response = await fetch(path, { ...options, cache: "no-store" });
  if (!response.ok) {
    throw new Error((await response.text()).slice(0, 300) || response.statusText);
  }
  return response.json();
}

// Keeps operations in the browser, where it lets the page.
export class Alone {
  constructor(fingerprint, { onState }) {
    this.name = `align-review-${fingerprint}`;
    this.entries = [];
    this.onState = onState;
    try {
      this.entries = JSON.parse(localStorage.getItem(this.name) ?? "[]");
    } catch {
      this.entries = [];
    }
  }

  keep(entry) {
    this.entries.push(entry);
    let kept = true;
    try {
      localStorage.setItem(this.name, JSON.stringify(this.entries));
    } catch {
      kept = false;
    }
    this.onState(kept ? "here" : "nowhere", this.entries.length);
  }
}
