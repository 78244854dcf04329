-- AlterTable
ALTER TABLE "Identity" ADD COLUMN "pictureId" TEXT;

-- CreateTable
CREATE TABLE "Picture" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "projectId" TEXT NOT NULL,
    "identityId" TEXT NOT NULL,
    "mediaType" TEXT NOT NULL,
    "bytes" BLOB NOT NULL,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "Picture_identityId_fkey" FOREIGN KEY ("identityId") REFERENCES "Identity" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "Picture_identityId_key" ON "Picture"("identityId");

-- CreateIndex
CREATE INDEX "Picture_projectId_idx" ON "Picture"("projectId");

