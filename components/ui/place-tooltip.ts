export type TooltipSide = "top" | "bottom" | "left" | "right";

export interface TooltipPlace {
  text: string;
  side: TooltipSide;
  /** Of the edge nearest to its owner, in pixels of the window. */
  left: number;
  top: number;
}

const GAP = 6;
/** Room that one line of words needs above or below. */
const LINE = 36;
/** Half of the widest words: nearer to the window's edge they are pushed inwards. */
const HALF = 128;

/** Where the words of an element go: on the side it asks for, else on the opposite one when there is no room. */
export function placeTooltip(owner: HTMLElement): TooltipPlace {
  const { left, right, top, bottom, width, height } = owner.getBoundingClientRect();
  const text = owner.dataset.tooltip ?? "";
  const side = turned((owner.dataset.tooltipSide ?? "top") as TooltipSide, top, bottom);
  if (side === "left") return { text, side, left: left - GAP, top: top + height / 2 };
  if (side === "right") return { text, side, left: right + GAP, top: top + height / 2 };
  const half = Math.min(HALF, 4 + text.length * 7);
  const middle = Math.min(Math.max(left + width / 2, half), window.innerWidth - half);
  return { text, side, left: middle, top: side === "top" ? top - GAP : bottom + GAP };
}

function turned(side: TooltipSide, top: number, bottom: number): TooltipSide {
  if (side === "top" && top < LINE) return "bottom";
  if (side === "bottom" && window.innerHeight - bottom < LINE) return "top";
  return side;
}
