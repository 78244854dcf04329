import { normalizeAddress, toReadableAddress } from '../../address';
import { newId } from '../../ids';
import { hmac } from '../../secret';
import type { StepProgress, StepRow, StepTx } from '../steps';

/**
 * Addresses were stored with their domain as typed; from here on domains are compared as A-labels. Rewrites identifiers
 * and their derived columns, then pending codes and invitations with the rate limits of their addresses. Where the
 * addresses of two identities become equal, the older keeps it; the other remains without that identifier, and an audit
 * event records it.
 */
export async function asciiDomains(tx: StepTx, cursor: string | null): Promise<StepProgress> {
  const [table = 'Identifier', after = ''] = cursor?.split(' ') ?? [];
  const at = TABLES.findIndex(({ name }) => name === table);
  const place = TABLES[at];
  if (!place) throw new Error(`a step was left at "${cursor}", which this version does not know`);
  const rows = await tx.all(
    `SELECT "id", "projectId", ${place.columns} FROM "${place.name}" WHERE "id" > ? ORDER BY "id" LIMIT ${PIECE}`,
    after,
  );
  for (const row of rows) if (isInternational(textIn(row, 'value'))) await place.rewrite(tx, row);
  const last = rows.at(-1);
  const next = TABLES[at + 1];
  if (last && rows.length === PIECE) return { cursor: `${place.name} ${textIn(last, 'id')}`, rows: rows.length };
  return { cursor: next ? `${next.name} ` : null, rows: rows.length };
}

const PIECE = 1000;
const TABLES = [
  { name: 'Identifier', columns: '"identityId", "value"', rewrite: rewriteIdentifier },
  { name: 'Verification', columns: '"address" AS "value"', rewrite: rewriteColumn('Verification', 'address') },
  { name: 'Invitation', columns: '"email" AS "value"', rewrite: rewriteColumn('Invitation', 'email') },
];

/** Includes values that are already canonical: the search text now contains their other form. */
function isInternational(value: string): boolean {
  const domain = value.slice(value.lastIndexOf('@') + 1);
  return value.includes('@') && /xn--|[\u0080-\u{10ffff}]/u.test(domain);
}

async function rewriteIdentifier(tx: StepTx, row: StepRow): Promise<void> {
  const [id, projectId] = [textIn(row, 'id'), textIn(row, 'projectId')];
  const mine = { identityId: textIn(row, 'identityId'), value: textIn(row, 'value') };
  const value = normalizeAddress(mine.value);
  if (value !== mine.value) {
    const [other] = await tx.all(
      'SELECT "id", "identityId" FROM "Identifier" WHERE "projectId" = ? AND "value" = ?',
      projectId,
      value,
    );
    const holder = other ? await keptBy(tx, mine.identityId, textIn(other, 'identityId')) : mine.identityId;
    if (other && holder !== mine.identityId) {
      await tx.run('DELETE FROM "Identifier" WHERE "id" = ?', id);
    } else {
      if (other) await tx.run('DELETE FROM "Identifier" WHERE "id" = ?', textIn(other, 'id'));
      await tx.run('UPDATE "Identifier" SET "value" = ? WHERE "id" = ?', value, id);
    }
    const loser = holder === mine.identityId ? other && textIn(other, 'identityId') : mine.identityId;
    if (loser !== undefined && loser !== holder) await recordLoss(tx, { projectId, loser, holder, value });
    await rewriteAddresses(tx, 'VerifiableAddress', mine, value);
    await rewriteAddresses(tx, 'RecoveryAddress', mine, value);
    await rewriteLimits(tx, projectId, mine.value, value);
  }
  await rewriteSearch(tx, mine, value);
}

/** The older identity keeps the address; an identity that has it in two forms keeps it once. */
async function keptBy(tx: StepTx, one: string, other: string): Promise<string> {
  const [oldest] = await tx.all(
    'SELECT "id" FROM "Identity" WHERE "id" IN (?, ?) ORDER BY "createdAt", "id" LIMIT 1',
    one,
    other,
  );
  return oldest ? textIn(oldest, 'id') : one;
}

type Loss = { projectId: string; loser: string; holder: string; value: string };

async function recordLoss(tx: StepTx, { projectId, loser, holder, value }: Loss): Promise<void> {
  await tx.run(
    `INSERT INTO "AuditEvent" ("id", "projectId", "type", "actorKind", "identityId", "details", "createdAt")
     VALUES (?, ?, 'identity.identifier_displaced', 'system', ?, ?, ?)`,
    newId(),
    projectId,
    loser,
    JSON.stringify({ identifier: value, holder_id: holder }),
    tx.moment(new Date()),
  );
  await tx.run('UPDATE "Identity" SET "version" = "version" + 1 WHERE "id" = ?', loser);
}

type Held = { identityId: string; value: string };

async function rewriteAddresses(
  tx: StepTx,
  table: 'VerifiableAddress' | 'RecoveryAddress',
  { identityId, value: before }: Held,
  value: string,
): Promise<void> {
  const where = 'WHERE "identityId" = ? AND "value" = ?';
  const [double] = await tx.all(`SELECT "id" FROM "${table}" ${where}`, identityId, value);
  if (!double) {
    await tx.run(`UPDATE "${table}" SET "value" = ? ${where}`, value, identityId, before);
    return;
  }
  // Both belong to one identity: a verified one stays verified.
  const [proven] =
    table === 'VerifiableAddress'
      ? await tx.all(`SELECT "id" FROM "${table}" ${where} AND "verifiedAt" IS NOT NULL`, identityId, before)
      : [];
  await tx.run(`DELETE FROM "${table}" ${where}`, identityId, proven ? value : before);
  if (proven) await tx.run(`UPDATE "${table}" SET "value" = ? ${where}`, value, identityId, before);
}

/** The lines of a search text and the name in lists, in the form of that version. */
async function rewriteSearch(tx: StepTx, { identityId, value: before }: Held, value: string): Promise<void> {
  const [row] = await tx.all('SELECT "searchText", "sortName" FROM "Identity" WHERE "id" = ?', identityId);
  if (!row) return;
  const [searchText, sortName] = [textIn(row, 'searchText'), textIn(row, 'sortName')];
  const lines = new Set([value, toReadableAddress(value), before].map(toSearchForm));
  for (const line of searchText.split('\n')) lines.add(line);
  const isName = sortName === fold(before).slice(0, 200);
  await tx.run(
    'UPDATE "Identity" SET "searchText" = ?, "sortName" = ?, "version" = "version" + ? WHERE "id" = ?',
    Buffer.from([...lines].join('\n'))
      .subarray(0, 1000)
      .toString()
      .replace(/\ufffd+$/, ''),
    isName ? fold(value).slice(0, 200) : sortName,
    value === before ? 0 : 1,
    identityId,
  );
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

function toSearchForm(text: string): string {
  return fold(text).replaceAll('%', '\uff05').replaceAll('_', '\uff3f').replaceAll('\\', '\uff3c');
}

function rewriteColumn(table: 'Verification' | 'Invitation', column: 'address' | 'email') {
  return async (tx: StepTx, row: StepRow): Promise<void> => {
    const [projectId, before] = [textIn(row, 'projectId'), textIn(row, 'value')];
    const value = normalizeAddress(before);
    if (value === before) return;
    await tx.run(`UPDATE "${table}" SET "${column}" = ? WHERE "id" = ?`, value, textIn(row, 'id'));
    await rewriteLimits(tx, projectId, before, value);
  };
}

/**
 * Limits keyed by the address alone. Keys are stored as hashes: one without a row elsewhere cannot be found, and
 * expires within a day.
 */
const LIMITS = [
  { name: 'code-mail-address', seconds: 3600 },
  { name: 'code-mail-familiar', seconds: 3600 },
  { name: 'registration-invitation', seconds: 86_400 },
];

async function rewriteLimits(tx: StepTx, projectId: string, before: string, value: string): Promise<void> {
  const idsOf = (address: string) =>
    LIMITS.map(({ name, seconds }) => {
      return `${name}:${seconds}:${hmac('rate-limit', `${name}\0${projectId}\0${address}`)}`;
    });
  const [from, to] = [idsOf(before), idsOf(value)];
  const rows = await tx.all('SELECT "id", "count" FROM "RateLimit" WHERE "id" IN (?, ?, ?)', ...from);
  for (const row of rows) {
    const [id, count] = [textIn(row, 'id'), Number(row.count)];
    const next = to[from.indexOf(id)] ?? id;
    if ((await tx.run('UPDATE "RateLimit" SET "count" = "count" + ? WHERE "id" = ?', count, next)) > 0)
      await tx.run('DELETE FROM "RateLimit" WHERE "id" = ?', id);
    else await tx.run('UPDATE "RateLimit" SET "id" = ? WHERE "id" = ?', next, id);
  }
}

function textIn(row: StepRow, column: string): string {
  const value = row[column];
  return typeof value === 'string' ? value : '';
}
