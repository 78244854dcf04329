-- CreateTable
CREATE TABLE "PasskeyFleet" (
    "projectId" TEXT NOT NULL PRIMARY KEY,
    "numbers" TEXT NOT NULL,
    "countedAt" DATETIME,
    CONSTRAINT "PasskeyFleet_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "BulkAction" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "projectId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "operatorId" TEXT NOT NULL,
    "operatorEpoch" INTEGER NOT NULL,
    "selection" TEXT,
    "total" INTEGER NOT NULL,
    "position" TEXT,
    "done" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "endedSessions" INTEGER NOT NULL DEFAULT 0,
    "leftOut" TEXT NOT NULL,
    "endedBy" TEXT,
    "createdAt" DATETIME NOT NULL,
    "finishedAt" DATETIME,
    CONSTRAINT "BulkAction_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- AlterTable. Not rebuilt, as Prisma would: the index of trigrams refers to its row IDs, and triggers to its columns.
ALTER TABLE "Identity" ADD COLUMN "passkeyInvitedAt" DATETIME;
ALTER TABLE "Identity" ADD COLUMN "signedInAt" BIGINT NOT NULL DEFAULT 0;

-- CreateIndex
CREATE INDEX "Identity_projectId_signedInAt_id_idx" ON "Identity"("projectId", "signedInAt", "id");

-- CreateIndex
CREATE INDEX "BulkAction_projectId_id_idx" ON "BulkAction"("projectId", "id");

-- CreateIndex
CREATE INDEX "BulkAction_finishedAt_idx" ON "BulkAction"("finishedAt");

