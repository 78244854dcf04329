-- CreateTable
CREATE TABLE "Import" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "projectId" TEXT NOT NULL,
    "phase" TEXT NOT NULL,
    "ownerKind" TEXT NOT NULL,
    "ownerId" TEXT,
    "settings" TEXT NOT NULL,
    "principal" TEXT,
    "findings" TEXT NOT NULL,
    "keyHash" TEXT,
    "requestHash" TEXT,
    "size" BIGINT NOT NULL,
    "total" INTEGER,
    "position" INTEGER NOT NULL DEFAULT 0,
    "created" INTEGER NOT NULL DEFAULT 0,
    "changed" INTEGER NOT NULL DEFAULT 0,
    "same" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "passwords" INTEGER NOT NULL DEFAULT 0,
    "leftOut" TEXT NOT NULL,
    "endedBy" TEXT,
    "createdAt" DATETIME NOT NULL,
    "startedAt" DATETIME,
    "updatedAt" DATETIME NOT NULL,
    "finishedAt" DATETIME,
    CONSTRAINT "Import_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ImportChunk" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "importId" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "bytes" BLOB NOT NULL,
    CONSTRAINT "ImportChunk_importId_fkey" FOREIGN KEY ("importId") REFERENCES "Import" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "Import_projectId_id_idx" ON "Import"("projectId", "id");

-- CreateIndex
CREATE INDEX "Import_updatedAt_idx" ON "Import"("updatedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Import_projectId_keyHash_key" ON "Import"("projectId", "keyHash");

-- CreateIndex
CREATE INDEX "ImportChunk_projectId_idx" ON "ImportChunk"("projectId");

-- CreateIndex
CREATE UNIQUE INDEX "ImportChunk_importId_kind_number_key" ON "ImportChunk"("importId", "kind", "number");

