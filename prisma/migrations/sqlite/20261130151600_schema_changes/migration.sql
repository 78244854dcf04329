-- AlterTable
ALTER TABLE "IdentitySchema" ADD COLUMN "withdrawnAt" DATETIME;

-- CreateTable
CREATE TABLE "SchemaChange" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "projectId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "schemaId" TEXT NOT NULL,
    "baseVersion" INTEGER NOT NULL,
    "version" INTEGER,
    "document" TEXT NOT NULL,
    "repairs" TEXT NOT NULL,
    "sourceJobId" TEXT,
    "claim" TEXT,
    "actorKind" TEXT NOT NULL,
    "actorId" TEXT,
    "principal" TEXT NOT NULL,
    "total" INTEGER,
    "position" TEXT,
    "done" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "leftOut" TEXT NOT NULL,
    "impact" TEXT,
    "endedBy" TEXT,
    "createdAt" DATETIME NOT NULL,
    "finishedAt" DATETIME,
    CONSTRAINT "SchemaChange_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "SchemaChange_projectId_id_idx" ON "SchemaChange"("projectId", "id");

-- CreateIndex
CREATE INDEX "SchemaChange_finishedAt_idx" ON "SchemaChange"("finishedAt");

-- CreateIndex
CREATE UNIQUE INDEX "SchemaChange_projectId_claim_key" ON "SchemaChange"("projectId", "claim");

