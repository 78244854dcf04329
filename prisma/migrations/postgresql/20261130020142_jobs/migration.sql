-- CreateTable
CREATE TABLE "Job" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "projectId" TEXT,
    "payload" TEXT,
    "nextAt" TIMESTAMP(3) NOT NULL,
    "leaseOwner" TEXT,
    "leaseUntil" TIMESTAMP(3),
    "attempts" INTEGER NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Job_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Job_kind_nextAt_idx" ON "Job"("kind", "nextAt");

-- CreateIndex
CREATE INDEX "Job_projectId_idx" ON "Job"("projectId");

-- AddForeignKey
ALTER TABLE "Job" ADD CONSTRAINT "Job_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A project whose deletion an earlier version began and did not finish: the worker removes the rest.
INSERT INTO "Job" ("id", "kind", "projectId", "nextAt", "attempts", "createdAt")
SELECT 'project.delete:' || "Project"."id", 'project.delete', "Project"."id", "Project"."updatedAt", 0, "Project"."updatedAt"
FROM "Project"
JOIN "ProjectOrigin" ON "ProjectOrigin"."projectId" = "Project"."id"
WHERE "ProjectOrigin"."origin" = 'https://deleted-' || "Project"."id" || '.invalid';
