import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import * as profile from '@/app/profile/actions';
import * as stepUp from '@/app/step-up';
import { emailOf, type Identity } from '@/lib/identity/model';
import { getIdentity } from '@/lib/identity/service';
import type { ActionResult, Freshness } from '@/lib/platform/action-result';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import type { SessionMethod } from '@/lib/session/model';
import { startSession } from '@/lib/web/sign-in';
import { placeOf, refusalOf } from '@/testing/console';
import { beginRequest, cookieNames, forgetCookies, storedCookie } from '@/testing/next-request';
import { makeOperator } from '@/testing/operators';
import { codeAndLink, lastMailTo } from '@/testing/outbox';
import { addPasskey, makePerson, moveProject, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';

vi.mock('next/headers', () => import('@/testing/next-request'));
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }));

/**
 * Actions that grant access require an authentication within the last 15 minutes. Every action and route for people is
 * listed here with its freshness and the reason for it.
 */
const PROJECT = 'console/[organization]/[project]';
const OPEN = 'open';
const DECLARED: Record<string, [Freshness | typeof OPEN, string]> = {
  'shell-actions.ts#setLocale': [OPEN, 'language'],
  'shell-actions.ts#setTheme': [OPEN, 'theme'],
  'shell-actions.ts#setShortcuts': [OPEN, 'shortcuts'],
  'shell-actions.ts#signOutAction': [OPEN, 'signing out is always possible'],
  '(auth)/login/sign-out/actions.ts#signOutFor': [OPEN, 'signing out is always possible'],
  '(auth)/login/actions.ts#emailCode': [OPEN, 'there is no session yet'],
  '(auth)/login/actions.ts#submitCode': [OPEN, 'there is no session yet'],
  '(auth)/login/actions.ts#submitLink': [OPEN, 'there is no session yet'],
  '(auth)/login/actions.ts#submitDetails': [OPEN, 'there is no session yet'],
  '(auth)/login/actions.ts#submitRecoveryCode': [OPEN, 'there is no session yet'],
  '(auth)/login/actions.ts#submitDisown': [OPEN, 'the mailed link is the proof, and it only ends a session'],
  '(auth)/login/actions.ts#submitUndo': [OPEN, 'the link to the old address is the proof, and it only removes access'],
  '(auth)/authorize/actions.ts#answered': [false, 'the application decides by max_age how recent the sign-in must be'],
  'setup/actions.ts#beginSetupAction': [OPEN, 'the link of the terminal or of an invitation is the proof'],
  'setup/actions.ts#finishSetupAction': [OPEN, 'the link of the terminal or of an invitation is the proof'],
  'setup/actions.ts#emailCode': [OPEN, 'mails to the invited address'],
  'setup/actions.ts#submitCode': [OPEN, 'a code from that mailbox is the proof'],
  'setup/actions.ts#submitAcceptance': [true, 'makes an operator'],
  'setup/actions.ts#beginAcceptanceAction': [true, 'makes an operator'],
  'setup/actions.ts#finishAcceptanceAction': [
    false,
    'answers a challenge that only a fresh session got, for five minutes',
  ],

  'profile/actions.ts#beginAddPasskey': [true, 'adds a sign-in method'],
  'profile/actions.ts#finishAddPasskey': [false, 'answers a challenge that only a fresh session got, for five minutes'],
  'profile/actions.ts#renamePasskeyAction': [false, 'a name'],
  'profile/undo-action.ts#undoOwnChange': [false, 'a name, and traits the schema lets people change'],
  'profile/actions.ts#deletePasskey': [true, 'removes a sign-in method'],
  'profile/actions.ts#undoDeletion': [false, 'only the session that deleted it fresh, a minute ago at most'],
  'profile/actions.ts#holdDeletion': [false, 'extends the time to undo'],
  'profile/actions.ts#signOutSession': [true, 'ends a session'],
  'profile/actions.ts#signOutOtherSessions': [true, 'ends sessions'],
  'profile/actions.ts#removeAccess': [true, 'ends sessions at an application'],
  'profile/actions.ts#declinePasskeyOffer': [false, 'hides a card'],
  'step-up.ts#beginStepUpWithPasskey': [false, 'makes the session fresh'],
  'step-up.ts#finishStepUpWithPasskey': [false, 'makes the session fresh'],
  'step-up.ts#sendStepUpCode': [false, 'makes the session fresh'],
  'step-up.ts#verifyStepUpCode': [false, 'makes the session fresh'],
  'profile/actions.ts#sendVerificationCode': [false, 'mails to the current address'],
  'profile/actions.ts#verifyEmail': [false, 'a code from that mailbox is the proof'],
  'profile/device/actions.ts#showCode': [true, 'lets another device add a sign-in method'],
  'profile/device/actions.ts#answerDevice': [false, 'only the session that started it fresh, ten minutes ago at most'],
  'profile/device/actions.ts#cancelDevice': [false, 'ends it'],
  'profile/recovery-codes/actions.ts#createCodes': [true, 'adds sign-in methods'],
  'profile/recovery-codes/actions.ts#deleteCodes': [true, 'removes sign-in methods'],
  'add/actions.ts#findCode': [OPEN, 'the device has no session; a right code only leads to the page that asks'],
  'add/actions.ts#request': [OPEN, 'the device has no session; the token is the proof, and a session must confirm'],
  'add/actions.ts#cancel': [OPEN, 'ends what this browser has asked for'],
  'add/actions.ts#beginRegistration': [OPEN, 'a fresh session started it, and confirmed this browser'],
  'add/actions.ts#finishRegistration': [OPEN, 'a fresh session started it, and confirmed this browser'],
  'profile/settings/actions.ts#saveTraits': [
    false,
    'never an identifier, and only traits the schema lets people change',
  ],
  'profile/settings/actions.ts#setOwnPicture': [false, 'a picture'],
  'profile/settings/actions.ts#removeOwnPicture': [false, 'a picture'],
  'profile/settings/actions.ts#sendEmailChangeCode': [true, 'changes the sign-in identifier'],
  'profile/settings/actions.ts#withdrawEmailChange': [false, 'ends a pending change'],
  'profile/settings/actions.ts#confirmEmailChange': [false, 'needs a code that only a fresh session can request'],
  'profile/settings/actions.ts#deleteAccountAction': [true, 'deletes'],
  'profile/data/route.ts#GET': [false, 'reads the person’s own data'],

  'console/-/new-organization/actions.ts#create': [true, 'creates an organization and its owner'],
  'console/[organization]/-/new-project/actions.ts#create': [true, 'creates a project with a domain'],
  'console/[organization]/-/operators/actions.ts#invite': [true, 'operators'],
  'console/[organization]/-/operators/actions.ts#revoke': [true, 'operators'],
  'console/[organization]/-/operators/actions.ts#previewPromotion': [false, 'reads'],
  'console/[organization]/-/operators/actions.ts#changeRole': [true, 'operators'],
  'console/[organization]/-/operators/actions.ts#remove': [true, 'operators'],
  'console/[organization]/-/settings/actions.ts#update': [false, 'name and slug'],
  'console/[organization]/-/settings/actions.ts#setPasskeyNeeded': [true, 'how operators must sign in'],
  'console/[organization]/-/settings/actions.ts#approveDomain': [true, 'domains'],
  'console/[organization]/-/settings/actions.ts#rejectDomain': [true, 'domains'],
  'console/[organization]/-/settings/actions.ts#keepDomain': [true, 'domains'],
  'console/[organization]/-/settings/actions.ts#remove': [true, 'deletes'],
  [`${PROJECT}/users/export/route.ts#GET`]: [false, 'reads what the pages show'],
  [`${PROJECT}/users/import/upload/route.ts#POST`]: [false, 'stores a file; the import itself asks'],
  [`${PROJECT}/users/import/[id]/errors/route.ts#GET`]: [false, 'reads what one has uploaded'],
  [`${PROJECT}/audit-log/export/route.ts#GET`]: [false, 'reads what the page shows'],
  [`${PROJECT}/search/route.ts#GET`]: [false, 'reads what the page shows'],
  [`${PROJECT}/settings/logo/route.ts#GET`]: [false, 'a picture'],
  'console/actions.ts#setUserColumns': [false, 'columns of a list in this browser'],
  'console/actions.ts#hideFirstSteps': [false, 'hides a list in this browser'],
  [`${PROJECT}/schemas/actions.ts#validateDraft`]: [false, 'changes nothing'],
  [`${PROJECT}/schemas/actions.ts#create`]: [false, 'a schema that no user has'],
  [`${PROJECT}/schemas/[id]/actions.ts#remove`]: [true, 'deletes'],
  [`${PROJECT}/schemas/[id]/change/actions.ts#checkDraft`]: [false, 'a job that reads'],
  [`${PROJECT}/schemas/[id]/change/actions.ts#checkRepairs`]: [false, 'a job that reads'],
  [`${PROJECT}/schemas/[id]/change/actions.ts#publish`]: [true, 'changes the traits of everyone'],
  [`${PROJECT}/schemas/[id]/change/actions.ts#undo`]: [true, 'changes the traits of everyone'],
  [`${PROJECT}/schemas/[id]/change/actions.ts#stop`]: [false, 'ends what an operator has started'],
  [`${PROJECT}/settings/actions.ts#updateSettings`]: ['conditional', 'registration, sessions and the email sender'],
  [`${PROJECT}/texts/text/actions.ts#saveText`]: [true, 'changes what sign-in pages and mails say'],
  [`${PROJECT}/texts/text/actions.ts#previewText`]: [false, 'changes nothing'],
  [`${PROJECT}/settings/webhooks/actions.ts#createWebhook`]: [true, 'sends every event elsewhere'],
  [`${PROJECT}/settings/webhooks/actions.ts#changeWebhook`]: [true, 'sends every event elsewhere'],
  [`${PROJECT}/settings/webhooks/actions.ts#rotateSecret`]: [true, 'a secret'],
  [`${PROJECT}/settings/webhooks/actions.ts#deleteWebhook`]: [true, 'deletes'],
  [`${PROJECT}/settings/webhooks/actions.ts#sendTest`]: [
    false,
    'an event without data, to a receiver that gets all others',
  ],
  [`${PROJECT}/settings/webhooks/actions.ts#sendAgain`]: [false, 'to the receiver that gets it anyway'],
  [`${PROJECT}/settings/actions.ts#setLogo`]: [false, 'a picture'],
  [`${PROJECT}/settings/actions.ts#removeLogo`]: [false, 'a picture'],
  [`${PROJECT}/settings/actions.ts#addDomain`]: [true, 'domains'],
  [`${PROJECT}/settings/actions.ts#checkDomain`]: [true, 'domains'],
  [`${PROJECT}/settings/actions.ts#withdrawDomain`]: [true, 'domains'],
  [`${PROJECT}/settings/actions.ts#removeDomain`]: [true, 'domains'],
  [`${PROJECT}/settings/actions.ts#makeDomainPrimary`]: [true, 'domains'],
  [`${PROJECT}/settings/actions.ts#countPasskeysLost`]: [false, 'reads'],
  [`${PROJECT}/settings/actions.ts#sendTest`]: [false, 'mails to the operator’s own address, ten an hour'],
  [`${PROJECT}/settings/actions.ts#readTest`]: [false, 'reads'],
  [`${PROJECT}/settings/actions.ts#rotateKey`]: [true, 'signing keys'],
  [`${PROJECT}/settings/actions.ts#revokeKey`]: [true, 'signing keys'],
  [`${PROJECT}/settings/actions.ts#setAlgorithm`]: [true, 'signing keys'],
  [`${PROJECT}/settings/actions.ts#countContents`]: [false, 'reads'],
  [`${PROJECT}/settings/actions.ts#deleteProject`]: [true, 'deletes'],
  [`${PROJECT}/users/jobs/actions.ts#survey`]: [false, 'reads'],
  [`${PROJECT}/users/jobs/actions.ts#start`]: [true, 'ends or restores access, deletes, mails'],
  [`${PROJECT}/users/jobs/actions.ts#stop`]: [false, 'ends what an operator has started'],
  [`${PROJECT}/users/jobs/actions.ts#undo`]: [true, 'restores access, deletes'],
  [`${PROJECT}/users/jobs/actions.ts#choices`]: [false, 'reads'],
  [`${PROJECT}/users/import/actions.ts#choose`]: [false, 'how a stored file is read'],
  [`${PROJECT}/users/import/actions.ts#check`]: [false, 'changes nothing'],
  [`${PROJECT}/users/import/actions.ts#start`]: [true, 'creates and changes many users'],
  [`${PROJECT}/users/import/actions.ts#cancel`]: [false, 'removes a file of one’s own'],
  [`${PROJECT}/users/import/actions.ts#stop`]: [false, 'ends what an operator has started'],
  [`${PROJECT}/users/new/actions.ts#createUser`]: [true, 'lets an address sign in'],
  [`${PROJECT}/users/invitations/actions.ts#sendInvitation`]: [true, 'lets an address sign in'],
  [`${PROJECT}/users/invitations/actions.ts#revokeInvitation`]: [true, 'invitations'],
  [`${PROJECT}/users/[id]/schema/actions.ts#moveUser`]: [true, 'may change identifiers of another person'],
  [`${PROJECT}/users/[id]/schema/actions.ts#previewUserMove`]: [false, 'writes nothing'],
  [`${PROJECT}/users/[id]/actions.ts#saveUser`]: ['conditional', 'an identifier of another person, or any operator'],
  [`${PROJECT}/users/[id]/actions.ts#setUserPicture`]: ['conditional', 'an operator’s picture'],
  [`${PROJECT}/users/[id]/actions.ts#removeUserPicture`]: ['conditional', 'an operator’s picture'],
  [`${PROJECT}/users/[id]/actions.ts#setUserState`]: [true, 'ends or restores someone’s access'],
  [`${PROJECT}/users/[id]/actions.ts#previewUser`]: [false, 'counts what an action would end, and changes nothing'],
  [`${PROJECT}/users/[id]/actions.ts#cancelUserDeletion`]: [true, 'restores someone’s access'],
  [`${PROJECT}/users/[id]/undo-actions.ts#undoChange`]: ['conditional', 'as the change it makes, by hand'],
  [`${PROJECT}/users/[id]/undo-actions.ts#previewUndo`]: [false, 'changes nothing'],
  [`${PROJECT}/users/[id]/actions.ts#deleteUser`]: [true, 'deletes'],
  [`${PROJECT}/users/recycle-bin/actions.ts#restoreUser`]: [true, 'restores someone’s access'],
  [`${PROJECT}/users/recycle-bin/actions.ts#purgeUser`]: [true, 'deletes'],
  [`${PROJECT}/users/[id]/actions.ts#createRecovery`]: [true, 'signs in as another person'],
  [`${PROJECT}/users/[id]/actions.ts#renameUserPasskey`]: ['conditional', 'an operator’s passkey'],
  [`${PROJECT}/users/[id]/actions.ts#deleteUserPasskey`]: [true, 'removes a sign-in method'],
  [`${PROJECT}/users/[id]/actions.ts#revokeUserCodes`]: [true, 'removes sign-in methods'],
  [`${PROJECT}/users/[id]/actions.ts#endUserSession`]: [true, 'ends a session'],
  [`${PROJECT}/users/[id]/actions.ts#endUserSessions`]: [true, 'ends sessions'],
  [`${PROJECT}/applications/actions.ts#addApplication`]: [true, 'people’s data, and a secret'],
  [`${PROJECT}/applications/actions.ts#changeApplication`]: ['conditional', 'all but name and launch URL'],
  [`${PROJECT}/applications/actions.ts#rotateSecret`]: [true, 'a secret'],
  [`${PROJECT}/applications/actions.ts#endSecret`]: [true, 'a secret'],
  [`${PROJECT}/applications/actions.ts#setLogo`]: [false, 'a picture'],
  [`${PROJECT}/applications/actions.ts#removeLogo`]: [false, 'a picture'],
  [`${PROJECT}/applications/actions.ts#disable`]: [true, 'ends sign-ins and tokens'],
  [`${PROJECT}/applications/actions.ts#enable`]: [true, 'lets people sign in'],
  [`${PROJECT}/applications/actions.ts#remove`]: [true, 'deletes'],
  [`${PROJECT}/applications/[id]/logo/route.ts#GET`]: [false, 'a picture'],
  [`${PROJECT}/users/groups/actions.ts#addGroup`]: [false, 'a name, without members'],
  [`${PROJECT}/users/groups/actions.ts#changeGroup`]: [true, 'a name that applications grant rights to'],
  [`${PROJECT}/users/groups/actions.ts#addMember`]: [true, 'lets someone use applications'],
  [`${PROJECT}/users/groups/actions.ts#removeMember`]: [true, 'ends someone’s access'],
  [`${PROJECT}/users/groups/actions.ts#remove`]: [true, 'deletes'],
  [`${PROJECT}/users/api-credentials/actions.ts#createCredential`]: [true, 'creates a secret with scopes'],
  [`${PROJECT}/users/api-credentials/actions.ts#changeCredential`]: ['conditional', 'all but the name'],
  [`${PROJECT}/users/api-credentials/actions.ts#rotateSecret`]: [true, 'a secret'],
  [`${PROJECT}/users/api-credentials/actions.ts#revokeCredential`]: [true, 'revokes access of clients'],
};

const APP = path.resolve('app');
const EDGES =
  'action|openAction|operatorAction|organizationAction|projectAction|personRoute|projectRoute|projectUpload';
const files = readdirSync(APP, { recursive: true, encoding: 'utf8' }).filter(
  (file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file),
);
const actions = files.flatMap((file) => {
  const text = readFileSync(path.join(APP, file), 'utf8');
  return [...text.matchAll(new RegExp(`const (\\w+) = (${EDGES})\\(`, 'g'))].map(([call, name = '', edge = '']) => {
    const rest = text.slice(text.indexOf(call) + call.length);
    return {
      key: `${file}#${name}`,
      file,
      name,
      edge,
      head: rest.split(/\n(?:export )?(?:const|async function|function) /)[0] ?? '',
    };
  });
});

// ASVS 7.5.1
test('every action and route for people declares the listed freshness', async () => {
  const found: Record<string, unknown> = {};
  for (const { key, file, name, edge, head } of actions) {
    const exported = (await import(path.join(APP, file)))[name];
    const written = /fresh: (true|false|'conditional')/.exec(head)?.[1]?.replaceAll("'", '');
    found[key] = edge === 'openAction' ? OPEN : String(exported?.fresh ?? written);
    if (exported && edge !== 'openAction') expect(written, key).toBe(String(exported.fresh));
  }
  expect(found).toEqual(Object.fromEntries(Object.entries(DECLARED).map(([key, [fresh]]) => [key, String(fresh)])));
});

test('every action is assigned to a constant of its file', () => {
  for (const file of files) {
    const text = readFileSync(path.join(APP, file), 'utf8');
    const calls = text.match(new RegExp(`(?<![\\w.])(?:${EDGES})\\(`, 'g')) ?? [];
    expect(calls.length, file).toBe(actions.filter((one) => one.file === file).length);
  }
});

type Called = (...args: unknown[]) => Promise<ActionResult<unknown>>;
let project: Project;

/** Signs in an owner of the project's organization. */
async function enter(
  operator: Identity,
  { method = 'code', isStale = false }: { method?: SessionMethod; isStale?: boolean } = {},
): Promise<void> {
  const { session } = await signIn(project, operator, method);
  const authenticatedAt = new Date(Date.now() - (isStale ? 15 * 60_000 : 0));
  await (await db()).session.update({ where: { id: session.id }, data: { authenticatedAt } });
  forgetCookies();
  beginRequest(project);
  await startSession(session);
}

beforeEach(async () => {
  project = await makeProject();
});

const fresh = actions.filter(({ key }) => DECLARED[key]?.[0] === true);
/** Whether the first argument is a place: an organization or project. */
const isPlaced = (edge: string) => edge === 'projectAction' || edge === 'organizationAction';

async function attempt({ file, name, edge }: (typeof actions)[number]): Promise<string | null> {
  const module = await import(path.join(APP, file));
  if (name === 'submitAcceptance') {
    const form = new FormData();
    form.set('token', 'none');
    return (await module.accept({ failure: null }, form)).failure?.code ?? null;
  }
  if (name === 'showCode') return (await module.submitStart({ failure: null }, new FormData())).failure?.code ?? null;
  const called: Called = module[name];
  const place = await placeOf(project);
  return refusalOf(await (isPlaced(edge) ? called(place) : called()));
}

describe.each(fresh)('$key', (one) => {
  test('refuses a session that is 15 minutes old', async () => {
    await enter(await makeOperator(project, 'owner'), { isStale: true });
    expect(await attempt(one)).toBe('reauthentication_required');
  });

  test('refuses an operator with a passkey who signed in by an emailed code', async () => {
    const operator = await makeOperator(project, 'owner');
    await addPasskey(await signIn(project, operator));
    await enter(await getIdentity(project.id, operator.id));
    expect(await attempt(one)).toBe('reauthentication_required');
  });
});

const passing = fresh.filter(({ name }) => name !== 'submitAcceptance'); // it redirects
test.each(passing)('$key continues after a passkey', async (one) => {
  const operator = await makeOperator(project, 'owner');
  await addPasskey(await signIn(project, operator));
  await enter(await getIdentity(project.id, operator.id), { method: 'passkey' });
  expect(await attempt(one)).not.toBe('reauthentication_required');
});

describe('step-up by an emailed code', () => {
  const send = async () => refusalOf(await stepUp.sendStepUpCode());
  const verify = async () => refusalOf(await stepUp.verifyStepUpCode({ code: '000000' }));

  test('is possible for a person with a passkey, and for an operator with none for this host name', async () => {
    const person = await makePerson(project);
    await addPasskey(await signIn(project, person));
    await enter(await getIdentity(project.id, person.id));
    expect(await send()).toBeNull();
    const operator = await makeOperator(project, 'owner');
    const { origin } = project;
    const elsewhere = await moveProject(project, `https://${newId()}.example.com`);
    await addPasskey(await signIn(elsewhere, operator));
    project = await moveProject(project, origin);
    await enter(await getIdentity(project.id, operator.id));
    expect([await send(), await verify()]).toEqual([null, 'code_wrong']);
  });

  test('is refused to an operator with a passkey for any session; their address can still be verified', async () => {
    const operator = await makeOperator(project, 'viewer');
    await enter(operator);
    expect(await send()).toBeNull();
    await addPasskey(await signIn(project, operator));
    for (const method of ['code', 'recovery', 'passkey'] as const) {
      await enter(await getIdentity(project.id, operator.id), { method });
      expect([await send(), await verify()]).toEqual(['passkey_required', 'passkey_required']);
    }
    expect(refusalOf(await profile.sendVerificationCode())).toBeNull();
    expect(refusalOf(await profile.verifyEmail({ code: '000000' }))).toBe('code_wrong');
    const { code } = codeAndLink(await lastMailTo(emailOf(operator) ?? ''));
    const before = await currentSessionId();
    expect(refusalOf(await profile.verifyEmail({ code }))).toBeNull();
    expect((await getIdentity(project.id, operator.id)).verifiableAddresses).toMatchObject([{ verified: true }]);
    expect(await currentSessionId()).toBe(before);
  });

  const currentSessionId = async () =>
    storedCookie(cookieNames().find((name) => name.includes('session')) ?? '')?.value;
});

describe('conditional freshness', () => {
  const call = async (at: string, name: string, input: unknown): Promise<string | null> => {
    const module = await import(path.join(APP, PROJECT, at));
    return refusalOf(await module[name](await placeOf(project), input));
  };
  const NEEDED = 'reauthentication_required';

  test.each([
    ['name', { base: { name: 'a' }, mine: { name: 'b' } }, false],
    ['accent', { base: { accentColor: null }, mine: { accentColor: '#123456' } }, false],
    ['unchanged registration', { base: { registration: 'closed' }, mine: { registration: 'closed' } }, false],
    ['registration', { base: { registration: 'closed' }, mine: { registration: 'open' } }, true],
    ['registration without its base', { base: {}, mine: { registration: 'closed' } }, true],
    ['idle time', { base: { sessionIdleSeconds: 1 }, mine: { sessionIdleSeconds: 3600 } }, true],
    ['lifetime', { base: { sessionLifetimeSeconds: 1 }, mine: { sessionLifetimeSeconds: 7200 } }, true],
    ['recovery codes', { base: { recoveryCodes: 'allowed' }, mine: { recoveryCodes: 'off' } }, true],
    ['deletion grace', { base: { deletionGraceDays: 7 }, mine: { deletionGraceDays: 0 } }, true],
    ['sender', { base: { mailFrom: null }, mine: { mailFrom: 'a@example.com' } }, true],
  ])('updateSettings: %s', async (_, edit, isNeeded) => {
    await enter(await makeOperator(project, 'owner'), { isStale: true });
    const refused = await call('settings/actions.ts', 'updateSettings', edit);
    expect(refused === NEEDED).toBe(isNeeded);
  });

  test.each([
    [{ name: 'x' }, false],
    [{ name: 'x', scopes: undefined }, false],
    [{ scopes: ['audit:read'] }, true],
    [{ authMethod: 'client_secret_post' }, true],
    [{ expiresAt: null }, true],
  ])('changeCredential: %j', async (change, isNeeded) => {
    await enter(await makeOperator(project, 'owner'), { isStale: true });
    const input = { clientId: 'sc_none', base: {}, mine: change };
    const refused = await call('users/api-credentials/actions.ts', 'changeCredential', input);
    expect(refused).toBe(isNeeded ? NEEDED : 'not_found');
  });

  test('saveUser: for an identifier, but not for a name', async () => {
    await enter(await makeOperator(project, 'owner'), { isStale: true });
    const { id, identifiers } = await makePerson(project);
    const [email = ''] = identifiers;
    const save = (mine: Record<string, string>, base: Record<string, string>) =>
      call('users/[id]/actions.ts', 'saveUser', { id, base, mine });
    const [at, first] = ['/traits/email', '/traits/name/first'];
    expect(await save({ [at]: email, [first]: 'Ada' }, { [at]: email, [first]: '' })).toBeNull();
    expect((await getIdentity(project.id, id)).traits).toMatchObject({ name: { first: 'Ada' } });
    expect(await save({ [at]: 'new@example.com' }, { [at]: email })).toBe(NEEDED);
    expect((await getIdentity(project.id, id)).identifiers).toEqual(identifiers);
  });

  test('saveUser and renameUserPasskey: for anything of an operator', async () => {
    const other = await makeOperator(project, 'viewer');
    const { passkey } = await addPasskey(await signIn(project, other));
    await enter(await makeOperator(project, 'owner'), { isStale: true });
    const first = '/traits/name/first';
    const input = { id: other.id, mine: { [first]: 'Ada' }, base: { [first]: 'viewer' } };
    expect(await call('users/[id]/actions.ts', 'saveUser', input)).toBe(NEEDED);
    const rename = { id: other.id, passkeyId: passkey.id, name: 'x' };
    expect(await call('users/[id]/actions.ts', 'renameUserPasskey', rename)).toBe(NEEDED);
    const person = await makePerson(project);
    const { passkey: theirs } = await addPasskey(await signIn(project, person));
    const renamed = { id: person.id, passkeyId: theirs.id, name: 'x' };
    expect(await call('users/[id]/actions.ts', 'renameUserPasskey', renamed)).toBeNull();
  });
});
