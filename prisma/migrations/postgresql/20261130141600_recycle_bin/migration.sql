-- AlterTable
ALTER TABLE "Project" ADD COLUMN     "recycleBinDays" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "DeletedIdentity" (
    "id" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "identityId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "identifiers" TEXT NOT NULL,
    "searchText" TEXT NOT NULL,
    "passkeyCount" INTEGER NOT NULL,
    "operatorRoles" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "identity" TEXT NOT NULL,
    "passkeys" TEXT NOT NULL,
    "deletedByKind" TEXT NOT NULL,
    "deletedById" TEXT,
    "deletedAt" TIMESTAMP(3) NOT NULL,
    "purgeAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "DeletedIdentity_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "DeletedIdentity_projectId_id_idx" ON "DeletedIdentity"("projectId", "id");

-- CreateIndex
CREATE INDEX "DeletedIdentity_purgeAt_idx" ON "DeletedIdentity"("purgeAt");

-- CreateIndex
CREATE UNIQUE INDEX "DeletedIdentity_projectId_identityId_key" ON "DeletedIdentity"("projectId", "identityId");

-- AddForeignKey
ALTER TABLE "DeletedIdentity" ADD CONSTRAINT "DeletedIdentity_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

