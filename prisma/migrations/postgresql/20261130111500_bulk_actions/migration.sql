-- AlterTable
ALTER TABLE "Identity" ADD COLUMN     "passkeyInvitedAt" TIMESTAMP(3),
ADD COLUMN     "signedInAt" BIGINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "PasskeyFleet" (
    "projectId" TEXT NOT NULL,
    "numbers" TEXT NOT NULL,
    "countedAt" TIMESTAMP(3),

    CONSTRAINT "PasskeyFleet_pkey" PRIMARY KEY ("projectId")
);

-- CreateTable
CREATE TABLE "BulkAction" (
    "id" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "operatorId" TEXT NOT NULL,
    "operatorEpoch" INTEGER NOT NULL,
    "selection" TEXT,
    "total" INTEGER NOT NULL,
    "position" TEXT,
    "done" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "endedSessions" INTEGER NOT NULL DEFAULT 0,
    "leftOut" TEXT NOT NULL,
    "endedBy" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "finishedAt" TIMESTAMP(3),

    CONSTRAINT "BulkAction_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "BulkAction_projectId_id_idx" ON "BulkAction"("projectId", "id");

-- CreateIndex
CREATE INDEX "BulkAction_finishedAt_idx" ON "BulkAction"("finishedAt");

-- CreateIndex
CREATE INDEX "Identity_projectId_signedInAt_id_idx" ON "Identity"("projectId", "signedInAt", "id");

-- AddForeignKey
ALTER TABLE "PasskeyFleet" ADD CONSTRAINT "PasskeyFleet_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BulkAction" ADD CONSTRAINT "BulkAction_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

