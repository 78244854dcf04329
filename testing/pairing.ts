import {
  answerPairing,
  beginPairedRegistration,
  findOwnPairing,
  finishPairedRegistration,
  requestPairing,
  startPairing,
  toPairingToken,
} from '@/lib/pairing/service';
import type { SessionProof } from '@/lib/session/model';
import { newId } from '../lib/platform/ids';
import { SoftwareAuthenticator } from './authenticator';
import { clientContextOf } from './tenant';

/** Another device than `CHROME`. */
export const PHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';

/** Starts a pairing; the returned functions take the next steps. */
export async function openPairing(proof: SessionProof) {
  const { project } = proof;
  const client = { ...clientContextOf(project), address: '198.51.100.4', userAgent: PHONE };
  const { code } = await startPairing(proof);
  const token = toPairingToken(project.id, code);
  const browserHash = newId();
  const id = async () => (await findOwnPairing(proof))?.pairing.id ?? '';
  const request = (by = browserHash) => requestPairing(client, { token, browserHash: by, userAgent: PHONE });
  const answer = async (isConfirmed: boolean) => answerPairing(proof, { id: await id(), isConfirmed });
  return { client, code, token, browserHash, request, answer };
}

/** The same up to the other device's response, which `finish` sends. */
export async function confirmPairing(proof: SessionProof) {
  const opened = await openPairing(proof);
  const { client, browserHash } = opened;
  await opened.request();
  await opened.answer(true);
  const authenticator = new SoftwareAuthenticator({ origin: proof.project.origin });
  const response = authenticator.create(await beginPairedRegistration(client, browserHash));
  const finish = () => finishPairedRegistration(client, { browserHash, userAgent: PHONE }, response);
  return { ...opened, authenticator, response, finish };
}
