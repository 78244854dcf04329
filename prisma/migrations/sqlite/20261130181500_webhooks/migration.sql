-- CreateTable
CREATE TABLE "WebhookEndpoint" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "projectId" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "eventTypes" TEXT,
    "isActive" BOOLEAN NOT NULL,
    "offReason" TEXT,
    "offSince" DATETIME,
    "secret" TEXT NOT NULL,
    "previousSecret" TEXT,
    "previousUntil" DATETIME,
    "version" INTEGER NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "failingSince" DATETIME,
    "pausedUntil" DATETIME,
    "leaseOwner" TEXT,
    "leaseUntil" DATETIME,
    "deletedAt" DATETIME,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "WebhookEndpoint_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "WebhookDelivery" (
    "endpointId" TEXT NOT NULL,
    "eventId" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "identityId" TEXT,
    "type" TEXT NOT NULL,
    "body" TEXT,
    "isErased" BOOLEAN NOT NULL DEFAULT false,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextAttemptAt" DATETIME,
    "lastAttemptAt" DATETIME,
    "deliveredAt" DATETIME,
    "failedAt" DATETIME,
    "status" INTEGER,
    "fault" TEXT,
    "answer" TEXT,
    "durationMillis" INTEGER,
    "createdAt" DATETIME NOT NULL,

    PRIMARY KEY ("endpointId", "eventId"),
    CONSTRAINT "WebhookDelivery_endpointId_fkey" FOREIGN KEY ("endpointId") REFERENCES "WebhookEndpoint" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "WebhookDelivery_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "WebhookEndpoint_projectId_id_idx" ON "WebhookEndpoint"("projectId", "id");

-- CreateIndex
CREATE INDEX "WebhookDelivery_identityId_endpointId_idx" ON "WebhookDelivery"("identityId", "endpointId");

-- CreateIndex
CREATE INDEX "WebhookDelivery_projectId_eventId_idx" ON "WebhookDelivery"("projectId", "eventId");

-- CreateIndex
CREATE INDEX "WebhookDelivery_createdAt_idx" ON "WebhookDelivery"("createdAt");


-- Prisma has no partial indexes: the deliveries that wait, which are few beside those that are done.
CREATE INDEX "WebhookDelivery_waiting_idx" ON "WebhookDelivery"("endpointId", "nextAttemptAt", "eventId") WHERE "nextAttemptAt" IS NOT NULL;
