import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { thingTitle } from '@/app/console/title';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { emailOf, type Identity } from '@/lib/identity/model';
import { displayName } from '@/lib/identity/model/name';
import * as identities from '@/lib/identity/service';
import { isWithinReach } from '@/lib/role/model';
import { may, type ProjectPlace, type ProjectProof, requireProject } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';

/** The data every page of a user needs. */
export type UserPage = {
  proof: ProjectProof;
  identity: Identity;
  /** The display name; never empty. */
  name: string;
  email: string | null;
  /** The path of their first page. */
  base: string;
  /** Slugs, for the actions of the page. */
  place: { organization: string; project: string };
  locale: Locale;
  isSelf: boolean;
  isInReach: boolean;
  /** The role allows changes and the user is within reach. Actions check this themselves. */
  canChange: boolean;
};

/** Read once for both the page and its title. */
const findIdentity = cache(identities.findIdentity);

type Tab = 'traits' | 'passkeys' | 'sessions' | 'history' | 'raw';
type UserParams = { params: Promise<ProjectPlace & { id: string }> };

/** `generateMetadata` of a user's page: "Passkeys · Ada Lovelace", on the first page the name alone. */
export function userTitle(tab?: Tab | 'preview' | 'schema') {
  return async ({ params }: UserParams): Promise<Metadata> => {
    const t = translator(await getLocale(), 'consoleUsers');
    const page = tab && (await pageOf(tab));
    return thingTitle(nameOf(params), { ...(page && { page }), kind: t('title') });
  };
}

async function pageOf(tab: Tab | 'preview' | 'schema'): Promise<string> {
  const locale = await getLocale();
  if (tab === 'schema') return translator(locale, 'consoleSchemaChange.move')('action');
  return translator(locale, 'consoleUsers')(tab === 'preview' ? 'preview.label' : `tabs.${tab}`);
}

async function nameOf(params: UserParams['params']): Promise<string> {
  const { id, ...place } = await params;
  return (await findUser(await requireProject(place), id)).name;
}

/** A user of the authorized project; anyone else is *not found*. One in the recycle bin is shown there. */
export async function findUser(proof: ProjectProof, id: string): Promise<UserPage> {
  const { organization, project, person } = proof;
  const identity = await findIdentity(project.id, id);
  const place = { organization: organization.slug, project: project.slug };
  const users = `/console/${place.organization}/${place.project}/users`;
  if (!identity) return leave(project.id, id, users);
  const isInReach = isWithinReach(person.identity, identity);
  return {
    proof,
    identity,
    name: displayName(identity) || identity.id,
    email: emailOf(identity),
    base: `${users}/${identity.id}`,
    place,
    locale: await getLocale(person.identity.locale),
    isSelf: person.identity.id === identity.id,
    isInReach,
    canChange: may(proof, 'admin') && isInReach,
  };
}

async function leave(projectId: string, id: string, users: string): Promise<never> {
  const deleted = await identities.findDeletedIdentity(projectId, id);
  if (deleted) redirect(`${users}/recycle-bin?user=${deleted.identityId}`);
  notFound();
}
