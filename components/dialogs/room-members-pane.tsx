"use client";

import { useState } from "react";
import { DialogBody } from "#components/ui/dialog.tsx";
import { SearchInput } from "#components/ui/search-input.tsx";
import { useWholeCatalog } from "#components/ui/use-whole-catalog.ts";
import type { Person } from "#lib/chat/person.ts";
import type { Room } from "#lib/chat/room.ts";
import { wordRefusal } from "#lib/i18n/word-refusal.ts";
import { PeopleList } from "./people-list.tsx";
import { PeopleSkeleton } from "./people-skeleton.tsx";
import { splitMembers } from "./split-members.ts";
import { useMembers } from "./use-members.ts";

/** Who is in a room, and the others of this place who can be let in; Enter adds the first one found. */
export function RoomMembersPane({ room, people }: { room: Room; people: readonly Person[] }) {
  const catalog = useWholeCatalog();
  const words = catalog.rooms.members;
  const [query, setQuery] = useState("");
  const { members, refusal, busy, add, remove } = useMembers(room.id);
  if (refusal) return <DialogBody className="pt-4 text-ink-soft">{wordRefusal(catalog, refusal)}</DialogBody>;
  const { inside, outside } = splitMembers({ people, members: members ?? [], query });
  // Every admin is in an admins room, nobody else ever.
  const mayChange = room.kind !== "admins";
  const first = outside[0];
  return (
    <>
      <div className="px-5 pt-4 pb-2 sm:px-6">
        <SearchInput
          label={words.search}
          value={query}
          onValueChange={setQuery}
          onEnter={() => mayChange && first && add(first)}
        />
      </div>
      <DialogBody className="min-h-80">
        {!mayChange && <p className="mb-2 text-small text-ink-soft">{words.adminsOnly}</p>}
        {members ? (
          <>
            <PeopleList
              heading={`${words.inRoom} ${members.length}`}
              people={inside}
              managers={members}
              busy={busy}
              action={mayChange ? { label: words.remove, name: words.removeName, run: remove } : undefined}
            />
            {mayChange && (
              <PeopleList
                heading={words.others}
                people={outside}
                busy={busy}
                action={{ label: words.add, name: words.addName, run: add }}
                empty={query.trim() ? words.none(query.trim()) : words.nobodyElse}
              />
            )}
          </>
        ) : (
          <PeopleSkeleton />
        )}
      </DialogBody>
    </>
  );
}
