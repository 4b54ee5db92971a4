CREATE TABLE "account_authorization" (
	"account_id" uuid NOT NULL,
	"workspace_id" uuid NOT NULL,
	"hash" bigint NOT NULL,
	"is_current" boolean NOT NULL,
	"device" text NOT NULL,
	"app" text NOT NULL,
	"country" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"active_at" timestamp (3) with time zone NOT NULL,
	"end_at" timestamp (3) with time zone,
	"end_error" text,
	CONSTRAINT "account_authorization_account_id_hash_pk" PRIMARY KEY("account_id","hash")
);
--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "last_name" text;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "is_premium" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "has_photo" boolean;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "refreshed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "refresh_at" timestamp (3) with time zone DEFAULT now();--> statement-breakpoint
ALTER TABLE "account" ALTER COLUMN "refresh_at" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "log_out_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "removed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "account_authorization" ADD CONSTRAINT "account_authorization_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_authorization" ADD CONSTRAINT "account_authorization_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_refresh" ON "account" USING btree ("refresh_at") WHERE refresh_at is not null;--> statement-breakpoint
CREATE INDEX "account_log_out" ON "account" USING btree ("log_out_at") WHERE log_out_at is not null;--> statement-breakpoint
CREATE INDEX "audit_account" ON "audit" USING btree ("entity_id","at") WHERE action like 'account.%';--> statement-breakpoint
alter table account_authorization enable row level security;
--> statement-breakpoint
alter table account_authorization force row level security;
--> statement-breakpoint
create policy tenant on account_authorization
  using (workspace_id = (select nullif(current_setting('usher.workspace', true), '')::uuid));
--> statement-breakpoint
grant select, insert, update, delete on account_authorization to usher_app, usher_worker;
