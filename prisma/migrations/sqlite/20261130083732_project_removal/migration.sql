-- CreateIndex
CREATE INDEX "Challenge_projectId_idx" ON "Challenge"("projectId");

-- CreateIndex
CREATE INDEX "OutboxMail_projectId_idx" ON "OutboxMail"("projectId");

