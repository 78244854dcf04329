/** Who acts, and from where: authenticated by an edge, and passed to every rule and into the audit log. */
export type Actor = {
  projectId: string;
  kind: 'identity' | 'api_credential' | 'operator' | 'cli' | 'system';
  /** Identity ID, client ID, or null for the command line and the system itself. */
  id: string | null;
  requestId: string | null;
  address: string | null;
  /** The `User-Agent` header, for display in notices; absent unless a browser sent the request. */
  userAgent?: string;
  /** The job that acts in the name of this actor; absent outside jobs. Undoing a job is undoing its events. */
  jobId?: string;
};

export function systemActor(projectId: string): Actor {
  return { projectId, kind: 'system', id: null, requestId: null, address: null };
}

export function cliActor(projectId: string): Actor {
  return { projectId, kind: 'cli', id: null, requestId: null, address: null };
}
