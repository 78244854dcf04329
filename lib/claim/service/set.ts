import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { toPointer } from '@/lib/platform/json';
import { getProject } from '@/lib/project/service';
import { type ClaimRule, claimNameFault, isClaimPointer } from '../model';
import { findClaimRules, saveClaimRules } from '../repository';

/** In one project. */
const MAX_RULES = 100;

/**
 * Sets where a claim comes from and which scope shows it, from the next token and userinfo response on. Refuses:
 * `invalid_input` for a reserved name, or a pointer to anything but traits, public metadata and the external ID.
 */
export async function setClaimRule(actor: Actor, rule: ClaimRule): Promise<ClaimRule[]> {
  const { claim, pointer } = rule;
  const fault = claimNameFault(claim);
  if (fault === 'syntax') throw invalid('A claim has up to 100 letters, digits and _ : / . # ~ -');
  if (fault === 'reserved') throw invalid(`The claim ${claim} is about the token or its proof and cannot be mapped`);
  if (pointer !== null && !isClaimPointer(pointer))
    throw invalid('The source must be a JSON Pointer to /traits/…, /metadata_public/… or /external_id');
  return change(actor, claim, (others) => {
    if (others.length >= MAX_RULES) throw invalid(`A project has at most ${MAX_RULES} claims of its own`);
    return [...others, rule];
  });
}

/** Returns a claim to the product's table, or removes it if the table has none of this name. */
export async function resetClaimRule(actor: Actor, claim: string): Promise<ClaimRule[]> {
  return change(actor, claim, (others) => others);
}

async function change(actor: Actor, claim: string, of: (others: ClaimRule[]) => ClaimRule[]): Promise<ClaimRule[]> {
  const { projectId } = actor;
  return transaction(async (tx) => {
    const before = await findClaimRules(projectId, tx);
    const after = of(before.filter((rule) => rule.claim !== claim));
    const changes = { [toPointer(['claims', claim])]: changeOf(claim, before, after) };
    if (JSON.stringify(before) === JSON.stringify(after)) return before;
    await saveClaimRules(tx, projectId, after, new Date());
    await record(tx, actor, changes);
    return after;
  });
}

function changeOf(claim: string, before: ClaimRule[], after: ClaimRule[]) {
  const find = (rules: ClaimRule[]) => rules.find((rule) => rule.claim === claim) ?? null;
  return { before: find(before), after: find(after) };
}

async function record(tx: Tx, actor: Actor, changes: Record<string, { before: unknown; after: unknown }>) {
  const { name } = await getProject(actor.projectId, tx);
  await recordEvent(tx, actor, { type: 'project.updated', details: { name, changes } });
}

function invalid(reason: string): AppError {
  return new AppError('invalid_input', { reason });
}
