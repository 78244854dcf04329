import { findTakenIdentifiers, listTraitsOfSchema, type ScannedIdentity } from '@/lib/identity/service';
import { actAs } from '@/lib/job/service';
import { transaction } from '@/lib/platform/db/transaction';
import { isWithinReach } from '@/lib/role/model';
import { findHeldRoles } from '@/lib/role/service';
import type { IdentitySchema } from '@/lib/schema/model';
import { getSchema, listSchemaVersions } from '@/lib/schema/service';
import { emptyImpact, type Impact, MAX_CHANGED_PEOPLE, type SchemaChange } from '../model';
import { addFaults, type Reason } from '../model/reason';
import { identifierChange, type Judgement, judge, judgeTaken, mayChangeIdentifiers, type Plan } from './judge';
import { openPrincipal } from './principal';
import { inStep, type Run } from './step';
import { pauseAfter, STEP_MILLIS } from './steps';

/** Identities per statement: a few milliseconds. */
const PAGE = 250;
/** Progress costs a COMMIT, so it is written rarely; after a crash, this much is read again. */
const SAVE_MILLIS = 1000;

/** Reads every identity of the schema in ID order and counts what the draft would do to it. */
export async function runImpact(run: Run, change: SchemaChange): Promise<void> {
  const plan: Plan = { schema: draftOf(change), repairs: change.repairs };
  const scan = new Scan(plan, change.impact ?? emptyImpact(plan.repairs.length), {
    mayAct: await reachOf(run, change),
    versions: await versionsOf(change),
  });
  // Addresses that several identities would get are remembered in memory: such a scan starts again after a crash.
  let position = scan.hasIdentifierChanges ? null : change.position;
  if (position === null) scan.reset();
  let savedAt = performance.now();
  let startedAt = performance.now();
  for (;;) {
    const page = await listTraitsOfSchema(run.projectId, change.schemaId, position, PAGE);
    const judged = await scan.read(page, async () => {
      run.signal.throwIfAborted();
      if (performance.now() - startedAt < STEP_MILLIS) return;
      await pauseAfter(performance.now() - startedAt);
      startedAt = performance.now();
    });
    await scan.add(run.projectId, judged);
    position = page.at(-1)?.id ?? position;
    const isAtEnd = page.length < PAGE;
    if (isAtEnd || performance.now() - savedAt > SAVE_MILLIS) {
      const impact = scan.impact();
      await inStep(run, async (_, current) => ({
        ...current,
        position: position ?? '',
        unchanged: impact.scanned,
        impact,
      }));
      savedAt = performance.now();
    }
    if (isAtEnd) return;
  }
}

export function draftOf({ id, projectId, schemaId, baseVersion, document, createdAt }: SchemaChange): IdentitySchema {
  return { id, projectId, schemaId, version: baseVersion + 1, document, createdAt };
}

/** Whether the actor may change an identity with these roles (contract 8.1). */
async function reachOf({ projectId, id }: Run, change: SchemaChange) {
  const principal = openPrincipal(id, change.principal);
  const { operator } = await transaction((tx) => actAs(tx, projectId, id, principal));
  if (principal.kind === 'cli') return () => true;
  return (roles: Parameters<typeof isWithinReach>[1]) => operator !== null && isWithinReach(operator, roles);
}

async function versionsOf({ projectId, schemaId }: SchemaChange): Promise<Map<number, IdentitySchema>> {
  const versions = await listSchemaVersions(projectId, schemaId);
  const schemas = await Promise.all(versions.map(({ version }) => getSchema(projectId, schemaId, version)));
  return new Map(schemas.map((schema) => [schema.version, schema]));
}

type Surroundings = {
  mayAct: Awaited<ReturnType<typeof reachOf>>;
  versions: Map<number, IdentitySchema>;
};
type Judged = { identity: ScannedIdentity; judgement: Judgement; added: string[]; isLocked: boolean };

/** Counts in memory; `impact()` is what is stored. */
class Scan {
  readonly hasIdentifierChanges: boolean;
  #counts: Impact;
  #reasons: Map<string, Reason>;
  readonly #claimed = new Set<string>();

  constructor(
    private readonly plan: Plan,
    impact: Impact,
    private readonly surroundings: Surroundings,
  ) {
    this.hasIdentifierChanges = mayChangeIdentifiers([...surroundings.versions.values()], plan);
    this.#counts = impact;
    this.#reasons = new Map(impact.reasons.map((reason) => [`${reason.keyword} ${reason.pointer}`, reason]));
  }

  reset(): void {
    this.#counts = emptyImpact(this.plan.repairs.length);
    this.#reasons = new Map();
  }

  impact(): Impact {
    return { ...this.#counts, reasons: [...this.#reasons.values()].sort((one, other) => other.count - one.count) };
  }

  async read(page: ScannedIdentity[], breathe: () => Promise<void>): Promise<Judged[]> {
    const judged: Judged[] = [];
    for (const identity of page) {
      const judgement = judge(this.plan, identity);
      judged.push({ identity, judgement, ...this.#identifiersOf(identity, judgement) });
      await breathe();
    }
    return judged;
  }

  #identifiersOf(identity: ScannedIdentity, { traits }: Judgement): Pick<Judged, 'added' | 'isLocked'> {
    const before = this.hasIdentifierChanges ? this.surroundings.versions.get(identity.schemaVersion) : undefined;
    if (!before) return { added: [], isLocked: false };
    const after = { schema: this.plan.schema, traits };
    return identifierChange({ schema: before, traits: identity.traits }, after, identity.identifierPointer);
  }

  async add(projectId: string, page: Judged[]): Promise<void> {
    const roles = await findHeldRoles(page.map(({ identity }) => identity.id));
    const added = page.flatMap((one) => one.added);
    const taken = await findTakenIdentifiers(projectId, added);
    for (const one of page) {
      const operatorRoles = roles.get(one.identity.id) ?? [];
      this.#counts.scanned += 1;
      if (operatorRoles.length > 0 && !this.surroundings.mayAct({ operatorRoles })) this.#counts.operators += 1;
      else this.#count(one, taken);
    }
  }

  #count({ identity, judgement, added, isLocked }: Judged, taken: Set<string>): void {
    const { repaired } = judgement;
    const collides = added.some((value) => taken.has(value) || this.#claimed.has(value));
    for (const value of added) this.#claimed.add(value);
    const { outcome, faults } = collides ? judgeTaken(this.plan, judgement) : judgement;
    const counts = this.#counts;
    counts[outcome] += 1;
    for (const at of repaired.changed) increment(counts.repairs[at], 'changed');
    for (const at of repaired.failed) increment(counts.repairs[at], 'failed');
    const moves = outcome === 'valid' || outcome === 'repaired';
    if (moves && isLocked) counts.locked += 1;
    if (outcome === 'repaired' && counts.changedPeople.length < MAX_CHANGED_PEOPLE)
      counts.changedPeople.push(identity.id);
    if (!addFaults(this.#reasons, faults, identity.id)) counts.hasMoreReasons = true;
  }
}

function increment(counts: { changed: number; failed: number } | undefined, key: 'changed' | 'failed'): void {
  if (counts) counts[key] += 1;
}
