// Pins, and alignment anew between them.
import { $ } from "./grid.js";
import { sentence } from "./telling.js";

export function pin(page) {
  const place = page.segmentHere();
  const { pinning } = page;
  if (!pinning || pinning.side === place.side) {
    page.pinning = place;
    markPinning(page);
    page.say("Marked. Go to its counterpart and press Space; Esc gives up.");
    return;
  }
  const language = place.side === "target" ? place.language : pinning.language;
  const keys = { [pinning.side]: pinning.segment, [place.side]: place.segment };
  givePinningUp(page);
  if (page.do({ kind: "pin", language, source: keys.source, target: keys.target })) {
    page.say("Pinned. Ctrl+R aligns the rest anew.");
  }
}

export function givePinningUp(page) {
  page.pinning = null;
  markPinning(page);
}

export function markPinning(page) {
  for (const element of $("grid").querySelectorAll(".pinning")) {
    element.classList.remove("pinning");
  }
  if (page.pinning) {
    for (const element of $("grid").querySelectorAll(`[data-side="${page.pinning.side}"]`)) {
      const { key, language } = element.dataset;
      const same = page.pinning.side === "source" || language === page.pinning.language;
      element.classList.toggle("pinning", same && key === page.pinning.segment);
    }
  }
}

export async function realign(page) {
  if (page.data.alone) {
    throw new Error("Only the program can align anew; send it this review.");
  }
  const language = page.current?.language ?? page.active;
  page.say("Aligning…");
  const answer = await page.store.realign(language);
  page.took(answer.entries.filter(({ id }) => !page.review.known.has(id)));
  if (answer.refused) {
    throw new Error(sentence(answer.refused));
  }
  if (page.do(answer.operation)) {
    page.say(`Aligned anew: ${answer.operation.rows.length} rows changed.`);
  }
}
