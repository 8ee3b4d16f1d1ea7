import type { ReactNode } from "react";
import { Avatar } from "#components/ui/avatar.tsx";
import { Badge } from "#components/ui/badge.tsx";

interface PersonRowProps {
  name: string;
  title: string;
  badges?: readonly string[];
  /** What one can do, at the end of the row. */
  children?: ReactNode;
}

export function PersonRow({ name, title, badges = [], children }: PersonRowProps) {
  return (
    <li className="flex min-h-12 items-center gap-3 py-1.5">
      <Avatar name={name} />
      <div className="min-w-0 flex-1">
        <p className="flex min-w-0 items-center gap-2">
          <span className="truncate font-medium">{name}</span>
          {badges.map((badge) => (
            <Badge key={badge}>{badge}</Badge>
          ))}
        </p>
        {title && <p className="truncate text-small text-ink-soft">{title}</p>}
      </div>
      {children}
    </li>
  );
}
