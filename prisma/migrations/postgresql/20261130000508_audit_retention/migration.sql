-- AlterTable
ALTER TABLE "Project" ADD COLUMN     "auditRetentionDays" INTEGER;

