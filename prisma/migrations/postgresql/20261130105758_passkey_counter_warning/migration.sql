-- AlterTable
ALTER TABLE "Passkey" ADD COLUMN     "counterWarnedAt" TIMESTAMP(3);

