import { notFound, unstable_rethrow } from 'next/navigation';
import { AppError, isAppError } from '@/lib/platform/errors';
import type { OperatorRole } from '@/lib/role/model';
import { toResponse } from '../http/answer';
import { problemAnswer, STATUS, toAppError } from '../http/problem';
import { checkFreshness } from './action';
import { toActionError } from './action-result';
import { may, type ProjectPlace, type ProjectProof, proveProject, requirePerson } from './console';
import { getLocale } from './locale';
import { type Proof, requestContext, requireSession } from './session';
import { textsOrProduct } from './texts';

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

/**
 * A POST of a file by a script of a project's page, authorized as by `requireProject`; a file comes in pieces, so that its
 * size is no matter. Origin and role are checked before the body is read. Answers an `ActionResult`, as actions do.
 */
export function projectUpload<Output>(
  declared: Declared & { role: OperatorRole },
  serve: (proof: ProjectProof, request: Request) => Promise<Output>,
) {
  const route = (request: Request, { params }: { params: Promise<ProjectPlace> }): Promise<Response> =>
    answer(async () => {
      const proof = await proveProject(await requirePerson(), await params);
      try {
        if (request.headers.get('origin') !== proof.person.context.origin) throw new AppError('forbidden');
        if (!may(proof, declared.role)) throw new AppError('forbidden');
        await checkFreshness(declared.fresh, proof.person);
        return Response.json({ ok: true, value: await serve(proof, request) }, { headers: NOT_STORED });
      } catch (error) {
        return refuse(error, proof.person);
      }
    });
  return Object.assign(route, declared);
}

const NOT_STORED = { 'cache-control': 'private, no-store' };

async function refuse(cause: unknown, { context, identity }: Proof): Promise<Response> {
  const error = toAppError(cause, context.requestId);
  const locale = await getLocale(identity.locale);
  const said = toActionError(error, context.requestId, locale, await textsOrProduct());
  const { reason } = error.details;
  return Response.json({ ok: false, error: { ...said, reason } }, { status: STATUS[error.code], headers: NOT_STORED });
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
