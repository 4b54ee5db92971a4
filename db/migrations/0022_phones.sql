ALTER TABLE "lookup" ADD COLUMN "is_by_phone" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "phone" text;--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "phone_leads_nowhere" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "person_workspace_phone" ON "person" USING btree ("workspace_id","phone" text_pattern_ops,"id") WHERE phone is not null;