-- CreateTable
CREATE TABLE "Installation" (
    "id" TEXT NOT NULL,
    "secretCheck" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Installation_pkey" PRIMARY KEY ("id")
);

