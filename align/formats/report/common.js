"use strict";

// What the pages' scripts share: going from one place to check to the next, and from tab to tab.

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

// Calls back with 1 for the keys j and n, with -1 for k and p.
const STEPS = { j: 1, n: 1, k: -1, p: -1 };

function onStep(jump) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches?.("select")) {
      return;
    }
    if (Object.hasOwn(STEPS, event.key)) {
      event.preventDefault();
      jump(STEPS[event.key]);
    }
  });
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

// Shows the translation that the address leads to, and in it the place, which is revealed if hidden.
function showAddressed(show, reveal) {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
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
