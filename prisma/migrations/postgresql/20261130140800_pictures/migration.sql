-- AlterTable
ALTER TABLE "Identity" ADD COLUMN     "pictureId" TEXT;

-- CreateTable
CREATE TABLE "Picture" (
    "id" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "identityId" TEXT NOT NULL,
    "mediaType" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Picture_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Picture_identityId_key" ON "Picture"("identityId");

-- CreateIndex
CREATE INDEX "Picture_projectId_idx" ON "Picture"("projectId");

-- AddForeignKey
ALTER TABLE "Picture" ADD CONSTRAINT "Picture_identityId_fkey" FOREIGN KEY ("identityId") REFERENCES "Identity"("id") ON DELETE CASCADE ON UPDATE CASCADE;

