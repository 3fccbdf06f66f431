// A transfer's states in words and colours.
import { say } from "./dom.js";
import { status } from "./network.js";

const NAMES = {
  requested: "stateRequested",
  reserved: "stateReserved",
  signed: "stateSigned",
  submitted: "stateSubmitted",
  mined: "stateMined",
  final: "stateFinal",
  failed: "stateFailed",
  replaced: "stateReplaced",
  expired: "stateExpired",
  "awaiting-approval": "stateAwaiting",
};

const COLOURS = { final: "good", mined: "good", failed: "bad", replaced: "bad", expired: "bad" };

export function stateName(state) {
  return NAMES[state] ? say(NAMES[state]) : state;
}

export function stateColour(state) {
  return COLOURS[state] ?? "warn";
}

/** A chip with a transfer's state, while it is mined with its depth. */
export function showState(chip, transfer) {
  const text =
    transfer.state === "mined" && transfer.confirmations !== undefined
      ? say("stateMinedDepth", transfer.confirmations, status().confirmations)
      : transfer.cancelling
        ? say("stateCancelling")
        : stateName(transfer.state);
  if (chip.textContent !== text) {
    chip.textContent = text;
  }
  chip.className = `chip ${stateColour(transfer.state)}`;
}

/** The same for a received payment. */
export function showReceivedState(chip, payment) {
  const text =
    payment.state === "orphaned"
      ? say("stateOrphaned")
      : payment.state === "mined" && payment.confirmations !== undefined
        ? say("stateMinedDepth", payment.confirmations, status().confirmations)
        : stateName(payment.state);
  if (chip.textContent !== text) {
    chip.textContent = text;
  }
  chip.className = `chip ${payment.state === "orphaned" ? "bad" : "good"}`;
}

/** Whether anything may still become of it. */
export function isOpen(transfer) {
  return ["requested", "reserved", "signed", "submitted", "mined"].includes(transfer.state);
}
