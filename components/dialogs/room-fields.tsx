"use client";

import { useMe } from "#components/connection/chat-provider.tsx";
import { RoomIcon } from "#components/sidebar/room-icon.tsx";
import { Choices } from "#components/ui/choices.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { FormErrors } from "#components/ui/use-form.ts";
import { useWholeCatalog } from "#components/ui/use-whole-catalog.ts";
import { LIMITS } from "#lib/chat/limits.ts";
import { ROOM_KINDS, type Room } from "#lib/chat/room.ts";

/** What a room is: the same fields for a new one and for its settings. */
export function RoomFields({ room, errors }: { room?: Room; errors: FormErrors }) {
  const { rooms } = useWholeCatalog();
  const isAdmin = useMe().role === "admin";
  // Whoever manages a room and not the place would lock themselves out of an admins room.
  const kinds = ROOM_KINDS.filter((kind) => kind !== "admins" || isAdmin);
  return (
    <>
      <Field label={rooms.name} error={errors.name}>
        {(control) => (
          <Input
            {...control}
            name="name"
            autoComplete="off"
            maxLength={LIMITS.roomName}
            defaultValue={room?.name}
            placeholder={room ? undefined : rooms.namePlaceholder}
            required
          />
        )}
      </Field>
      <Field label={rooms.topic} hint={rooms.topicHint} error={errors.topic}>
        {(control) => (
          <Input {...control} name="topic" autoComplete="off" maxLength={LIMITS.roomTopic} defaultValue={room?.topic} />
        )}
      </Field>
      <div className="mt-3 grid gap-5">
        <Choices
          legend={rooms.kind}
          name="kind"
          initial={room?.kind ?? "open"}
          choices={kinds.map((kind) => ({
            value: kind,
            ...rooms.kinds[kind],
            icon: <RoomIcon room={{ kind, posting: "everyone" }} size={15} isSilent />,
          }))}
        />
        <Choices
          legend={rooms.posting}
          name="posting"
          initial={room?.posting ?? "everyone"}
          choices={(["everyone", "admins"] as const).map((posting) => ({
            value: posting,
            ...rooms.postings[posting],
          }))}
        />
      </div>
    </>
  );
}
