import { type ApplicationKind, IDENTITY_SCOPES, type IdentityScope } from '../model';

/** What a settings block is filled with. */
export type Connection = {
  /** The project's origin, which is the issuer. */
  issuer: string;
  /** The application's own address, without a slash at the end. */
  address: string;
  clientId: string;
  clientSecret: string;
};

export type Template = {
  id: string;
  /** A product's name, or null for those that the catalogue names. */
  name: string | null;
  kind: ApplicationKind;
  /** Below the application's address; a whole URI where it has none. */
  redirectPaths: string[];
  postLogoutPaths?: string[];
  /** Where the product's documentation names an endpoint for back-channel logout. */
  logoutPath?: string;
  requiresPkce: boolean;
  scopes: IdentityScope[];
  /** Where these settings go, and their text. */
  settings?: { place: string; text: (connection: Connection) => string };
  /** The product's own documentation, and the day it was read. */
  source?: { url: string; read: string };
};

const PROFILE: IdentityScope[] = ['openid', 'profile', 'email'];
const WITH_GROUPS: IdentityScope[] = [...PROFILE, 'groups'];
const READ = '2026-11-30';
const discovery = ({ issuer }: Connection) => `${issuer}/.well-known/openid-configuration`;

/** Names of Signet in the settings of products; it is part of some redirect URIs. */
const PROVIDER = 'signet';

const scopes = [...IDENTITY_SCOPES];

/** Applications without a template of their own. */
export const GENERIC: Readonly<Record<ApplicationKind, Template>> = {
  web: { id: 'web', name: null, kind: 'web', redirectPaths: ['/callback'], requiresPkce: true, scopes },
  browser: { id: 'browser', name: null, kind: 'browser', redirectPaths: ['/callback'], requiresPkce: true, scopes },
  native: {
    id: 'native',
    name: null,
    kind: 'native',
    redirectPaths: ['http://127.0.0.1/callback', 'http://[::1]/callback'],
    requiresPkce: true,
    scopes,
  },
};

/**
 * Settings of well-known applications, each as its own documentation describes them. PKCE is required where the
 * documentation says that the product does it.
 */
const PRODUCTS: readonly Template[] = [
  {
    id: 'grafana',
    name: 'Grafana',
    kind: 'web',
    redirectPaths: ['/login/generic_oauth'],
    postLogoutPaths: ['/login'],
    requiresPkce: true,
    scopes: [...IDENTITY_SCOPES],
    settings: {
      place: 'grafana.ini',
      text: ({ issuer, address, clientId, clientSecret }) => `[server]
root_url = ${address}/

[auth.generic_oauth]
enabled = true
name = Signet
allow_sign_up = true
client_id = ${clientId}
client_secret = ${clientSecret}
scopes = openid profile email groups offline_access
auth_url = ${issuer}/oauth2/auth
token_url = ${issuer}/oauth2/token
api_url = ${issuer}/userinfo
use_pkce = true
use_refresh_token = true
login_attribute_path = preferred_username
groups_attribute_path = groups`,
    },
    source: {
      url: 'https://grafana.com/docs/grafana/latest/setup-grafana/configure-access/configure-authentication/generic-oauth/',
      read: READ,
    },
  },
  {
    id: 'gitea',
    name: 'Gitea / Forgejo',
    kind: 'web',
    redirectPaths: [`/user/oauth2/${PROVIDER}/callback`],
    requiresPkce: false,
    scopes: WITH_GROUPS,
    settings: {
      place: 'gitea admin auth · forgejo admin auth',
      text: (connection) => `gitea admin auth add-oauth \\
  --name ${PROVIDER} \\
  --provider openidConnect \\
  --key ${connection.clientId} \\
  --secret ${connection.clientSecret} \\
  --auto-discover-url ${discovery(connection)} \\
  --scopes profile --scopes email --scopes groups \\
  --group-claim-name groups`,
    },
    source: { url: 'https://docs.gitea.com/administration/command-line', read: READ },
  },
  {
    id: 'nextcloud',
    name: 'Nextcloud',
    kind: 'web',
    redirectPaths: ['/apps/user_oidc/code', '/index.php/apps/user_oidc/code'],
    postLogoutPaths: ['/'],
    logoutPath: `/apps/user_oidc/backchannel-logout/${PROVIDER}`,
    requiresPkce: false,
    scopes: WITH_GROUPS,
    settings: {
      place: 'occ',
      text: (connection) => `occ app:install user_oidc
occ user_oidc:provider ${PROVIDER} \\
  --clientid=${connection.clientId} \\
  --clientsecret=${connection.clientSecret} \\
  --discoveryuri=${discovery(connection)} \\
  --scope="openid profile email groups"`,
    },
    source: { url: 'https://github.com/nextcloud/user_oidc', read: READ },
  },
  {
    id: 'outline',
    name: 'Outline',
    kind: 'web',
    redirectPaths: ['/auth/oidc.callback'],
    requiresPkce: false,
    scopes: PROFILE,
    settings: {
      place: '.env',
      text: ({ issuer, clientId, clientSecret }) => `OIDC_CLIENT_ID=${clientId}
OIDC_CLIENT_SECRET=${clientSecret}
OIDC_AUTH_URI=${issuer}/oauth2/auth
OIDC_TOKEN_URI=${issuer}/oauth2/token
OIDC_USERINFO_URI=${issuer}/userinfo
OIDC_USERNAME_CLAIM=preferred_username
OIDC_DISPLAY_NAME=Signet
OIDC_SCOPES=openid profile email`,
    },
    source: { url: 'https://github.com/outline/outline/blob/main/.env.sample', read: READ },
  },
  {
    id: 'immich',
    name: 'Immich',
    kind: 'web',
    // The app for phones has a scheme of its own, which an application with a secret may not use: its server forwards.
    redirectPaths: ['/auth/login', '/user-settings', '/api/oauth/mobile-redirect'],
    requiresPkce: false,
    scopes: PROFILE,
    settings: {
      place: 'Administration → Settings → OAuth Authentication',
      text: (connection) => `Issuer URL: ${discovery(connection)}
Client ID: ${connection.clientId}
Client Secret: ${connection.clientSecret}
Scope: openid email profile
Signing Algorithm: RS256
Storage Label Claim: preferred_username
Mobile Redirect URI Override: ${connection.address}/api/oauth/mobile-redirect`,
    },
    source: { url: 'https://docs.immich.app/administration/oauth', read: READ },
  },
  {
    id: 'vaultwarden',
    name: 'Vaultwarden',
    kind: 'web',
    redirectPaths: ['/identity/connect/oidc-signin'],
    requiresPkce: true,
    scopes: [...PROFILE, 'offline_access'],
    settings: {
      place: '.env',
      text: ({ issuer, address, clientId, clientSecret }) => `DOMAIN=${address}
SSO_ENABLED=true
SSO_AUTHORITY=${issuer}
SSO_CLIENT_ID=${clientId}
SSO_CLIENT_SECRET=${clientSecret}
SSO_SCOPES="email profile offline_access"
SSO_PKCE=true`,
    },
    source: {
      url: 'https://github.com/dani-garcia/vaultwarden/wiki/Enabling-SSO-support-using-OpenId-Connect',
      read: READ,
    },
  },
  {
    id: 'paperless-ngx',
    name: 'Paperless-ngx',
    kind: 'web',
    redirectPaths: [`/accounts/oidc/${PROVIDER}/login/callback/`],
    requiresPkce: true,
    scopes: PROFILE,
    settings: {
      place: 'docker-compose.env',
      text: (connection) => `PAPERLESS_APPS=allauth.socialaccount.providers.openid_connect
PAPERLESS_SOCIALACCOUNT_PROVIDERS=${JSON.stringify({
        openid_connect: {
          OAUTH_PKCE_ENABLED: true,
          APPS: [
            {
              provider_id: PROVIDER,
              name: 'Signet',
              client_id: connection.clientId,
              secret: connection.clientSecret,
              settings: { server_url: discovery(connection) },
            },
          ],
        },
      })}`,
    },
    source: {
      url: 'https://docs.paperless-ngx.com/advanced_usage/#openid-connect-and-social-authentication',
      read: READ,
    },
  },
  {
    id: 'proxmox',
    name: 'Proxmox VE',
    kind: 'web',
    // It sends the address that the browser opened, without a path.
    redirectPaths: [''],
    requiresPkce: false,
    scopes: WITH_GROUPS,
    settings: {
      place: 'pveum',
      text: ({ issuer, clientId, clientSecret }) => `pveum realm add ${PROVIDER} --type openid \\
  --issuer-url ${issuer} \\
  --client-id ${clientId} \\
  --client-key ${clientSecret} \\
  --username-claim username \\
  --autocreate 1`,
    },
    source: { url: 'https://pve.proxmox.com/wiki/User_Management', read: READ },
  },
  {
    id: 'oauth2-proxy',
    name: 'oauth2-proxy',
    kind: 'web',
    redirectPaths: ['/oauth2/callback'],
    requiresPkce: true,
    scopes: [...IDENTITY_SCOPES],
    settings: {
      place: 'oauth2-proxy.cfg',
      text: ({ issuer, address, clientId, clientSecret }) => `provider = "oidc"
provider_display_name = "Signet"
oidc_issuer_url = "${issuer}"
client_id = "${clientId}"
client_secret = "${clientSecret}"
redirect_url = "${address}/oauth2/callback"
scope = "openid profile email groups offline_access"
code_challenge_method = "S256"
email_domains = [ "*" ]`,
    },
    source: {
      url: 'https://oauth2-proxy.github.io/oauth2-proxy/configuration/providers/openid_connect',
      read: READ,
    },
  },
  {
    id: 'open-webui',
    name: 'Open WebUI',
    kind: 'web',
    redirectPaths: ['/oauth/oidc/callback'],
    logoutPath: '/oauth/backchannel-logout',
    requiresPkce: false,
    scopes: WITH_GROUPS,
    settings: {
      place: '.env',
      text: (connection) => `WEBUI_URL=${connection.address}
ENABLE_OAUTH_SIGNUP=true
OAUTH_CLIENT_ID=${connection.clientId}
OAUTH_CLIENT_SECRET=${connection.clientSecret}
OPENID_PROVIDER_URL=${discovery(connection)}
OPENID_REDIRECT_URI=${connection.address}/oauth/oidc/callback
OAUTH_PROVIDER_NAME=Signet
OAUTH_SCOPES="openid email profile groups"
ENABLE_OAUTH_BACKCHANNEL_LOGOUT=true`,
    },
    source: { url: 'https://docs.openwebui.com/features/authentication-access/auth/sso/', read: READ },
  },
  {
    id: 'gitlab',
    name: 'GitLab',
    kind: 'web',
    redirectPaths: ['/users/auth/openid_connect/callback'],
    requiresPkce: true,
    scopes: PROFILE,
    settings: {
      place: '/etc/gitlab/gitlab.rb',
      text: ({ issuer, address, clientId, clientSecret }) => `gitlab_rails['omniauth_providers'] = [
  {
    name: "openid_connect",
    label: "Signet",
    args: {
      name: "openid_connect",
      scope: ["openid", "profile", "email"],
      response_type: "code",
      issuer: "${issuer}",
      discovery: true,
      client_auth_method: "query",
      uid_field: "sub",
      send_scope_to_token_endpoint: "false",
      pkce: true,
      client_options: {
        identifier: "${clientId}",
        secret: "${clientSecret}",
        redirect_uri: "${address}/users/auth/openid_connect/callback"
      }
    }
  }
]`,
    },
    source: { url: 'https://docs.gitlab.com/administration/auth/oidc', read: READ },
  },
];

/** The generic ones first. */
export const TEMPLATES: readonly Template[] = [...Object.values(GENERIC), ...PRODUCTS];

export function findTemplate(id: string | null): Template | null {
  return TEMPLATES.find((template) => template.id === id) ?? null;
}

/** Plain data, as a client component takes it. */
export type SettingsText = { place: string; text: string; name: string; source: { url: string; read: string } | null };

/** A product's settings, filled in. Null for the generic templates. */
export function settingsText(template: Template | null, connection: Connection): SettingsText | null {
  if (!template?.settings) return null;
  const { settings, source, name } = template;
  return { place: settings.place, text: settings.text(connection), name: name ?? '', source: source ?? null };
}

/** The address without slashes at its end, as paths are added to it. */
export function toAddress(text: string): string {
  return text.trim().replace(/\/+$/, '');
}

/** The URIs of an application of this template at an address. */
export function urisAt(template: Template, text: string) {
  const address = toAddress(text);
  const at = (path: string) => (path.includes('://') ? path : `${address}${path}`);
  return {
    redirectUris: template.redirectPaths.map(at),
    postLogoutRedirectUris: (template.postLogoutPaths ?? []).map(at),
    logoutUri: template.logoutPath === undefined ? null : at(template.logoutPath),
    launchUrl: template.kind === 'native' || address === '' ? null : `${address}/`,
  };
}
