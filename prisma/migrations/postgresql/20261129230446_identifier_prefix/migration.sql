-- LIKE with a prefix uses an index only where it compares bytes, whatever the language of the database. Prisma's schema has no words
-- for it and leaves partial indexes alone. The condition is true of every row.
CREATE INDEX "Identifier_prefix_idx" ON "Identifier"("projectId", "value" text_pattern_ops) WHERE "value" IS NOT NULL;

-- DropIndex
DROP INDEX "RecoveryAddress_projectId_value_idx";

-- DropIndex
DROP INDEX "VerifiableAddress_projectId_value_idx";
