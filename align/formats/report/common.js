"use strict";

// What the pages' scripts share: going from one place to the next and from tab to tab, keys,
// searching, downloads.

// The place of some that comes next after `here`, or before it; the first or last without `here`.
function nextPlace(places, here, step) {
  const isBeyond = (place) => {
    if (!here || place === here) {
      return !here;
    }
    const follows = here.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING;
    return step > 0 ? Boolean(follows) : !follows;
  };
  const beyond = places.filter(isBeyond);
  return step > 0 ? beyond[0] : beyond[beyond.length - 1];
}

function goTo(place) {
  if (place) {
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: "center" });
  }
}

// Calls back for a key that is pressed alone, outside of what takes letters itself.
function onKeys(keys) {
  document.addEventListener("keydown", (event) => {
    const takesLetters = event.target.matches?.("select, input:not([type=checkbox], [type=radio])");
    if (event.ctrlKey || event.metaKey || event.altKey || takesLetters) {
      return;
    }
    if (Object.hasOwn(keys, event.key) && keys[event.key](event) !== false) {
      event.preventDefault();
    }
  });
}

// Calls back with 1 for the keys j and n, with -1 for k and p.
function onStep(jump) {
  const [next, previous] = [() => jump(1), () => jump(-1)];
  onKeys({ j: next, n: next, k: previous, p: previous });
}

// Shows one section of some and marks its tab.
function showOne(sections, tabs, section) {
  for (const other of sections) {
    other.classList.toggle("away", other !== section);
  }
  for (const tab of tabs) {
    if (tab.hash === `#${section.id}`) {
      tab.setAttribute("aria-current", "true");
    } else {
      tab.removeAttribute("aria-current");
    }
  }
}

// Shows a tab's section where the reader is, with its address for links.
function onTabs(tabs, show) {
  for (const tab of tabs) {
    tab.addEventListener("click", (event) => {
      const section = document.getElementById(tab.hash.slice(1));
      if (section?.matches("section.translation") && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
        event.preventDefault();
        history.replaceState(null, "", tab.hash);
        show(section);
      }
    });
  }
}

function addressed() {
  try {
    return document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return null; // a stray % in the address
  }
}

// Shows the translation that the address leads to, and in it the place, which is revealed if hidden.
function showAddressed(show, reveal) {
  const target = addressed();
  const section = target ? target.closest("section.translation") : null;
  if (!section) {
    return;
  }
  show(section);
  if (target.closest("[hidden]")) {
    reveal();
  }
  if (target === section) {
    section.scrollIntoView();
  } else {
    goTo(target);
  }
}

// A text as it is searched: without capitals, accents and vowel signs; `from` says which character
// of the text each of its characters comes from.
function searchable(text) {
  let folded = "";
  const from = [];
  for (let at = 0; at < text.length; at += 1) {
    const plain = text[at].normalize("NFKD").replace(/\p{M}|\u0640/gu, "").toLowerCase();
    folded += plain;
    for (let each = 0; each < plain.length; each += 1) {
      from.push(at);
    }
  }
  return { folded, from };
}

// Calls back with what is searched for as it is typed; / goes to the box, Escape empties it.
function onSearch(box, search) {
  let waiting = 0;
  const now = () => search(searchable(box.value.trim()).folded);
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(now, 120);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      box.value = "";
      now();
    }
  });
  onKeys({ "/": () => box.focus() });
}

// Whether a text is found in some elements.
function holds(elements, wanted) {
  return elements.some((element) => searchable(element.textContent).folded.includes(wanted));
}

// Colours what is searched for, without touching the text; browsers that cannot show only the rows.
const MOST_COLOURED = 2000;

function colour(elements, wanted) {
  if (!globalThis.Highlight || !CSS.highlights) {
    return;
  }
  CSS.highlights.delete("searched");
  if (!wanted) {
    return;
  }
  const highlight = new Highlight();
  for (const element of elements) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const { folded, from } = searchable(node.data);
      for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + wanted.length)) {
        const range = document.createRange();
        range.setStart(node, from[at]);
        range.setEnd(node, from[at + wanted.length - 1] + 1);
        highlight.add(range);
        if (highlight.size >= MOST_COLOURED) {
          CSS.highlights.set("searched", highlight);
          return;
        }
      }
    }
  }
  CSS.highlights.set("searched", highlight);
}

function download(name, kind, text) {
  const link = document.createElement("a");
  link.download = name;
  link.href = URL.createObjectURL(new Blob([text], { type: kind }));
  link.click();
  URL.revokeObjectURL(link.href);
}
