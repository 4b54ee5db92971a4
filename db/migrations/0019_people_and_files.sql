CREATE TYPE "public"."audience_file_status" AS ENUM('uploading', 'checking', 'checked', 'importing', 'cancelling', 'imported', 'cancelled', 'refused');--> statement-breakpoint
CREATE TYPE "public"."export_format" AS ENUM('csv', 'xlsx', 'json');--> statement-breakpoint
CREATE TYPE "public"."export_status" AS ENUM('preparing', 'ready', 'delivered', 'too_large');--> statement-breakpoint
CREATE TYPE "public"."origin" AS ENUM('parse_task', 'typed', 'file', 'audience', 'segment');--> statement-breakpoint
ALTER TYPE "public"."audience_status" ADD VALUE 'importing' BEFORE 'ready';--> statement-breakpoint
CREATE TABLE "audience_file" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"size_bytes" bigint DEFAULT 0 NOT NULL,
	"status" "audience_file_status" NOT NULL,
	"reading" jsonb,
	"preview" jsonb,
	"plan" jsonb,
	"rows_read" integer DEFAULT 0 NOT NULL,
	"rows_good" integer DEFAULT 0 NOT NULL,
	"rows_bad" integer DEFAULT 0 NOT NULL,
	"rows_repeated" integer DEFAULT 0 NOT NULL,
	"rows_suppressed" integer DEFAULT 0 NOT NULL,
	"rows_total" integer,
	"refusal" text,
	"audience_id" uuid,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audience_file_error" (
	"file_id" uuid NOT NULL,
	"line" integer NOT NULL,
	"workspace_id" uuid NOT NULL,
	"text" text NOT NULL,
	"reason" text NOT NULL,
	CONSTRAINT "audience_file_error_file_id_line_pk" PRIMARY KEY("file_id","line")
);
--> statement-breakpoint
CREATE TABLE "file_chunk" (
	"file_id" uuid NOT NULL,
	"ordinal" integer NOT NULL,
	"workspace_id" uuid NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "file_chunk_file_id_ordinal_pk" PRIMARY KEY("file_id","ordinal")
);
--> statement-breakpoint
CREATE TABLE "people_export" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"operator_id" uuid NOT NULL,
	"format" "export_format" NOT NULL,
	"language" "language" NOT NULL,
	"wish" jsonb NOT NULL,
	"status" "export_status" NOT NULL,
	"rows" integer DEFAULT 0 NOT NULL,
	"size_bytes" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stopped_person" (
	"person_hash" "bytea" PRIMARY KEY NOT NULL,
	"stopped_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
DROP INDEX "person_workspace_username";--> statement-breakpoint
ALTER TABLE "audience_member" ADD COLUMN "origin" "origin" DEFAULT 'typed' NOT NULL;--> statement-breakpoint
ALTER TABLE "audience_member" ADD COLUMN "origin_id" uuid;--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "name_key" text GENERATED ALWAYS AS (lower(first_name || coalesce(' ' || last_name, ''))) STORED;--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "last_name_key" text GENERATED ALWAYS AS (lower(last_name)) STORED;--> statement-breakpoint
ALTER TABLE "audience_file" ADD CONSTRAINT "audience_file_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audience_file" ADD CONSTRAINT "audience_file_audience_id_audience_id_fk" FOREIGN KEY ("audience_id") REFERENCES "public"."audience"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audience_file_error" ADD CONSTRAINT "audience_file_error_file_id_audience_file_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."audience_file"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audience_file_error" ADD CONSTRAINT "audience_file_error_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "file_chunk" ADD CONSTRAINT "file_chunk_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people_export" ADD CONSTRAINT "people_export_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people_export" ADD CONSTRAINT "people_export_operator_id_operator_id_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."operator"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audience_file_workspace" ON "audience_file" USING btree ("workspace_id","created_at");--> statement-breakpoint
CREATE INDEX "people_export_workspace" ON "people_export" USING btree ("workspace_id","created_at");--> statement-breakpoint
CREATE INDEX "person_workspace_name" ON "person" USING btree ("workspace_id","name_key" text_pattern_ops,"id");--> statement-breakpoint
CREATE INDEX "person_workspace_last_name" ON "person" USING btree ("workspace_id","last_name_key" text_pattern_ops,"id") WHERE last_name_key is not null;--> statement-breakpoint
CREATE INDEX "person_workspace_seen" ON "person" USING btree ("workspace_id","seen_at","id");--> statement-breakpoint
CREATE INDEX "person_workspace_username" ON "person" USING btree ("workspace_id","username" text_pattern_ops,"id");
--> statement-breakpoint
do $$
declare
  name text;
begin
  foreach name in array array['audience_file', 'audience_file_error', 'file_chunk', 'people_export'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format(
      'create policy tenant on %I
        using (workspace_id = (select nullif(current_setting(''usher.workspace'', true), '''')::uuid))',
      name);
    execute format('grant select, insert, update, delete on %I to usher_app, usher_worker', name);
  end loop;
  foreach name in array array['audience_file', 'people_export'] loop
    execute format(
      'create policy dispatch on %I for select to usher_worker
        using ((select current_setting(''usher.across'', true)) = ''on'')',
      name);
  end loop;
end $$;
--> statement-breakpoint
-- Whoever told the bot to stop told every workspace.
grant select on stopped_person to usher_app, usher_worker;
--> statement-breakpoint
grant insert, delete on stopped_person to usher_app;
--> statement-breakpoint
-- Everybody whom the workspace may not contact, with the rights of whoever reads.
create view never_contact with (security_invoker) as
  select person_hash, scope, community_id from suppression
  union all
  select person_hash, 'global'::suppression_scope, null from stopped_person;
--> statement-breakpoint
grant select on never_contact to usher_app, usher_worker;
