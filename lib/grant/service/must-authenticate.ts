import type { SessionProof } from '@/lib/session/model';
import { readIdTokenHint } from '@/lib/token/service';
import { type AuthorizationRequest, needsAuthentication, type StoredRequest } from '../model';

type Project = { projectId: string; origin: string };

/** Whether the request needs another sign-in than this one. The endpoint and the page of the sign-in ask alike. */
export async function mustAuthenticate(
  project: Project,
  request: AuthorizationRequest,
  stored: StoredRequest | null,
  proof: SessionProof,
): Promise<boolean> {
  const isOther = await isOtherPerson(project, request, proof);
  return needsAuthentication(request, stored?.askedAt ?? null, proof.session, { isOtherPerson: isOther });
}

/** Whether `id_token_hint` names somebody else. One that cannot be read names no one (it may outlive its key). */
export async function isOtherPerson(
  project: Project,
  { idTokenHint, prompts }: AuthorizationRequest,
  { identity }: SessionProof,
): Promise<boolean> {
  if (idTokenHint === null) return false;
  const hint = await readIdTokenHint(project, idTokenHint);
  return hint ? hint.sub !== identity.id : prompts.includes('none');
}
