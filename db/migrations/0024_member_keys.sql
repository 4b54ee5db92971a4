ALTER TABLE "audience_member" DROP CONSTRAINT "audience_member_audience_id_audience_id_fk";
--> statement-breakpoint
ALTER TABLE "audience_member" DROP CONSTRAINT "audience_member_workspace_id_workspace_id_fk";
