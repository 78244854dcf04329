-- DropIndex
DROP INDEX "RecoveryAddress_projectId_value_idx";

-- DropIndex
DROP INDEX "VerifiableAddress_projectId_value_idx";

