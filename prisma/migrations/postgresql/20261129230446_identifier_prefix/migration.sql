-- DropIndex
DROP INDEX "RecoveryAddress_projectId_value_idx";

-- DropIndex
DROP INDEX "VerifiableAddress_projectId_value_idx";

-- CreateIndex
CREATE INDEX "Identifier_prefix_idx" ON "Identifier"("projectId", "value" text_pattern_ops);

