-- CreateTable
CREATE TABLE "PasskeyDeletion" (
    "id" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "identityId" TEXT NOT NULL,
    "passkey" TEXT NOT NULL,
    "revocationEpoch" INTEGER NOT NULL,
    "sessionId" TEXT NOT NULL,
    "requestId" TEXT,
    "address" TEXT,
    "userAgent" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "dueAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "PasskeyDeletion_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "PasskeyDeletion_projectId_idx" ON "PasskeyDeletion"("projectId");

-- CreateIndex
CREATE INDEX "PasskeyDeletion_identityId_idx" ON "PasskeyDeletion"("identityId");

-- CreateIndex
CREATE INDEX "PasskeyDeletion_dueAt_idx" ON "PasskeyDeletion"("dueAt");

-- AddForeignKey
ALTER TABLE "PasskeyDeletion" ADD CONSTRAINT "PasskeyDeletion_identityId_fkey" FOREIGN KEY ("identityId") REFERENCES "Identity"("id") ON DELETE CASCADE ON UPDATE CASCADE;

