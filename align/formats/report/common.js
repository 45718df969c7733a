"use strict";

// What the pages' scripts share: going from one place to check to the next.

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

// Calls back with 1 for the key j, with -1 for k.
function onStep(jump) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (event.key === "j" || event.key === "k") {
      event.preventDefault();
      jump(event.key === "j" ? 1 : -1);
    }
  });
}

