import { receiveUpload } from '@/lib/import/service';
import { projectUpload } from '@/lib/web/page-route';

/** Stores a file to import. The body is the file itself, as it arrives. */
export const POST = projectUpload({ fresh: false, role: 'admin' }, async ({ project, person }, request) => {
  const name = new URL(request.url).searchParams.get('name') ?? '';
  const owner = { kind: 'operator', id: person.identity.id } as const;
  const body = request.body ?? new ReadableStream<Uint8Array>({ start: (controller) => controller.close() });
  const { id } = await receiveUpload({ projectId: project.id, owner, name, body: piecesOf(body) });
  return { id };
});

async function* piecesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel();
  }
}
