-- CreateTable
CREATE TABLE "PasskeyDeletion" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "projectId" TEXT NOT NULL,
    "identityId" TEXT NOT NULL,
    "passkey" TEXT NOT NULL,
    "revocationEpoch" INTEGER NOT NULL,
    "sessionId" TEXT NOT NULL,
    "requestId" TEXT,
    "address" TEXT,
    "userAgent" TEXT,
    "createdAt" DATETIME NOT NULL,
    "dueAt" DATETIME NOT NULL,
    CONSTRAINT "PasskeyDeletion_identityId_fkey" FOREIGN KEY ("identityId") REFERENCES "Identity" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "PasskeyDeletion_projectId_idx" ON "PasskeyDeletion"("projectId");

-- CreateIndex
CREATE INDEX "PasskeyDeletion_identityId_idx" ON "PasskeyDeletion"("identityId");

-- CreateIndex
CREATE INDEX "PasskeyDeletion_dueAt_idx" ON "PasskeyDeletion"("dueAt");

