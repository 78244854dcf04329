import type { MountedHandler, MountedTemplate, Resource } from './resource';
import { methodsOf } from './routes';
import type { Method } from './routes/route';

/** One row of the table with its handler. */
export type MountedRoute = { method: Method; template: string; handler: MountedHandler };

/** The route files by template. The compiler requires one per template, built for that template. */
export type Resources = { [Template in MountedTemplate]: Resource<Template> };

export function mount(resources: Resources): readonly MountedRoute[] {
  return Object.entries(resources).flatMap(([template, handlers]) =>
    methodsOf(template).map((method) => ({ method, template, handler: handlers[method].handler })),
  );
}
