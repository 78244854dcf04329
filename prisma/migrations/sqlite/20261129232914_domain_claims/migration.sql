-- AlterTable
ALTER TABLE "Project" ADD COLUMN "mailFromApproval" TEXT;

-- AlterTable
ALTER TABLE "ProjectOrigin" ADD COLUMN "approval" TEXT;

-- CreateTable
CREATE TABLE "DomainClaim" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "projectId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "domain" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "DomainClaim_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "DomainClaim_projectId_kind_value_key" ON "DomainClaim"("projectId", "kind", "value");

