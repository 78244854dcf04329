-- AlterTable
ALTER TABLE "Passkey" ADD COLUMN "counterWarnedAt" DATETIME;

