"use client";

import { useId, useState } from "react";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { QrCode } from "#components/ui/qr-code.tsx";
import { Select } from "#components/ui/select.tsx";
import { useWholeCatalog } from "#components/ui/use-whole-catalog.ts";
import type { Invite } from "#lib/chat/invite.ts";
import { isOnlyHere, reachableAddress } from "./reachable-address.ts";

/** One link in an address that the invited can reach: to copy, and to scan. */
export function InviteLink({ invite, addresses }: { invite: Invite; addresses: readonly string[] }) {
  const { invite: words } = useWholeCatalog().rooms;
  const id = useId();
  const [address, setAddress] = useState(() => reachableAddress(addresses, window.location.origin));
  const link = `${address}/join/${invite.code}`;
  return (
    <div>
      <div className="mx-auto mb-4 w-44">
        <QrCode text={link} label={words.qr} />
        <p className="mt-1 text-center text-tiny text-ink-soft">{words.scan}</p>
      </div>
      {addresses.length > 1 && (
        <Field label={words.address} hint={words.addressHint}>
          {(control) => (
            <Select
              {...control}
              value={address}
              onValueChange={setAddress}
              options={addresses.map((one) => ({ value: one, label: one.replace(/^https?:\/\//, "") }))}
            />
          )}
        </Field>
      )}
      <div className="flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <label htmlFor={id} className="mb-1.5 block text-small font-semibold">
            {words.link}
          </label>
          <Input id={id} readOnly value={link} onFocus={(event) => event.target.select()} dir="ltr" />
        </div>
        <CopyButton text={link} label={words.copy} />
      </div>
      {isOnlyHere(address) && <p className="mt-2 text-small text-ink-soft">{words.onlyHere}</p>}
    </div>
  );
}
