-- AlterTable
ALTER TABLE "Project" ADD COLUMN     "recoveryCodes" TEXT NOT NULL DEFAULT 'allowed';

-- CreateTable
CREATE TABLE "RecoveryCode" (
    "id" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "identityId" TEXT NOT NULL,
    "revocationEpoch" INTEGER NOT NULL,
    "codeHash" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "usedAt" TIMESTAMP(3),

    CONSTRAINT "RecoveryCode_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Pairing" (
    "id" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "identityId" TEXT NOT NULL,
    "sessionId" TEXT NOT NULL,
    "revocationEpoch" INTEGER NOT NULL,
    "linkHash" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "browserHash" TEXT,
    "userAgent" TEXT,
    "address" TEXT,
    "number" INTEGER,
    "passkeyId" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Pairing_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "RecoveryCode_codeHash_key" ON "RecoveryCode"("codeHash");

-- CreateIndex
CREATE INDEX "RecoveryCode_identityId_idx" ON "RecoveryCode"("identityId");

-- CreateIndex
CREATE UNIQUE INDEX "Pairing_linkHash_key" ON "Pairing"("linkHash");

-- CreateIndex
CREATE INDEX "Pairing_identityId_idx" ON "Pairing"("identityId");

-- CreateIndex
CREATE INDEX "Pairing_sessionId_idx" ON "Pairing"("sessionId");

-- CreateIndex
CREATE INDEX "Pairing_projectId_browserHash_idx" ON "Pairing"("projectId", "browserHash");

-- CreateIndex
CREATE INDEX "Pairing_expiresAt_idx" ON "Pairing"("expiresAt");

-- AddForeignKey
ALTER TABLE "RecoveryCode" ADD CONSTRAINT "RecoveryCode_identityId_fkey" FOREIGN KEY ("identityId") REFERENCES "Identity"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Pairing" ADD CONSTRAINT "Pairing_identityId_fkey" FOREIGN KEY ("identityId") REFERENCES "Identity"("id") ON DELETE CASCADE ON UPDATE CASCADE;

