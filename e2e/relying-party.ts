import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Services } from './fixtures';

const origin = () => process.env.SIGNET_ORIGIN ?? '';

/** An application on another origin, as small as one can be: a link to sign in, also in a popup, and a callback. */
export async function startRelyingParty(
  services: Services,
  { name, isAsking = true }: { name: string; isAsking?: boolean },
) {
  /** What arrived at the callback. */
  const answers: Array<Record<string, string>> = [];
  const verifier = randomBytes(32).toString('base64url');
  let startUrl = '';
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    response.setHeader('content-type', 'text/html; charset=utf-8');
    if (url.pathname === '/callback') {
      answers.push(Object.fromEntries(url.searchParams));
      const opener = '<script>document.title = window.opener ? "has opener" : "no opener"</script>';
      return response.end(`<h1>${url.searchParams.get('error') ?? 'Signed in'}</h1>${opener}`);
    }
    response.end(`<a href="${startUrl}">Sign in</a> <button onclick="window.open('${startUrl}')">Popup</button>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const redirectUri = `${url}/callback`;
  const { clientId, clientSecret } = await services.makeApplication({ name, redirectUri, launchUrl: url, isAsking });
  const authorizeUrl = (changes: Record<string, string> = {}) => {
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const parameters = {
      ...{ client_id: clientId, redirect_uri: redirectUri, response_type: 'code', scope: 'openid profile email' },
      ...{ state: 'state-1', code_challenge: challenge, code_challenge_method: 'S256', ...changes },
    };
    return `${origin()}/oauth2/auth?${new URLSearchParams(parameters)}`;
  };
  startUrl = authorizeUrl().replaceAll('&', '&amp;');
  const redeem = async (code = ''): Promise<Record<string, unknown>> => {
    const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier };
    const response = await fetch(`${origin()}/oauth2/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
      body: new URLSearchParams(form),
    });
    return response.json();
  };
  return { url, answers, authorizeUrl, redeem, close: () => server.close() };
}
