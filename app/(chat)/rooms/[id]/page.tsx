import type { Metadata } from "next";
import { RoomSwitch } from "#components/room/room-switch.tsx";
import { renderedRoom, visibleRoom } from "../rendered-room.ts";

interface RoomPageProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: RoomPageProps): Promise<Metadata> {
  return { title: (await visibleRoom((await params).id)).name };
}

export default async function RoomPage({ params }: RoomPageProps) {
  return <RoomSwitch rendered={await renderedRoom((await params).id)} />;
}
