import { diffJson } from '@/lib/audit/model';
import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { insertDefaultSchema } from '@/lib/schema/service';
import { FIRST_SETTINGS, type Project } from '../model';
import { defaultOrigin, pendingOrigin, rpIdOf } from '../model/origin';
import * as rows from '../repository';
import { type Approver, approvalOfOrigin, insertClaim } from './approval';
import { requireFreeHostName } from './origins';
import { visibleSettings } from './update';
import { requireOrigin, requireUsable } from './validate-settings';

export type NewProject = {
  name: string;
  slug: string;
  /** Empty on a developer's machine: a default origin is derived from the first project's. */
  origin: string;
};

/**
 * Creates a project with its domain and the default schema. An unapproved domain stays pending; until it is proven, the
 * project serves nothing. Signing keys are generated on first use. The event is the first one of the project's own log.
 * Refuses: `invalid_input`, `slug_taken`, `origin_taken`, `not_found` (organization deleted).
 */
export async function createProject(
  actor: Actor,
  organizationId: string,
  input: NewProject,
  approver: Approver = {},
): Promise<Project> {
  const name = input.name.trim();
  requireUsable({ name, slug: input.slug });
  const wanted = await originOf(input);
  const approval = approvalOfOrigin(actor, wanted, [], approver);
  const now = new Date();
  const id = newId();
  const origin = approval === undefined ? pendingOrigin(id) : wanted;
  const project: Project = {
    id,
    organizationId,
    name,
    slug: input.slug,
    ...FIRST_SETTINGS,
    accentColor: null,
    logoHash: null,
    mailFrom: null,
    mailFromApproval: null,
    textsVersion: null,
    createdAt: now,
    updatedAt: now,
    origin,
    rpId: rpIdOf(origin),
  };
  await transaction(async (tx) => {
    await rows.insertProject(tx, project);
    await requireFreeHostName(tx, id, wanted);
    const primary = {
      id: newId(),
      origin,
      isPrimary: true,
      approval: approval ?? ('settings' as const),
      createdAt: now,
    };
    await rows.insertOrigin(tx, id, primary);
    const claim = { projectId: id, kind: 'origin' as const, value: wanted, domain: rpIdOf(wanted) };
    if (approval === undefined) await insertClaim(tx, claim);
    await insertDefaultSchema(tx, project.id);
    const details = {
      name,
      changes: diffJson(
        {},
        { ...visibleSettings(project), ...(approval === undefined ? { waiting: [wanted] } : { origin }) },
      ),
    };
    await recordEvent(tx, { ...actor, projectId: project.id }, { type: 'project.created', details });
  });
  return project;
}

async function originOf({ origin, slug }: NewProject): Promise<string> {
  if (origin.trim() !== '') return requireOrigin(origin);
  const first = await rows.findFirstProject();
  const beside = first && defaultOrigin(first.origin, slug);
  if (beside) return beside;
  const violations = [{ pointer: '/origin', message: 'is missing', keyword: 'required' }];
  throw new AppError('invalid_input', { violations });
}
