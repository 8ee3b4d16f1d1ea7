"use client";

import type { ReactNode } from "react";
import { useWholeCatalog } from "#components/ui/use-whole-catalog.ts";
import type { Person } from "#lib/chat/person.ts";
import { PersonRow } from "./person-row.tsx";

interface PeopleListProps {
  heading: string;
  people: readonly Person[];
  /** The ids of the room's admins. */
  managers?: ReadonlySet<string>;
  /** What to say when there is nobody. */
  empty?: string;
  /** What one can do with each, at the end of their row. */
  end: (person: Person) => ReactNode;
}

// More rows help nobody: one types a name then.
const MOST = 60;
const NOBODY: ReadonlySet<string> = new Set();

export function PeopleList({ heading, people, managers = NOBODY, empty, end }: PeopleListProps) {
  const { common, rooms } = useWholeCatalog();
  if (people.length === 0 && !empty) return null;
  const badgesOf = ({ id, kind, role, suspended }: Person) => [
    ...(suspended ? [common.suspended] : []),
    ...(kind === "bot" ? [common.bot] : []),
    ...(role === "admin" ? [common.admin] : []),
    ...(managers.has(id) ? [rooms.members.manager] : []),
  ];
  return (
    <section className="not-first:mt-4">
      <h3 className="text-tiny font-semibold text-ink-soft">{heading}</h3>
      <ul>
        {people.slice(0, MOST).map((person) => (
          <PersonRow key={person.id} name={person.name} title={person.title} badges={badgesOf(person)}>
            {end(person)}
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
