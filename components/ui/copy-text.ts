/** Copies a text, also on plain http where the clipboard API does not exist; answers whether it worked. `near` stands inside the dialog, if there is one. */
export async function copyText(text: string, near: HTMLElement = document.body): Promise<boolean> {
  if (navigator.clipboard) {
    const done = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    if (done) return true;
  }
  // No secure context: a selected textarea and the old command. It stands inside the dialog, whose focus trap would pull focus back otherwise.
  const area = document.createElement("textarea");
  area.value = text;
  area.readOnly = true;
  area.style.position = "fixed";
  area.style.opacity = "0";
  near.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  return copied;
}
