import type { KeyboardEvent } from "react";

const ROW = "[data-testid=message]";

/** ↑ and ↓ go from message to message; Tab goes on to the buttons of the one that has the focus. */
export function moveBetweenRows(event: KeyboardEvent<HTMLElement>): void {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  // In an editor they go from line to line.
  if (event.target instanceof HTMLTextAreaElement) return;
  if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>(ROW)];
  const present = rows.findIndex((row) => row.contains(document.activeElement));
  const next =
    present < 0 ? lastInSight(rows, event.currentTarget) : rows[present + (event.key === "ArrowUp" ? -1 : 1)];
  if (!next) return;
  event.preventDefault();
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function lastInSight(rows: HTMLElement[], log: HTMLElement): HTMLElement | undefined {
  const end = log.getBoundingClientRect().bottom;
  return rows.findLast((row) => row.getBoundingClientRect().top < end);
}
