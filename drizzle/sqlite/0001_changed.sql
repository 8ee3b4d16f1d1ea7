DROP INDEX `messages_room_rev`;--> statement-breakpoint
CREATE UNIQUE INDEX `messages_room_changed` ON `messages` (`room`,`rev`) WHERE "messages"."rev" <> "messages"."seq";