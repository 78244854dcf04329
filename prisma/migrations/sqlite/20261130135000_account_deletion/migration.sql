-- AlterTable
ALTER TABLE "Identity" ADD COLUMN "deletionDueAt" DATETIME;

-- AlterTable
ALTER TABLE "Project" ADD COLUMN "deletionGraceDays" INTEGER NOT NULL DEFAULT 7;

-- Few accounts wait for their deletion.
CREATE INDEX "Identity_deletion_idx" ON "Identity"("deletionDueAt", "id") WHERE "deletionDueAt" IS NOT NULL;
