/**
 * The mark: the lattice of a paper window (문살), two uprights and bands that stand closer at the top, as in 띠살.
 * Drawn on 16 units with whole-pixel edges, so that it is crisp where a favicon is.
 */
export function Mark({ className = "size-7 text-celadon" }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.2"
      aria-hidden="true"
      className={className}
    >
      <rect x="1" y="1" width="14" height="14" rx="3.4" strokeWidth="1.5" />
      <path d="M5.7 1v14M10.3 1v14M1 4.6h14M1 11.4h14" />
    </svg>
  );
}
