import { formatReadableCode, toReadableCode } from '@/lib/platform/readable-code';

/** A person's recovery code. Its hash alone is stored. */
export type RecoveryCode = {
  id: string;
  projectId: string;
  identityId: string;
  /** The identity's epoch when it was created; a higher one ends it. */
  revocationEpoch: number;
  codeHash: string;
  createdAt: Date;
  usedAt: Date | null;
};

/** What is shown of a person's codes. */
export type RecoveryCodeSummary = {
  left: number;
  total: number;
  createdAt: Date;
};

/** The codes of one person, created together. */
export const RECOVERY_CODES = 10;
/** With so few left, the person is asked to create new ones. */
export const FEW_RECOVERY_CODES = 3;

/**
 * 24 characters of five random bits each. 120 bits need no slow hash (OWASP ASVS 5.0, 6.5.2: from 112 bits a standard
 * hash is enough): guessing them is infeasible even with a stolen database and SIGNET_SECRET.
 */
export const PERSONAL_CODE_LENGTH = 24;

export const formatPersonalCode = formatReadableCode;

/** The characters of a typed or pasted code, or null. */
export function toPersonalCode(typed: string): string | null {
  return toReadableCode(typed, PERSONAL_CODE_LENGTH);
}

/** Null without codes of the current epoch. */
export function summarize(codes: RecoveryCode[], revocationEpoch: number): RecoveryCodeSummary | null {
  const current = codes.filter((code) => code.revocationEpoch === revocationEpoch);
  const [first] = current;
  if (!first) return null;
  const left = current.filter(({ usedAt }) => usedAt === null).length;
  return { left, total: current.length, createdAt: first.createdAt };
}
