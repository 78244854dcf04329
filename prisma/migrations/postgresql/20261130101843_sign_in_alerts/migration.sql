-- AlterTable
ALTER TABLE "Session" ADD COLUMN     "alertId" TEXT;

-- CreateTable
CREATE TABLE "KnownBrowser" (
    "id" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "identityId" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "alertId" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "lastSeenAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "KnownBrowser_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SignInAlert" (
    "id" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "identityId" TEXT NOT NULL,
    "revocationEpoch" INTEGER NOT NULL,
    "linkHash" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "consumedAt" TIMESTAMP(3),

    CONSTRAINT "SignInAlert_pkey" PRIMARY KEY ("id")
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

-- AddForeignKey
ALTER TABLE "KnownBrowser" ADD CONSTRAINT "KnownBrowser_identityId_fkey" FOREIGN KEY ("identityId") REFERENCES "Identity"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SignInAlert" ADD CONSTRAINT "SignInAlert_identityId_fkey" FOREIGN KEY ("identityId") REFERENCES "Identity"("id") ON DELETE CASCADE ON UPDATE CASCADE;

