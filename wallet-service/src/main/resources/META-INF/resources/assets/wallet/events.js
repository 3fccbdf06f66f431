// Hears the wallet's events, so that the page looks when something has happened and not by the clock alone.
import { credentials } from "./api.js";

const RETRY_MILLIS = 10_000;

let hearing = false;

/** Whether events are heard at the moment. */
export function isHearing() {
  return hearing;
}

/** Calls back whenever a transfer has moved, for as long as the page lives; nobody listens for a tab that is not seen. */
export async function listen(moved) {
  for (;;) {
    if (document.visibilityState === "visible") {
      try {
        await hear(moved);
      } catch {
        // The clock goes on, and the next try may hear again.
      }
      hearing = false;
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY_MILLIS));
  }
}

async function hear(moved) {
  const left = new AbortController();
  const leave = () => document.visibilityState === "visible" || left.abort();
  document.addEventListener("visibilitychange", leave);
  try {
    const answer = await fetch("/events", {
      headers: { Accept: "text/event-stream", ...credentials() },
      cache: "no-store",
      signal: left.signal,
    });
    if (!answer.ok) {
      return;
    }
    hearing = true;
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      if (piece.value.includes("event:")) {
        moved();
      }
    }
  } finally {
    document.removeEventListener("visibilitychange", leave);
  }
}
