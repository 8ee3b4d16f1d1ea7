/** What is wrong with the whole form. Its line is always there, so nothing moves when it speaks. */
export function FormError({ children }: { children?: string }) {
  return (
    <p role="alert" className="-mt-2 mb-2 min-h-6 text-small text-danger">
      {children}
    </p>
  );
}
