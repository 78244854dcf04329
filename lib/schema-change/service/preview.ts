import { diffJson, type FieldChanges } from '@/lib/audit/model';
import { displayName } from '@/lib/identity/model/name';
import { listByIds } from '@/lib/identity/service';
import type { Json } from '@/lib/platform/json';
import type { SchemaChange } from '../model';
import { type Fault, valueAt } from '../model/reason';
import { draftOf } from './impact';
import { type Judgement, judge } from './judge';

/** What a job would do to one identity as it is now. */
export type PersonPreview = {
  id: string;
  name: string;
  outcome: Judgement['outcome'];
  /** Before and after the repairs, by pointer. */
  changes: FieldChanges;
  faults: Array<Fault & { value: Json | undefined }>;
};

/** Reads people and values anew: a job stores IDs only. Those deleted since are absent. */
export async function previewPeople(change: SchemaChange, ids: string[]): Promise<Map<string, PersonPreview>> {
  const plan = { schema: draftOf(change), repairs: change.repairs };
  const identities = await listByIds(change.projectId, ids);
  return new Map(
    identities.map((identity) => {
      const { outcome, traits, faults } = judge(plan, identity);
      const preview = {
        id: identity.id,
        name: displayName(identity),
        outcome,
        changes: diffJson({ traits: identity.traits }, { traits }),
        faults: faults.map((fault) => ({ ...fault, value: valueAt(traits, fault.pointer) })),
      };
      return [identity.id, preview];
    }),
  );
}
