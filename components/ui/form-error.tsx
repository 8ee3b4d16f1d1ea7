/** What is wrong with the whole form. Its line is always there, so nothing moves when it speaks. */
export function FormError({ children }: { children?: string }) {
  return (
    <p role="alert" className="-mt-3 mb-2.5 min-h-5 text-small text-danger">
      {children}
    </p>
  );
}
