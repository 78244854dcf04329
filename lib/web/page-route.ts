import { notFound, unstable_rethrow } from 'next/navigation';
import { isAppError } from '@/lib/platform/errors';
import { toResponse } from '../http/answer';
import { problemAnswer } from '../http/problem';
import { checkFreshness } from './action';
import { type ProjectPlace, type ProjectProof, proveProject, requirePerson } from './console';
import { type Proof, requestContext, requireSession } from './session';

/**
 * Routes that pages link to or fetch, such as exports. As for actions, each declares whether the person must have
 * authenticated within the last 15 minutes. Signed-out people are redirected to sign in.
 */
type Declared = { fresh: boolean };

export function personRoute(declared: Declared, serve: (proof: Proof) => Promise<Response>) {
  const route = (): Promise<Response> =>
    answer(async () => {
      const proof = await requireSession();
      await checkFreshness(declared.fresh, proof);
      return serve(proof);
    });
  return Object.assign(route, declared);
}

/** In a project of the console, authorized as by `requireProject`. */
export function projectRoute(declared: Declared, serve: (proof: ProjectProof, request: Request) => Promise<Response>) {
  const route = (request: Request, { params }: { params: Promise<ProjectPlace> }): Promise<Response> =>
    answer(async () => {
      const proof = await proveProject(await requirePerson(), await params);
      await checkFreshness(declared.fresh, proof.person);
      return serve(proof, request);
    });
  return Object.assign(route, declared);
}

async function answer(serve: () => Promise<Response>): Promise<Response> {
  try {
    return await serve();
  } catch (error) {
    unstable_rethrow(error); // redirect() and notFound() are Next's to handle
    if (!isAppError(error)) throw error;
    if (error.code === 'not_found') notFound();
    const isAsked = error.code === 'passkey_required' || error.code === 'reauthentication_required';
    if (isAsked) return toResponse(problemAnswer(error, (await requestContext()).requestId));
    throw error;
  }
}
