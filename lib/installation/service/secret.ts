import { abandonMails, findUnreadableMails } from '@/lib/mail/service';
import { cliActor } from '@/lib/platform/actor';
import { transaction } from '@/lib/platform/db/transaction';
import { isMissingTable, isUniqueViolation } from '@/lib/platform/db/violations';
import { SettingsError } from '@/lib/platform/env';
import { hmac, isEqualConstantTime, randomToken } from '@/lib/platform/secret';
import { listAllProjects } from '@/lib/project/service';
import { areKeysReadable, countUnreadableKeys, rotateSigningKey } from '@/lib/token/service';
import { faultOf, type SecretState } from '../model';
import { findSecretCheck, insertSecretCheck, replaceSecretCheck } from '../repository';

/**
 * Whether SIGNET_SECRET is the secret of this database. Read-only, and works with the tables of every version, because
 * it runs before the migrations. A database without a check value accepts a secret only if it decrypts everything
 * stored.
 */
export async function readSecretState(): Promise<SecretState> {
  const check = await ifTableExists(findSecretCheck(), null);
  if (check !== null) return { kind: isMadeWithSecret(check) ? 'fits' : 'differs' };
  const keys = await ifTableExists(countUnreadableKeys(), { stored: 0, unreadable: 0 });
  const mails = await ifTableExists(findUnreadableMails(), { stored: 0, unreadable: [] });
  const unreadable = keys.unreadable + mails.unreadable.length;
  return unreadable === 0
    ? { kind: 'unclaimed' }
    : { kind: 'unreadable', unreadable, stored: keys.stored + mails.stored };
}

/** Throws `SettingsError` if SIGNET_SECRET is not the secret of this database. */
export async function requireSecret(): Promise<void> {
  const fault = faultOf(await readSecretState());
  if (fault !== null) throw new SettingsError([fault]);
}

/**
 * Binds the database to SIGNET_SECRET, once. If two processes with different secrets start on a new database at the
 * same time, one binds it and the other throws, as `requireSecret` does.
 */
export async function bindSecret(): Promise<void> {
  const state = await readSecretState();
  if (state.kind === 'unclaimed') {
    try {
      await transaction((tx) => insertSecretCheck(tx, newCheck(), new Date()));
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
    }
  }
  await requireSecret();
}

/** What `adoptSecret` replaced or abandoned. */
export type Adoption = { projectsWithNewKeys: string[]; abandonedMails: number };

/**
 * Makes SIGNET_SECRET the secret of this database after the previous one was lost: replaces unreadable signing keys and
 * abandons unreadable queued mails. Safe to repeat after an interruption.
 */
export async function adoptSecret(): Promise<Adoption> {
  const projectsWithNewKeys: string[] = [];
  for (const { project, path } of await listAllProjects()) {
    if (await areKeysReadable(project.id)) continue;
    await rotateSigningKey(cliActor(project.id), { isUrgent: true });
    projectsWithNewKeys.push(path);
  }
  const { unreadable } = await findUnreadableMails();
  await transaction(async (tx) => {
    await abandonMails(tx, unreadable);
    await replaceSecretCheck(tx, newCheck(), new Date());
  });
  return { projectsWithNewKeys, abandonedMails: unreadable.length };
}

function newCheck(): string {
  const salt = randomToken();
  return `${salt}.${hmac('installation', salt)}`;
}

function isMadeWithSecret(check: string): boolean {
  const [salt = '', mac = ''] = check.split('.');
  return isEqualConstantTime(hmac('installation', salt), mac);
}

async function ifTableExists<T>(read: Promise<T>, fallback: T): Promise<T> {
  try {
    return await read;
  } catch (error) {
    if (isMissingTable(error)) return fallback;
    throw error;
  }
}
