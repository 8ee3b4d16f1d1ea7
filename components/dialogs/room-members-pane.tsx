"use client";

import { useState } from "react";
import { isLastAdmin } from "#components/people/is-last-admin.ts";
import { PersonMenu } from "#components/people/person-menu.tsx";
import { Button } from "#components/ui/button.tsx";
import { DialogBody } from "#components/ui/dialog.tsx";
import { SearchInput } from "#components/ui/search-input.tsx";
import { useWholeCatalog } from "#components/ui/use-whole-catalog.ts";
import type { Person } from "#lib/chat/person.ts";
import type { Room, RoomMember } from "#lib/chat/room.ts";
import { PeopleList } from "./people-list.tsx";
import { PeopleSkeleton } from "./people-skeleton.tsx";
import { splitMembers } from "./split-members.ts";
import { useMembers } from "./use-members.ts";

type People = ReadonlyMap<string, Person>;

/** Who is in a room, and the others of this place who can be let in; Enter adds the first one found. */
export function RoomMembersPane({ room, people }: { room: Room; people: People }) {
  const { rooms, chat } = useWholeCatalog();
  const [query, setQuery] = useState("");
  const { members, hasFailed, reload, busy, add } = useMembers(room.id);
  if (!members && hasFailed) return <DialogBody className="pt-4 text-ink-soft">{chat.people.failed}</DialogBody>;
  const { inside, outside } = splitMembers({ people: [...people.values()], members: members ?? [], query });
  // Every admin is in an admins room, nobody else ever.
  const mayChange = room.kind !== "admins";
  const first = outside[0];
  return (
    <>
      <div className="px-5 pt-4 pb-2 sm:px-6">
        <SearchInput
          label={rooms.members.search}
          value={query}
          onValueChange={setQuery}
          onEnter={() => mayChange && first && add(first)}
        />
      </div>
      <DialogBody className="min-h-80">
        {!mayChange && <p className="mb-2 text-small text-ink-soft">{rooms.members.adminsOnly}</p>}
        {members ? (
          <>
            <Inside room={room} members={members} inside={inside} people={people} onChanged={reload} />
            {mayChange && <Outside outside={outside} query={query.trim()} busy={busy} add={add} />}
          </>
        ) : (
          <PeopleSkeleton />
        )}
      </DialogBody>
    </>
  );
}

interface InsideProps {
  room: Room;
  members: readonly RoomMember[];
  inside: readonly Person[];
  people: People;
  onChanged: () => void;
}

function Inside({ room, members, inside, people, onChanged }: InsideProps) {
  const words = useWholeCatalog().rooms.members;
  const managers = new Set(members.filter(({ role }) => role === "admin").map(({ user }) => user));
  return (
    <PeopleList
      heading={`${words.inRoom} ${members.length}`}
      people={inside}
      managers={managers}
      end={(person) => {
        const last = isLastAdmin({ room, members, people, user: person.id });
        const listed = { person, isRoomAdmin: managers.has(person.id), isLastAdmin: last };
        return <PersonMenu listed={listed} room={room} onChanged={onChanged} />;
      }}
    />
  );
}

interface OutsideProps {
  outside: readonly Person[];
  query: string;
  /** The id of the one who is being let in. */
  busy: string | undefined;
  add: (person: Person) => void;
}

function Outside({ outside, query, busy, add }: OutsideProps) {
  const words = useWholeCatalog().rooms.members;
  return (
    <PeopleList
      heading={words.others}
      people={outside}
      empty={query ? words.none(query) : words.nobodyElse}
      end={(person) => (
        <Button
          size="small"
          busy={busy === person.id}
          aria-label={words.addName(person.name)}
          onClick={() => add(person)}
        >
          {words.add}
        </Button>
      )}
    />
  );
}
