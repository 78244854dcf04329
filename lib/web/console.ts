import { headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { z } from 'zod';
import type { Action, ActionResult, Freshness } from '@/lib/platform/action-result';
import type { Actor } from '@/lib/platform/actor';
import { AppError, isAppError } from '@/lib/platform/errors';
import type { Organization, Project } from '@/lib/project/model';
import * as projects from '@/lib/project/service';
import { isAtLeast, type OperatorRole } from '@/lib/role/model';
import { isPasskeySession } from '@/lib/session/model';
import { action, checkFreshness } from './action';
import { parseInput } from './action-result';
import { toReturnPath } from './return-path';
import { type Proof, requestContext, requireSession } from './session';

/**
 * Who may use the console, and where. The console answers on SIGNET_ORIGIN's host only. An organization without a role
 * for the operator, and everything in it, is *not found*. The role is read for every request.
 */
export type OperatorProof = {
  /** The signed-in person, with the project of their own identity. */
  person: Proof;
};

export type OrganizationProof = OperatorProof & {
  organization: Organization;
  role: OperatorRole;
  /** The operator as an actor in the project of their own identity: for what belongs to the organization. */
  actor: Actor;
};

/** `actor` acts in `project`, which the path names. */
export type ProjectProof = OrganizationProof & { project: Project };

/** Slugs from the path `/console/{organization}/{project}`. */
export type OrganizationPlace = { organization: string };
export type ProjectPlace = OrganizationPlace & { project: string };

/** An operator of any organization. For pages: signed-out people are redirected to sign in, others get 404. */
export async function requireOperator(): Promise<OperatorProof> {
  return forPage(async () => proveOperator(await requirePerson()));
}

/**
 * For pages, as `requireOperator`. Pages leave out what the role may not see; a page that it may not open is
 * `forbidden`.
 */
export async function requireOrganization(place: OrganizationPlace): Promise<OrganizationProof> {
  return forPage(async () => proveOrganization(await requirePerson(), place));
}

/** For pages, as `requireOperator`. */
export async function requireProject(place: ProjectPlace): Promise<ProjectProof> {
  return forPage(async () => proveProject(await requirePerson(), place));
}

/** Whether the role includes `needed`, for what a page offers. Actions check it themselves. */
export function may({ role }: Pick<OrganizationProof, 'role'>, needed: OperatorRole): boolean {
  return isAtLeast(role, needed);
}

/**
 * Whether the operator is an owner of the installation, that is, of the first project's organization. Their approval
 * lets any project use a domain.
 */
export async function isInstallationOwner({ person }: OperatorProof): Promise<boolean> {
  const { organizationId } = await projects.getFirstProject();
  const home = await projects.findOrganization(organizationId);
  if (!home || !isConsoleOpen(home, person)) return false;
  return person.identity.operatorRoles.some((held) => held.organizationId === home.id && held.role === 'owner');
}

type Declared<Input extends z.ZodType> = {
  /** The least role that may call it. */
  role: OperatorRole;
  input?: Input;
  fresh: Freshness;
};

/** The page binds the place (`renameUser.bind(null, place)`); the form calls it with the input. */
type PlacedAction<Place, Input, Output> = ((
  place: Place,
  ...input: undefined extends Input ? [input?: Input] : [input: Input]
) => Promise<ActionResult<Output>>) & { fresh: Freshness };

/**
 * An action in a project. Every call checks origin, session, host and role before it parses the input. The bound place
 * is untrusted input, too.
 */
export function projectAction<Output, Input extends z.ZodType = z.ZodUndefined>(
  declared: Declared<Input>,
  run: (proof: ProjectProof, input: z.output<Input>, isFresh: boolean) => Promise<Output>,
): PlacedAction<ProjectPlace, z.input<Input>, Output> {
  return placed(PROJECT_PLACE, proveProject, declared, run);
}

/** An action in an organization, as `projectAction`. */
export function organizationAction<Output, Input extends z.ZodType = z.ZodUndefined>(
  declared: Declared<Input>,
  run: (proof: OrganizationProof, input: z.output<Input>, isFresh: boolean) => Promise<Output>,
): PlacedAction<OrganizationPlace, z.input<Input>, Output> {
  return placed(ORGANIZATION_PLACE, proveOrganization, declared, run);
}

/**
 * An action of an operator of any organization, for what belongs to none. Host and role are checked as in
 * `projectAction`.
 */
export function operatorAction<Output, Input extends z.ZodType = z.ZodUndefined>(
  declared: Pick<Declared<Input>, 'input' | 'fresh'>,
  run: (proof: OperatorProof & Pick<OrganizationProof, 'actor'>, input: z.output<Input>) => Promise<Output>,
): Action<z.input<Input>, Output> {
  const called = action({ input: z.unknown(), fresh: false }, async (person, raw) => {
    const proof = proveOperator(person);
    await checkFreshness(declared.fresh, person);
    return run({ ...proof, actor: { ...person.actor, kind: 'operator' } }, parseInput(declared.input, raw));
  });
  return Object.assign(called, { fresh: declared.fresh });
}

const slug = z.string().max(100);
const ORGANIZATION_PLACE = z.object({ organization: slug });
const PROJECT_PLACE = z.object({ organization: slug, project: slug });

function placed<Place, Granted extends OrganizationProof, Output, Input extends z.ZodType>(
  place: z.ZodType<Place>,
  prove: (person: Proof, place: Place) => Promise<Granted>,
  { role, input, fresh }: Declared<Input>,
  run: (proof: Granted, input: z.output<Input>, isFresh: boolean) => Promise<Output>,
): PlacedAction<Place, z.input<Input>, Output> {
  const called = action(
    { input: z.object({ place: z.unknown(), raw: z.unknown().optional() }), fresh: false },
    async (person, { place: where, raw }) => {
      const at = place.safeParse(where);
      if (!at.success) throw new AppError('not_found');
      const proof = await prove(person, at.data);
      if (!may(proof, role)) throw new AppError('forbidden');
      const isFresh = await checkFreshness(fresh, person);
      return run(proof, parseInput(input, raw), isFresh);
    },
  );
  const bound = async (where: Place, ...rest: unknown[]) => called({ place: where, raw: rest[0] });
  return Object.assign(bound, { fresh });
}

/** The signed-in person. On a host without the console: 404, without a redirect to sign in. */
export async function requirePerson(): Promise<Proof> {
  if (!(await requestContext()).isConsoleHost) throw new AppError('not_found');
  return requireSession();
}

function proveOperator(person: Proof): OperatorProof {
  const isOperator = person.identity.operatorRoles.length > 0;
  if (!person.context.isConsoleHost || !isOperator) throw new AppError('not_found');
  return { person };
}

/**
 * Layout, title and page of one view each authorize the same place: the rows are read once per rendering. An action and
 * the rendering that follows read separately.
 */
const findOrganizationBySlug = cache(projects.findOrganizationBySlug);
const findProjectBySlug = cache(projects.findProjectBySlug);

async function proveOrganization(person: Proof, place: OrganizationPlace): Promise<OrganizationProof> {
  proveOperator(person);
  const organization = await findOrganizationBySlug(place.organization);
  const held = person.identity.operatorRoles.find(({ organizationId }) => organizationId === organization?.id);
  if (!organization || !held) throw new AppError('not_found');
  if (!isConsoleOpen(organization, person)) throw new AppError('passkey_required');
  return { person, organization, role: held.role, actor: { ...person.actor, kind: 'operator' } };
}

/**
 * Whether this session may use the organization's console: where a passkey is required, the session must have been
 * opened with one. A recovery never suffices (docs/decisions: "Recovery codes open no console").
 */
export function isConsoleOpen({ consoleNeedsPasskey }: Organization, { session }: Proof): boolean {
  return isPasskeySession(session) || (!consoleNeedsPasskey && session.method !== 'recovery');
}

/** Refuses: `not_found`, `passkey_required`. */
export async function proveProject(person: Proof, place: ProjectPlace): Promise<ProjectProof> {
  const proof = await proveOrganization(person, place);
  const project = await findProjectBySlug(proof.organization.id, place.project);
  if (!project) throw new AppError('not_found');
  return { ...proof, project, actor: { ...proof.actor, projectId: project.id } };
}

/** Turns a refusal into what a page answers: 404, or a redirect to the page that asks for a passkey. */
async function forPage<T>(prove: () => Promise<T>): Promise<T> {
  try {
    return await prove();
  } catch (error) {
    if (isAppError(error) && error.code === 'not_found') notFound();
    if (isAppError(error) && error.code === 'passkey_required')
      redirect(await toPasskeyPath((await headers()).get('x-signet-path')));
    throw error;
  }
}

/** The page that explains the passkey requirement, with the way back. */
async function toPasskeyPath(path: string | null): Promise<string> {
  const local = await toReturnPath(await requestContext(), path);
  return local ? `/console/-/passkey?return_to=${encodeURIComponent(local)}` : '/console/-/passkey';
}
