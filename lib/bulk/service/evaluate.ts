import type { FieldChanges } from '@/lib/audit/model';
import type { Identity } from '@/lib/identity/model';
import { type ChangePreview, findTakenIdentifiers, previewChanges } from '@/lib/identity/service';
import type { ErrorDetails } from '@/lib/platform/errors';
import type { BulkRequest, LeftOutReason } from '../model';
import { wantedChange } from '../model/change';

/** What an action that changes fields would do to an identity. `fault`: why its traits would be invalid. */
export type Evaluation =
  | { type: 'unchanged' }
  | { type: 'affected'; changes: FieldChanges }
  | { type: 'left_out'; reason: LeftOutReason; fault?: string };

/** In the order of the identities. `claimed`: identifiers of those before, which two cannot have. */
export async function evaluate(
  projectId: string,
  request: BulkRequest,
  identities: Identity[],
  claimed: Set<string>,
): Promise<Array<[Identity, Evaluation]>> {
  const wanted = identities.map((identity) => ({ identity, wanted: wantedChange(request, identity) }));
  const changes = wanted.flatMap(({ identity, wanted: one }) =>
    one.type === 'change' ? [{ identity, change: one.change }] : [],
  );
  const previews = new Map((await previewChanges(changes)).map((one) => [one.identity.id, one]));
  const added = [...previews.values()].flatMap(addedIdentifiers);
  const taken = await findTakenIdentifiers(projectId, added);
  return wanted.map(({ identity, wanted: one }) => {
    if (one.type === 'unchanged') return [identity, one];
    const preview = previews.get(identity.id);
    if (one.type === 'blocked' || !preview)
      return [identity, { type: 'left_out', reason: 'invalid', fault: 'has a value above this member' }];
    return [identity, toEvaluation(preview, taken, claimed)];
  });
}

function toEvaluation(preview: ChangePreview, taken: ReadonlySet<string>, claimed: Set<string>): Evaluation {
  if ('refusal' in preview) {
    const { code, details } = preview.refusal;
    return { type: 'left_out', reason: 'invalid', fault: faultOf(details) ?? code };
  }
  if (losesIdentifier(preview)) return { type: 'left_out', reason: 'identifier' };
  const added = addedIdentifiers(preview);
  if (added.some((identifier) => taken.has(identifier) || claimed.has(identifier)))
    return { type: 'left_out', reason: 'taken' };
  for (const identifier of added) claimed.add(identifier);
  if (Object.keys(preview.changes).length === 0) return { type: 'unchanged' };
  return { type: 'affected', changes: preview.changes };
}

/** An action on many never takes away what a person signs in with. */
export function losesIdentifier(preview: ChangePreview): boolean {
  return 'identifiers' in preview && preview.identity.identifiers.some((one) => !preview.identifiers.includes(one));
}

function addedIdentifiers(preview: ChangePreview): string[] {
  if (!('identifiers' in preview)) return [];
  return preview.identifiers.filter((one) => !preview.identity.identifiers.includes(one));
}

function faultOf({ violations, reason }: ErrorDetails): string | undefined {
  const [first] = violations ?? [];
  return first ? `${first.pointer}: ${first.message}` : reason;
}
