"use client";

import { useMe } from "#components/connection/chat-provider.tsx";
import { Dialog, DialogBody } from "#components/ui/dialog.tsx";
import { useWholeCatalog } from "#components/ui/use-whole-catalog.ts";

interface KeyboardListProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Every key that does something. */
export function KeyboardList(props: KeyboardListProps) {
  const words = useWholeCatalog().keys.list;
  const { enterSends } = useMe().preferences;
  const send = ["Enter"];
  const breakLine = enterSends ? ["Shift", "Enter"] : ["Enter"];
  const keys: [string, string[]][] = [
    [words.rows.switcher, ["Ctrl/⌘", "K"]],
    [words.rows.search, ["Ctrl/⌘", "Shift", "F"]],
    [words.rows.previous, ["Alt", "↑ ↓"]],
    [words.rows.previousUnread, ["Alt", "Shift", "↑ ↓"]],
    [words.rows.send, enterSends ? send : ["Ctrl/⌘", "Enter"]],
    [words.rows.line, breakLine],
    [words.rows.editLast, ["↑"]],
    [words.rows.messages, ["↑ ↓"]],
    [words.rows.escape, ["Esc"]],
    [words.rows.list, ["?"]],
  ];
  return (
    <Dialog {...props} title={words.title}>
      <DialogBody>
        <dl className="grid grid-cols-[1fr_auto] items-center gap-x-6 text-small">
          {keys.map(([meaning, pressed]) => (
            <div
              key={meaning}
              className="col-span-2 grid min-h-10 grid-cols-subgrid items-center border-t border-line py-1.5 first:border-t-0"
            >
              <dt>{meaning}</dt>
              <dd className="flex justify-end gap-1">
                {pressed.map((key) => (
                  <kbd key={key} className="rounded-sm bg-code px-1.5 py-0.5 font-sans text-tiny font-medium">
                    {key}
                  </kbd>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      </DialogBody>
    </Dialog>
  );
}
