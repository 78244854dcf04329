import type { Principal } from '@/lib/job/model';
import { principal } from '@/lib/job/service';
import { type Actor, cliActor } from '@/lib/platform/actor';
import { decrypt, encrypt } from '@/lib/platform/secret';

/** Encrypted: the address is personal. */
export function sealPrincipal(id: string, value: Principal): string {
  return encrypt('schema-change', JSON.stringify(value), id);
}

export function openPrincipal(id: string, sealed: string): Principal {
  return principal.parse(JSON.parse(decrypt('schema-change', sealed, id)));
}

/** The actor of the request that starts a job. */
export function actorOf(value: Principal, projectId: string): Actor {
  if (value.kind === 'cli') return cliActor(projectId);
  const { kind, id, requestId, address } = value;
  return { projectId, kind, id, requestId, address };
}
