import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { RoomSwitch } from "#components/room/room-switch.tsx";
import { renderedRoom, visibleRoom } from "../../rendered-room.ts";

interface PermalinkProps {
  params: Promise<{ id: string; seq: string }>;
}

export async function generateMetadata({ params }: PermalinkProps): Promise<Metadata> {
  return { title: (await visibleRoom((await params).id)).name };
}

/** A permalink: the room around one message, which is marked. */
export default async function Permalink({ params }: PermalinkProps) {
  const { id, seq } = await params;
  if (!/^\d{1,15}$/.test(seq)) notFound();
  return <RoomSwitch rendered={await renderedRoom(id, Number(seq))} />;
}
