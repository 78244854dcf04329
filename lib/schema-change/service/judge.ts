import type { ScannedIdentity } from '@/lib/identity/service';
import { normalizeAddress } from '@/lib/platform/address';
import type { Violation } from '@/lib/platform/errors';
import type { JsonObject } from '@/lib/platform/json';
import { type IdentitySchema, identifierFieldsOf, identifierValues } from '@/lib/schema/model';
import { traitViolations } from '@/lib/schema/service';
import { type Fault, faultsOf, isLeft } from '../model/reason';
import { type Check, type Repair, type Repaired, repairTraits } from '../model/repair';

/** What identities are held against. The schema of a draft has an ID of its own. */
export type Plan = { schema: IdentitySchema; repairs: readonly Repair[] };

export type Judgement = {
  outcome: 'valid' | 'repaired' | 'left' | 'invalid';
  traits: JsonObject;
  faults: Fault[];
  repaired: Repaired;
};

/** What becomes of one identity. */
export function judge(
  plan: Plan,
  { traits, identifierPointer }: Pick<ScannedIdentity, 'traits' | 'identifierPointer'>,
): Judgement {
  const check = checkOf(plan.schema, traits);
  const repaired = repairTraits(traits, plan.repairs, check);
  const violations = [...check(repaired.traits), ...identifierViolations(plan.schema, identifierPointer)];
  if (violations.length === 0 && repaired.faults.length === 0)
    return {
      outcome: repaired.changed.length > 0 ? 'repaired' : 'valid',
      traits: repaired.traits,
      faults: [],
      repaired,
    };
  // What could not be repaired is the reason; that its value does not fit follows from it.
  const places = new Set(repaired.faults.map(({ pointer }) => pointer));
  const all = [...repaired.faults, ...violations.filter(({ pointer }) => !places.has(pointer))];
  const faults = faultsOf(repaired.traits, all);
  return { outcome: isLeft(faults, plan.repairs) ? 'left' : 'invalid', traits: repaired.traits, faults, repaired };
}

/** Remembers the last answer, because most repairs change nothing. */
function checkOf(schema: IdentitySchema, before: JsonObject): Check {
  let known: { traits: JsonObject; violations: Violation[] } | undefined;
  return (traits) => {
    if (known?.traits !== traits) known = { traits, violations: traitViolations(schema, traits, before) };
    return known.violations;
  };
}

/** The same, for an identity that would get an identifier of another one. */
export function judgeTaken({ repairs }: Plan, judgement: Judgement): Judgement {
  const faults = [...judgement.faults, TAKEN];
  return { ...judgement, faults, outcome: isLeft(faults, repairs) ? 'left' : 'invalid' };
}

const TAKEN: Fault = {
  pointer: '/traits',
  keyword: 'identifier_taken',
  message: 'has an identifier that another identity has',
  params: {},
  found: 'object',
};

/** An operator whose only identifier is no identifier in the schema: see `moveIdentities`. */
function identifierViolations({ document }: IdentitySchema, pointer: string | null): Violation[] {
  if (pointer === null || identifierFieldsOf(document, pointer).length > 0) return [];
  return [
    { pointer, keyword: 'identifier', message: 'must be an identifier, as this identity signs in with it alone' },
  ];
}

/** Identifiers (normalized) that an identity would lose and gain. */
export function identifierChange(
  before: { schema: IdentitySchema; traits: JsonObject },
  after: { schema: IdentitySchema; traits: JsonObject },
  pointer: string | null,
): { lost: string[]; added: string[]; isLocked: boolean } {
  const values = ({ schema, traits }: typeof before) => [
    ...new Set(identifierValues(schema.document, traits, pointer).map(normalizeAddress)),
  ];
  const [old, now] = [values(before), values(after)];
  return {
    lost: old.filter((value) => !now.includes(value)),
    added: now.filter((value) => !old.includes(value)),
    isLocked: old.length > 0 && now.length === 0,
  };
}

/** Whether identifiers may change at all: most drafts leave the fields, and the repairs their values, alone. */
export function mayChangeIdentifiers(before: readonly IdentitySchema[], { schema, repairs }: Plan): boolean {
  const pointersOf = ({ document }: IdentitySchema) => identifierFieldsOf(document, null).map(({ pointer }) => pointer);
  const after = pointersOf(schema);
  const touched = repairs.flatMap((repair) => {
    if (repair.op === 'leave') return [];
    return repair.op === 'move' ? [repair.from, repair.pointer] : [repair.pointer];
  });
  return before.some((version) => {
    const own = pointersOf(version);
    const isSame = own.length === after.length && own.every((pointer) => after.includes(pointer));
    return !isSame || own.some((pointer) => touched.some((place) => isWithin(pointer, place)));
  });
}

function isWithin(pointer: string, place: string): boolean {
  return pointer === place || pointer.startsWith(`${place}/`) || place.startsWith(`${pointer}/`);
}
