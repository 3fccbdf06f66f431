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
  chip.className = `chip ${COLOURS[transfer.state] ?? "warn"}`;
}

/** Whether anything may still become of it. */
export function isOpen(transfer) {
  return ["requested", "reserved", "signed", "submitted", "mined"].includes(transfer.state);
}
