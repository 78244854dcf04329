-- CreateTable
CREATE TABLE "EmailChange" (
    "id" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "identityId" TEXT NOT NULL,
    "linkHash" TEXT NOT NULL,
    "oldAddress" TEXT NOT NULL,
    "pointer" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "EmailChange_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "EmailChange_linkHash_key" ON "EmailChange"("linkHash");

-- CreateIndex
CREATE INDEX "EmailChange_projectId_oldAddress_idx" ON "EmailChange"("projectId", "oldAddress");

-- CreateIndex
CREATE INDEX "EmailChange_identityId_idx" ON "EmailChange"("identityId");

-- CreateIndex
CREATE INDEX "EmailChange_expiresAt_idx" ON "EmailChange"("expiresAt");

-- AddForeignKey
ALTER TABLE "EmailChange" ADD CONSTRAINT "EmailChange_identityId_fkey" FOREIGN KEY ("identityId") REFERENCES "Identity"("id") ON DELETE CASCADE ON UPDATE CASCADE;

