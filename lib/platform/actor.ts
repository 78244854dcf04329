/** Who acts, from where: proven by an edge, carried to every rule and into the audit log. */
export type Actor = {
  projectId: string;
  kind: 'identity' | 'api_credential' | 'operator' | 'cli' | 'system';
  /** Identity id, client id, or null for the command line and the system itself. */
  id: string | null;
  requestId: string | null;
  address: string | null;
};

export function systemActor(projectId: string): Actor {
  return { projectId, kind: 'system', id: null, requestId: null, address: null };
}

export function cliActor(projectId: string): Actor {
  return { projectId, kind: 'cli', id: null, requestId: null, address: null };
}
