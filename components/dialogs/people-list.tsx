"use client";

import { Button } from "#components/ui/button.tsx";
import { useWholeCatalog } from "#components/ui/use-whole-catalog.ts";
import type { Person } from "#lib/chat/person.ts";
import type { RoomMember } from "#lib/chat/room.ts";
import { PersonRow } from "./person-row.tsx";

interface PeopleListProps {
  heading: string;
  people: readonly Person[];
  managers?: readonly RoomMember[];
  /** The id of the one that something is being done to. */
  busy: string | undefined;
  /** What one can do with each: a word, the same with the person's name, and what happens. */
  action?: { label: string; name: (name: string) => string; run: (person: Person) => void };
  /** What to say when there is nobody. */
  empty?: string;
}

// More rows help nobody: one types a name then.
const MOST = 60;

export function PeopleList({ heading, people, managers = [], busy, action, empty }: PeopleListProps) {
  const { common, rooms } = useWholeCatalog();
  if (people.length === 0 && !empty) return null;
  const managing = new Set(managers.filter((member) => member.role === "admin").map((member) => member.user));
  const badgesOf = (person: Person) => [
    ...(person.kind === "bot" ? [common.bot] : []),
    ...(managing.has(person.id) ? [rooms.members.manager] : person.role === "admin" ? [common.admin] : []),
  ];
  return (
    <section className="not-first:mt-4">
      <h3 className="text-tiny font-semibold text-ink-soft">{heading}</h3>
      <ul>
        {people.slice(0, MOST).map((person) => (
          <PersonRow key={person.id} name={person.name} title={person.title} badges={badgesOf(person)}>
            {action && (
              <Button
                size="small"
                busy={busy === person.id}
                aria-label={action.name(person.name)}
                onClick={() => action.run(person)}
              >
                {action.label}
              </Button>
            )}
          </PersonRow>
        ))}
      </ul>
      {people.length === 0 && <p className="py-2 text-small text-ink-soft">{empty}</p>}
      {people.length > MOST && (
        <p className="py-2 text-small text-ink-soft">{rooms.members.more(people.length - MOST)}</p>
      )}
    </section>
  );
}
