-- AlterTable
ALTER TABLE "AuditEvent" ADD COLUMN "jobId" TEXT;

-- Partial, so that events outside jobs do not pay for it.
CREATE INDEX "AuditEvent_job_idx" ON "AuditEvent"("projectId", "jobId", "id") WHERE "jobId" IS NOT NULL;

-- AlterTable
ALTER TABLE "BulkAction" ADD COLUMN "target" TEXT;
ALTER TABLE "BulkAction" ADD COLUMN "actorKind" TEXT NOT NULL DEFAULT 'operator';

-- CreateTable
CREATE TABLE "UndoJob" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "projectId" TEXT NOT NULL,
    "undoes" TEXT NOT NULL,
    "claim" TEXT,
    "actorKind" TEXT NOT NULL,
    "actorId" TEXT,
    "principal" TEXT,
    "total" INTEGER NOT NULL,
    "position" TEXT,
    "done" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "leftOut" TEXT NOT NULL,
    "endedBy" TEXT,
    "createdAt" DATETIME NOT NULL,
    "finishedAt" DATETIME,
    CONSTRAINT "UndoJob_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "UndoJob_projectId_id_idx" ON "UndoJob"("projectId", "id");

-- CreateIndex
CREATE INDEX "UndoJob_projectId_undoes_idx" ON "UndoJob"("projectId", "undoes");

-- CreateIndex
CREATE INDEX "UndoJob_finishedAt_idx" ON "UndoJob"("finishedAt");

-- CreateIndex
CREATE UNIQUE INDEX "UndoJob_projectId_claim_key" ON "UndoJob"("projectId", "claim");
