'use client';

import { useEffect, useState } from 'react';

export type FoundUser = { id: string; name: string; email: string };

type SearchResult = { query: string; users: FoundUser[]; hasFailed: boolean };

const NO_RESULT: SearchResult = { query: '', users: [], hasFailed: false };
const DEBOUNCE_MS = 200;

/**
 * The users of the project at `base` that match the input, after a debounce. Earlier results stay until the response
 * arrives, so that the list does not flicker.
 */
export function useUserSearch(base: string | null, typed: string) {
  const query = base === null ? '' : typed.trim();
  const [found, setFound] = useState(NO_RESULT);
  useEffect(() => {
    if (query === '') return;
    const request = new AbortController();
    const timer = setTimeout(async () => {
      const users = await fetchUsers(`${base}/search?${new URLSearchParams({ q: query })}`, request.signal);
      if (!request.signal.aborted) setFound({ query, users: users ?? [], hasFailed: users === null });
    }, DEBOUNCE_MS);
    return () => {
      clearTimeout(timer);
      request.abort();
    };
  }, [base, query]);
  if (query === '') return { users: [], isLoading: false, hasFailed: false };
  const isLoading = found.query !== query;
  return { users: found.users, isLoading, hasFailed: !isLoading && found.hasFailed };
}

/** Null without a usable response: after a sign-out, the server returns a page instead of JSON. */
async function fetchUsers(url: string, signal: AbortSignal): Promise<FoundUser[] | null> {
  try {
    const answer = await fetch(url, { signal, headers: { accept: 'application/json' } });
    return answer.ok && !answer.redirected ? (await answer.json()).users : null;
  } catch {
    return null;
  }
}
