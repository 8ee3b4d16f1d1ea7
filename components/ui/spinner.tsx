import { classNames } from "./class-names.ts";

/** Turns only after 200 ms, so that quick things do not flicker. Say beside it, or in aria-busy, what is awaited. */
export function Spinner({ className }: { className?: string }) {
  return (
    <span aria-hidden="true" className={classNames("inline-block animate-late", className)}>
      <span className="block size-4 animate-spin rounded-full border-2 border-current border-e-transparent" />
    </span>
  );
}
