-- CreateTable
CREATE TABLE "ReturnPath" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "projectId" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    CONSTRAINT "ReturnPath_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "ReturnPath_tokenHash_key" ON "ReturnPath"("tokenHash");

-- CreateIndex
CREATE INDEX "ReturnPath_projectId_idx" ON "ReturnPath"("projectId");

-- CreateIndex
CREATE INDEX "ReturnPath_expiresAt_idx" ON "ReturnPath"("expiresAt");

