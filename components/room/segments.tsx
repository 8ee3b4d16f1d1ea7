"use client";

import type { ReactNode } from "react";
import { usePlace } from "#components/connection/chat-provider.tsx";
import { useNavigation } from "#components/connection/navigation.tsx";
import { parseRoomPath } from "#components/connection/room-path.ts";
import { isPlainClick } from "#components/sidebar/is-plain-click.ts";
import type { Segment } from "#lib/text/segments.ts";

/** The pieces of a text as elements. Nothing of a message ever becomes HTML by itself. */
export function Segments({ segments }: { segments: readonly Segment[] }): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other identity than their place
  return segments.map((segment, index) => <Piece key={index} segment={segment} />);
}

function Piece({ segment }: { segment: Segment }): ReactNode {
  switch (segment.kind) {
    case "text":
      return segment.text;
    case "link":
      return <Link href={segment.href}>{segment.text}</Link>;
    case "code":
      return <code className="rounded-sm bg-code px-1.25 py-px font-mono text-[0.9em]">{segment.text}</code>;
    case "block":
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, and must do so by keyboard too
        <pre tabIndex={0} className="my-1 overflow-x-auto rounded-lg bg-code px-3.5 py-2.5 font-mono text-small">
          <code>{segment.text}</code>
        </pre>
      );
    case "mark":
      return (
        <mark className="rounded-xs bg-celadon-tint font-semibold text-ink">
          <Segments segments={segment.children} />
        </mark>
      );
    case "strong":
      return (
        <strong className="font-bold">
          <Segments segments={segment.children} />
        </strong>
      );
    case "emphasis":
      return (
        <em>
          <Segments segments={segment.children} />
        </em>
      );
    case "strike":
      return (
        <s>
          <Segments segments={segment.children} />
        </s>
      );
  }
}

function Link({ href, children }: { href: string; children: ReactNode }) {
  const { addresses } = usePlace();
  const { openRoom, openMessage } = useNavigation();
  const isHere = addresses.some((address) => href.startsWith(`${address}/`));
  const room = isHere ? parseRoomPath(new URL(href).pathname) : undefined;
  return (
    <a
      href={href}
      rel="noopener noreferrer nofollow"
      target={isHere ? undefined : "_blank"}
      onClick={(event) => {
        if (!room || !isPlainClick(event)) return;
        event.preventDefault();
        if (room.seq === undefined) openRoom(room.room);
        else openMessage(room.room, room.seq);
      }}
      className="text-celadon underline decoration-1 underline-offset-3 hover:decoration-2"
    >
      {children}
    </a>
  );
}
