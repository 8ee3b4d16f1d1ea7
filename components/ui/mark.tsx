/**
 * The mark: the lattice of a paper window (문살) with its open middle pane set off centre, as in 아자살. Sixteen units and lines on half of
 * them, so that it is crisp where a favicon is. app/icon.svg and public/icons are drawn from the same lines.
 */
export function Mark({ className = "size-7 text-celadon" }: { className?: string }) {
  return (
    <svg viewBox="0 0 16 16" fill="none" stroke="currentColor" aria-hidden="true" className={className}>
      <rect x="1" y="1" width="14" height="14" rx="3.4" strokeWidth="1.5" />
      <path strokeWidth="1.2" d="M1 4.5h14M7.5 1v3.5M4.5 4.5V15M4.5 10.5H15M10.5 4.5v6" />
    </svg>
  );
}
