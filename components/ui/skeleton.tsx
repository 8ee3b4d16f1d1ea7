import { classNames } from "./class-names.ts";

/** The place something will take once it is loaded; appears after 200 ms. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={classNames("block animate-breathe rounded-md bg-code", className)} />;
}
