-- AlterTable
ALTER TABLE "AuditEvent" ADD COLUMN "organizationId" TEXT;

-- CreateIndex
CREATE INDEX "AuditEvent_organizationId_id_idx" ON "AuditEvent"("organizationId", "id");


-- An organization's events named it in their details only. JSON.stringify wrote them, so a quote within a value is escaped and
-- nothing else reads like this. Events that were blanked no longer name it.
UPDATE "AuditEvent"
SET "organizationId" = substr("details", instr("details", '"organization_id":"') + 19, 36)
WHERE "type" IN (
    'operator.added', 'operator.invited', 'operator.invitation_revoked', 'operator.role_changed', 'operator.removed',
    'organization.created', 'organization.updated', 'organization.deleted', 'project.deleted'
) AND instr("details", '"organization_id":"') > 0;
