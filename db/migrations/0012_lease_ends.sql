DROP INDEX "lease_node";--> statement-breakpoint
CREATE INDEX "lease_node" ON "lease" USING btree ("node_id","until");