import { AppError, type Violation } from '@/lib/platform/errors';
import { readSender, senderDomain } from '@/lib/platform/sender';
import { isStorableText, nameFault } from '@/lib/platform/text';
import {
  AUDIT_RETENTION_BOUNDS,
  DELETION_GRACE_BOUNDS,
  MAX_NAME_LENGTH,
  type Project,
  RECOVERY_CODE_POLICIES,
  RECYCLE_BIN_BOUNDS,
  REGISTRATIONS,
  SESSION_BOUNDS,
} from '../model';
import { nearestAccent, toAccentTokens } from '../model/accent';
import { readOrigin } from '../model/origin';
import { slugFault } from '../model/slug';

/** A fault of settings: its pointer and a keyword with text on the page. */
export type ProjectSettings = Pick<
  Project,
  | 'name'
  | 'slug'
  | 'registration'
  | 'sessionIdleSeconds'
  | 'sessionLifetimeSeconds'
  | 'accentColor'
  | 'mailFrom'
  | 'auditRetentionDays'
  | 'recoveryCodes'
  | 'deletionGraceDays'
  | 'recycleBinDays'
>;

/** Refuses: `invalid_input` with every violation. */
export function requireUsable(settings: Partial<ProjectSettings>): void {
  const violations = [
    nameViolation(settings.name),
    slugViolation(settings.slug),
    registrationViolation(settings.registration),
    recoveryViolation(settings.recoveryCodes),
    ...sessionViolations(settings),
    accentViolation(settings.accentColor),
    senderViolation(settings.mailFrom),
    daysViolation('/auditRetentionDays', settings.auditRetentionDays, AUDIT_RETENTION_BOUNDS),
    daysViolation('/deletionGraceDays', settings.deletionGraceDays, DELETION_GRACE_BOUNDS),
    daysViolation('/recycleBinDays', settings.recycleBinDays, RECYCLE_BIN_BOUNDS),
  ].filter((violation) => violation !== null);
  if (violations.length > 0) throw new AppError('invalid_input', { violations });
}

/** The normalized origin. Refuses: `invalid_input` at `/origin`. */
export function requireOrigin(text: string): string {
  const read = readOrigin(text);
  if ('origin' in read) return read.origin;
  const message = `"${text}" is not an origin such as https://id.example.com`;
  throw new AppError('invalid_input', { violations: [{ pointer: '/origin', message, keyword: read.fault }] });
}

function nameViolation(name: string | undefined): Violation | null {
  if (name === undefined) return null;
  const pointer = '/name';
  const fault = nameFault(name);
  if (fault === 'empty') return { pointer, message: 'is missing', keyword: 'required' };
  if (name.length > MAX_NAME_LENGTH)
    return { pointer, message: `has more than ${MAX_NAME_LENGTH} characters`, keyword: 'maxLength' };
  const isPlain = isStorableText(name) && fault === null;
  return isPlain ? null : { pointer, message: 'contains characters that cannot be displayed', keyword: 'pattern' };
}

function slugViolation(slug: string | undefined): Violation | null {
  const fault = slug === undefined ? null : slugFault(slug);
  return fault && { pointer: '/slug', message: `is not a valid slug (${fault})`, keyword: fault };
}

function registrationViolation(registration: string | undefined): Violation | null {
  const isKnown = registration === undefined || REGISTRATIONS.some((known) => known === registration);
  return isKnown ? null : { pointer: '/registration', message: 'is not a registration mode', keyword: 'enum' };
}

function recoveryViolation(policy: string | undefined): Violation | null {
  const isKnown = policy === undefined || RECOVERY_CODE_POLICIES.some((known) => known === policy);
  return isKnown ? null : { pointer: '/recoveryCodes', message: 'is not a policy', keyword: 'enum' };
}

function sessionViolations({ sessionIdleSeconds: idle, sessionLifetimeSeconds: lifetime }: Partial<ProjectSettings>) {
  const outside = (pointer: string, value: number | undefined, { min, max }: { min: number; max: number }) => {
    if (value === undefined || (Number.isInteger(value) && value >= min && value <= max)) return null;
    return { pointer, message: `must be between ${min} and ${max} seconds`, keyword: 'range', params: { min, max } };
  };
  const bounds = [
    outside('/sessionIdleSeconds', idle, SESSION_BOUNDS.idle),
    outside('/sessionLifetimeSeconds', lifetime, SESSION_BOUNDS.lifetime),
  ];
  if (bounds.some(Boolean) || idle === undefined || lifetime === undefined || idle <= lifetime) return bounds;
  return [{ pointer: '/sessionIdleSeconds', message: 'must not exceed the session lifetime', keyword: 'order' }];
}

function accentViolation(color: string | null | undefined): Violation | null {
  if (!color || toAccentTokens(color)) return null;
  const pointer = '/accentColor';
  if (!/^#[0-9a-f]{6}$/.test(color)) return { pointer, message: 'is not a color such as #0b6e4f', keyword: 'format' };
  const suggestion = nearestAccent(color);
  return {
    pointer,
    message: `has too little contrast on a light page; the nearest usable color is ${suggestion}`,
    keyword: 'contrast',
    params: { suggestion },
  };
}

function senderViolation(sender: string | null | undefined): Violation | null {
  if (!sender || (senderDomain(sender) !== null && isReadable(readSender(sender)?.name ?? ''))) return null;
  return { pointer: '/mailFrom', message: 'is not a sender such as Acme <no-reply@example.com>', keyword: 'format' };
}

function daysViolation(
  pointer: string,
  days: number | null | undefined,
  { min, max }: { min: number; max: number },
): Violation | null {
  if (days === undefined || days === null || (Number.isInteger(days) && days >= min && days <= max)) return null;
  const message = `must be between ${min} and ${max} days`;
  return { pointer, message, keyword: 'range', params: { min, max } };
}

function isReadable(name: string): boolean {
  return name === '' || nameFault(name) === null;
}
