import { z } from 'zod';
import { AppError, isAppError } from '@/lib/platform/errors';
import { pointerParts, toPointer } from '@/lib/platform/json';
import { nameFault } from '@/lib/platform/text';
import {
  type AllowedGroup,
  type Application,
  type ApplicationKind,
  type ApplicationSettings,
  DEFAULT_SETTINGS,
  IDENTITY_SCOPES,
  inOrder,
  isPublic,
  logoPath,
  MAX_NAME_LENGTH,
  MAX_OVERLAP_HOURS,
  type SecretPeriod,
} from './model';
import { settingsFaults } from './model/validate';

/** Label of a secret. */
export const secretName = z
  .string()
  .trim()
  .refine(
    (value) => nameFault(value) === null,
    'The name of a secret is empty or contains characters that cannot be displayed',
  )
  .max(MAX_NAME_LENGTH)
  .nullable()
  .default(null);

/** Names by RFC 7591 §2, OpenID Connect Registration and Back-Channel Logout; the rest is Signet's. */
const FIELDS = {
  name: 'client_name',
  redirectUris: 'redirect_uris',
  postLogoutRedirectUris: 'post_logout_redirect_uris',
  logoutUri: 'backchannel_logout_uri',
  launchUrl: 'client_uri',
  scopes: 'scope',
  audiences: 'audience',
  consent: 'skip_consent',
  access: 'allowed_groups',
  groupIds: 'allowed_groups',
  requiresPkce: 'require_pkce',
  accessTokenSeconds: 'access_token_seconds',
  refreshIdleSeconds: 'refresh_idle_seconds',
  refreshLifetimeSeconds: 'refresh_lifetime_seconds',
} as const satisfies Record<keyof ApplicationSettings, string>;

const API_NAMES: Readonly<Record<string, string>> = FIELDS;

/** A refusal of the service with the names of the API. For `catch`. */
export function inApiNames(error: unknown): never {
  if (!isAppError(error) || !error.details.violations) throw error;
  const violations = error.details.violations.map((violation) => {
    const [field = '', ...rest] = pointerParts(violation.pointer);
    return { ...violation, pointer: toPointer([API_NAMES[field] ?? field, ...rest]) };
  });
  throw new AppError(error.code, { ...error.details, violations });
}

const AUTH_METHODS = ['client_secret_basic', 'client_secret_post', 'none'] as const;
const texts = z.array(z.string()).max(1000);

const members = {
  client_name: z.string(),
  redirect_uris: texts,
  post_logout_redirect_uris: texts.default(DEFAULT_SETTINGS.postLogoutRedirectUris),
  backchannel_logout_uri: z.string().nullable().default(null),
  client_uri: z.string().nullable().default(null),
  application_type: z.enum(['web', 'native']).default('web'),
  token_endpoint_auth_method: z.enum(AUTH_METHODS).optional(),
  scope: z.string().default(IDENTITY_SCOPES.join(' ')),
  audience: texts.default(DEFAULT_SETTINGS.audiences),
  skip_consent: z.boolean().default(false),
  allowed_groups: z.array(z.uuid()).nullable().default(null),
  require_pkce: z.boolean().default(true),
  access_token_seconds: z.int().default(DEFAULT_SETTINGS.accessTokenSeconds),
  refresh_idle_seconds: z.int().default(DEFAULT_SETTINGS.refreshIdleSeconds),
  refresh_lifetime_seconds: z.int().default(DEFAULT_SETTINGS.refreshLifetimeSeconds),
};

const body = z.strictObject(members);
type Body = z.output<typeof body>;

/** An application to create. */
export const createApplicationBody = body.superRefine(check).transform(toNewApplication);

/** What replaces an application. Omitted members get their defaults; an omitted `disabled` is kept. */
export const replaceApplicationBody = z
  .strictObject({ ...members, disabled: z.boolean().optional() })
  .superRefine(check)
  .transform(({ disabled, ...given }) => ({ ...toNewApplication(given), disabled }));

function check(given: Body, context: z.core.$RefinementCtx<Body>): void {
  const issue = (path: Array<string | number>, message: string) => context.addIssue({ code: 'custom', path, message });
  if (given.application_type === 'native' && (given.token_endpoint_auth_method ?? 'none') !== 'none')
    issue(['token_endpoint_auth_method'], 'must be none for a native application');
  const unknown = wordsOf(given.scope).find((word) => !IDENTITY_SCOPES.some((scope) => scope === word));
  if (unknown !== undefined) issue(['scope'], `unknown scope "${unknown}"`);
  const { kind, ...settings } = toNewApplication(given);
  for (const { field, index, message } of settingsFaults(kind, settings))
    issue([FIELDS[field], ...(index === undefined ? [] : [index])], message);
}

function wordsOf(scope: string): string[] {
  return scope.split(' ').filter((word) => word !== '');
}

/** One that cannot keep a secret is `native`, or without a secret in a browser (OpenID Connect Registration §2). */
function kindOf({ application_type, token_endpoint_auth_method }: Body): ApplicationKind {
  if (application_type === 'native') return 'native';
  return token_endpoint_auth_method === 'none' ? 'browser' : 'web';
}

function toNewApplication(given: Body): ApplicationSettings & { kind: ApplicationKind } {
  return {
    kind: kindOf(given),
    name: given.client_name,
    redirectUris: given.redirect_uris,
    postLogoutRedirectUris: given.post_logout_redirect_uris,
    logoutUri: given.backchannel_logout_uri,
    launchUrl: given.client_uri,
    scopes: inOrder(wordsOf(given.scope)),
    audiences: given.audience,
    consent: given.skip_consent ? 'skip' : 'ask',
    access: given.allowed_groups ? 'groups' : 'everybody',
    groupIds: given.allowed_groups ?? [],
    requiresPkce: given.require_pkce,
    accessTokenSeconds: given.access_token_seconds,
    refreshIdleSeconds: given.refresh_idle_seconds,
    refreshLifetimeSeconds: given.refresh_lifetime_seconds,
  };
}

const time = z.iso.datetime();

const secretResponse = z.object({
  id: z.uuid(),
  name: z.string().nullable(),
  created_at: time,
  expires_at: time.nullable(),
  last_used_at: time.nullable(),
});

export const applicationResponse = z
  .object({
    client_id: z.string(),
    client_name: z.string(),
    application_type: z.enum(['web', 'native']),
    token_endpoint_auth_method: z.enum(['client_secret_basic', 'none']),
    redirect_uris: z.array(z.string()),
    post_logout_redirect_uris: z.array(z.string()),
    backchannel_logout_uri: z.string().nullable(),
    client_uri: z.string().nullable(),
    logo_uri: z.string().nullable(),
    scope: z.string(),
    audience: z.array(z.string()),
    skip_consent: z.boolean(),
    allowed_groups: z.array(z.uuid()).nullable(),
    require_pkce: z.boolean(),
    access_token_seconds: z.int(),
    refresh_idle_seconds: z.int(),
    refresh_lifetime_seconds: z.int(),
    disabled: z.boolean(),
    created_at: time,
    updated_at: time,
    secrets: z.array(secretResponse).optional().meta({ description: 'Only in responses for a single application.' }),
  })
  .meta({ id: 'Application', description: 'An application that people sign in to.' });

/** With the secret, which is returned once. */
export const createdApplicationResponse = applicationResponse.extend({
  client_secret: z.string().optional().meta({ description: 'Absent for a public application.' }),
});

type Parts = { groups: readonly AllowedGroup[]; secrets?: readonly SecretPeriod[]; origin: string };

export function toApplicationResponse(
  application: Application,
  { groups, secrets, origin }: Parts,
): z.input<typeof applicationResponse> {
  const logo = logoPath(application);
  return {
    client_id: application.clientId,
    client_name: application.name,
    application_type: application.kind === 'native' ? 'native' : 'web',
    token_endpoint_auth_method: isPublic(application) ? 'none' : 'client_secret_basic',
    redirect_uris: application.redirectUris,
    post_logout_redirect_uris: application.postLogoutRedirectUris,
    backchannel_logout_uri: application.logoutUri,
    client_uri: application.launchUrl,
    logo_uri: logo && `${origin}${logo}`,
    scope: application.scopes.join(' '),
    audience: application.audiences,
    skip_consent: application.consent === 'skip',
    allowed_groups: application.access === 'everybody' ? null : groups.map(({ id }) => id),
    require_pkce: application.requiresPkce,
    access_token_seconds: application.accessTokenSeconds,
    refresh_idle_seconds: application.refreshIdleSeconds,
    refresh_lifetime_seconds: application.refreshLifetimeSeconds,
    disabled: application.disabledAt !== null,
    created_at: application.createdAt.toISOString(),
    updated_at: application.updatedAt.toISOString(),
    ...(secrets && { secrets: secrets.map(toSecretResponse) }),
  };
}

function toSecretResponse({ id, name, createdAt, expiresAt, lastUsedAt }: SecretPeriod) {
  return {
    id,
    name,
    created_at: createdAt.toISOString(),
    expires_at: expiresAt?.toISOString() ?? null,
    last_used_at: lastUsedAt?.toISOString() ?? null,
  };
}

export const rotateSecretBody = z.strictObject({
  overlap_hours: z.number().min(0).max(MAX_OVERLAP_HOURS).default(24),
  name: secretName,
});

export const rotatedSecretResponse = z.object({
  client_id: z.string(),
  client_secret: z.string(),
  id: z.uuid(),
  name: z.string().nullable(),
  previous_ends_at: time,
});
