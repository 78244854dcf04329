-- CreateTable
CREATE TABLE "ReturnPath" (
    "id" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "ReturnPath_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "ReturnPath_tokenHash_key" ON "ReturnPath"("tokenHash");

-- CreateIndex
CREATE INDEX "ReturnPath_projectId_idx" ON "ReturnPath"("projectId");

-- CreateIndex
CREATE INDEX "ReturnPath_expiresAt_idx" ON "ReturnPath"("expiresAt");

-- AddForeignKey
ALTER TABLE "ReturnPath" ADD CONSTRAINT "ReturnPath_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

