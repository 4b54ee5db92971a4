CREATE TABLE "limit_policy" (
	"workspace_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"document" text NOT NULL,
	"signature" "bytea" NOT NULL,
	"key_id" text NOT NULL,
	"reason" text NOT NULL,
	"actor" jsonb NOT NULL,
	"published_at" timestamp (3) with time zone NOT NULL,
	"rejected_at" timestamp (3) with time zone,
	CONSTRAINT "limit_policy_workspace_id_version_pk" PRIMARY KEY("workspace_id","version")
);
--> statement-breakpoint
ALTER TABLE "limit_policy" ADD CONSTRAINT "limit_policy_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;