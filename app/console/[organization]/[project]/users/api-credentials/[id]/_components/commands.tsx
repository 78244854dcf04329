import {
  IDENTITY_CALLS,
  type IdentityCall,
  identityCommand,
  keepTokenCommand,
  READ_SECRET_COMMAND,
  type TokenRequest,
  tokenCommand,
} from '@/components/api-credential/credential-commands';
import { CodeBlock } from '@/components/ui/code-block';
import { Panel } from '@/components/ui/layout/panel';
import { ROUTES } from '@/lib/api/routes';
import { AUTH_METHODS, type AuthMethod, type GrantableScope } from '@/lib/api-credential/model';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';

const WORDS = {
  client_secret_basic: { title: 'basic', copy: 'copyBasic' },
  client_secret_post: { title: 'post', copy: 'copyPost' },
} as const satisfies Record<AuthMethod, unknown>;

type TokenProps = {
  request: TokenRequest;
  /** Whether the viewer may choose the other method. */
  canChoose: boolean;
  locale: Locale;
};

/** How to get a token: the registered method is visible, the other one collapsed. */
export function TokenCommands({ request, canChoose, locale }: TokenProps) {
  const t = translator(locale, 'consoleCredentials.commands');
  const block = (authMethod: AuthMethod) => (
    <CodeBlock
      label={t(WORDS[authMethod].title)}
      code={tokenCommand({ ...request, authMethod })}
      copy={copy(locale, t(WORDS[authMethod].copy))}
    />
  );
  const others = AUTH_METHODS.filter((method) => method !== request.authMethod);
  return (
    <Panel id="token" title={t('tokenTitle')} help={t('tokenHelp')}>
      <div className="flex flex-col gap-4">
        <CodeBlock label={t('readSecret')} code={READ_SECRET_COMMAND} copy={copy(locale, t('copyReadSecret'))} />
        {block(request.authMethod)}
        {canChoose &&
          others.map((method) => (
            <details key={method} className="min-w-0">
              <summary className="w-fit rounded-sm text-sm text-muted hover:text-ink">{t('other', { method })}</summary>
              <div className="pt-3">{block(method)}</div>
            </details>
          ))}
        <CodeBlock label={t('keep')} code={keepTokenCommand(request)} copy={copy(locale, t('copyKeep'))} />
      </div>
    </Panel>
  );
}

/** The scope each command requires, from the route table. */
const NEEDED = {
  get: ROUTES['GET /admin/identities/{id}'].scope,
  list: ROUTES['GET /admin/identities'].scope,
  create: ROUTES['POST /admin/identities'].scope,
  update: ROUTES['PUT /admin/identities/{id}'].scope,
  delete: ROUTES['DELETE /admin/identities/{id}'].scope,
} as const satisfies Record<IdentityCall, GrantableScope>;

type IdentityProps = { origin: string; scopes: readonly GrantableScope[]; locale: Locale };

/** Calls a client can make with a token, limited to the credential's scopes. */
export function IdentityCommands({ origin, scopes, locale }: IdentityProps) {
  const t = translator(locale, 'consoleCredentials.commands');
  const calls = IDENTITY_CALLS.filter((call) => scopes.includes(NEEDED[call]));
  return (
    <Panel id="calls" title={t('callsTitle')} help={t('callsHelp')}>
      <div className="flex flex-col gap-4">
        {calls.length < IDENTITY_CALLS.length && (
          <p className="max-w-text text-sm text-muted">{t(calls.length === 0 ? 'noneAllowed' : 'someAllowed')}</p>
        )}
        {calls.map((call) => (
          <CodeBlock
            key={call}
            label={t(`calls.${call}`)}
            code={identityCommand(origin, call)}
            copy={copy(locale, t('copyCall', { call: t(`calls.${call}`) }))}
          />
        ))}
      </div>
    </Panel>
  );
}

function copy(locale: Locale, label: string) {
  const common = translator(locale, 'common');
  return { label, text: common('copy'), copiedText: common('copied') };
}
