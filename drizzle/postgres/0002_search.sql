CREATE TABLE "search_marks" (
	"room" text PRIMARY KEY NOT NULL,
	"seq" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_rows" (
	"id" bigint PRIMARY KEY NOT NULL,
	"room" text NOT NULL,
	"seq" integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "search_rows_message" ON "search_rows" USING btree ("room","seq");--> statement-breakpoint
CREATE TABLE "search_grams" ("id" bigint PRIMARY KEY NOT NULL, "grams" text[] NOT NULL);
--> statement-breakpoint
CREATE INDEX "search_grams_grams" ON "search_grams" USING gin ("grams") WITH (fastupdate = off);