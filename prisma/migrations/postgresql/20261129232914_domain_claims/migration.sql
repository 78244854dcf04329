-- AlterTable
ALTER TABLE "Project" ADD COLUMN     "mailFromApproval" TEXT;

-- AlterTable
ALTER TABLE "ProjectOrigin" ADD COLUMN     "approval" TEXT;

-- CreateTable
CREATE TABLE "DomainClaim" (
    "id" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "domain" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "DomainClaim_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "DomainClaim_projectId_kind_value_key" ON "DomainClaim"("projectId", "kind", "value");

-- AddForeignKey
ALTER TABLE "DomainClaim" ADD CONSTRAINT "DomainClaim_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

