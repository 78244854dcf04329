import type { Principal } from '@/lib/job/model';
import { principal } from '@/lib/job/service';
import { decrypt, encrypt } from '@/lib/platform/secret';

/** In whose name an import runs, encrypted: the address is personal. */
export function sealPrincipal(id: string, value: Principal): string {
  return encrypt('import', JSON.stringify(value), `${id}:principal`);
}

export function openPrincipal(id: string, sealed: string): Principal {
  return principal.parse(JSON.parse(decrypt('import', sealed, `${id}:principal`)));
}
