-- Added in place: a rebuilt table would drop a column that another migration adds.
ALTER TABLE "Identity" ADD COLUMN "identifierPointer" TEXT;

ALTER TABLE "Passkey" ADD COLUMN "addedBy" TEXT NOT NULL DEFAULT 'unknown';
ALTER TABLE "Passkey" ADD COLUMN "addedSessionId" TEXT;
ALTER TABLE "Passkey" ADD COLUMN "addressId" TEXT;

ALTER TABLE "Session" ADD COLUMN "isRecovered" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "Session" ADD COLUMN "addressId" TEXT;

-- Sessions that a recovery link or code has opened. What had replaced such a session is not known, so its passkeys are unknown.
UPDATE "Session" SET "isRecovered" = true WHERE "method" = 'recovery';
