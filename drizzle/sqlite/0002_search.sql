CREATE TABLE `search_marks` (
	`room` text PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `search_rows` (
	`id` integer PRIMARY KEY NOT NULL,
	`room` text NOT NULL,
	`seq` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `search_rows_message` ON `search_rows` (`room`,`seq`);--> statement-breakpoint
CREATE VIRTUAL TABLE `search_grams` USING fts5(`grams`, content='', contentless_delete=1, detail=none, tokenize='ascii');