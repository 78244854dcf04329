-- AlterTable
ALTER TABLE "Session" ADD COLUMN "alertId" TEXT;

-- CreateTable
CREATE TABLE "KnownBrowser" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "projectId" TEXT NOT NULL,
    "identityId" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "alertId" TEXT,
    "createdAt" DATETIME NOT NULL,
    "lastSeenAt" DATETIME NOT NULL,
    CONSTRAINT "KnownBrowser_identityId_fkey" FOREIGN KEY ("identityId") REFERENCES "Identity" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "SignInAlert" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "projectId" TEXT NOT NULL,
    "identityId" TEXT NOT NULL,
    "revocationEpoch" INTEGER NOT NULL,
    "linkHash" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "consumedAt" DATETIME,
    CONSTRAINT "SignInAlert_identityId_fkey" FOREIGN KEY ("identityId") REFERENCES "Identity" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "KnownBrowser_projectId_idx" ON "KnownBrowser"("projectId");

-- CreateIndex
CREATE INDEX "KnownBrowser_lastSeenAt_idx" ON "KnownBrowser"("lastSeenAt");

-- CreateIndex
CREATE UNIQUE INDEX "KnownBrowser_identityId_tokenHash_key" ON "KnownBrowser"("identityId", "tokenHash");

-- CreateIndex
CREATE UNIQUE INDEX "SignInAlert_linkHash_key" ON "SignInAlert"("linkHash");

-- CreateIndex
CREATE INDEX "SignInAlert_projectId_idx" ON "SignInAlert"("projectId");

-- CreateIndex
CREATE INDEX "SignInAlert_identityId_idx" ON "SignInAlert"("identityId");

-- CreateIndex
CREATE INDEX "SignInAlert_expiresAt_idx" ON "SignInAlert"("expiresAt");

