-- AlterTable
ALTER TABLE "Invitation" ADD COLUMN     "invitedBy" TEXT;

