-- AlterTable
ALTER TABLE "Identity" ADD COLUMN     "identifierPointer" TEXT;

-- AlterTable
ALTER TABLE "Passkey" ADD COLUMN     "addedBy" TEXT NOT NULL DEFAULT 'unknown',
ADD COLUMN     "addedSessionId" TEXT,
ADD COLUMN     "addressId" TEXT;

-- AlterTable
ALTER TABLE "Session" ADD COLUMN     "addressId" TEXT,
ADD COLUMN     "isRecovered" BOOLEAN NOT NULL DEFAULT false;


-- Sessions that a recovery link or code has opened. What had replaced such a session is not known, so its passkeys are unknown.
UPDATE "Session" SET "isRecovered" = true WHERE "method" = 'recovery';
