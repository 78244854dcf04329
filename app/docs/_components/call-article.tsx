import { Badge } from '@/components/ui/badge';
import { CodeBlock } from '@/components/ui/code-block';
import { Disclosure } from '@/components/ui/layout/disclosure';
import type { Content, OpenApiDocument, ResponseObject } from '@/lib/api/openapi/model';
import { type Call, exampleOf, toCurl } from '@/lib/api/openapi/render';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { MemberList, TypeName } from './member-list';
import { SchemaMembers } from './schema-list';
import { Words } from './words';

type Props = Call & { document: OpenApiDocument; locale: Locale };

/** One call: scope, parameters, body and responses. */
export function CallArticle({ document, locale, ...called }: Props) {
  const { method, path, call } = called;
  const t = translator(locale, 'reference');
  const common = translator(locale, 'common');
  const { operationId: id, summary, description, parameters, requestBody } = call;
  const origin = document.servers[0]?.url ?? '';
  return (
    <article
      aria-labelledby={id}
      className="flex min-w-0 flex-col gap-4 rounded-lg border border-line bg-raised p-4 sm:p-5"
    >
      <div className="flex min-w-0 flex-col gap-2">
        <h3 id={id} lang="en" className="scroll-mt-6 text-base font-semibold wrap-anywhere">
          {summary}
        </h3>
        <p className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
          <code className="min-w-0 font-mono text-sm font-medium wrap-anywhere">
            {method} {path}
          </code>
          <Badge>{needOf(called, t)}</Badge>
        </p>
        {description !== undefined && (
          <p lang="en" className="max-w-text text-sm wrap-anywhere">
            <Words>{description}</Words>
          </p>
        )}
      </div>
      <CodeBlock
        label={`${method} ${path}`}
        code={toCurl(called, origin)}
        copy={{ label: t('copyRequest', { call: summary }), text: common('copy'), copiedText: common('copied') }}
      />
      {parameters.length > 0 && (
        <Disclosure summary={t('parameters')}>
          <MemberList
            members={parameters.map(({ name, in: place, required, description: words, schema }) => ({
              name,
              schema,
              description: words,
              notes: [t(`place.${place}`), ...(required ? [t('required')] : [])],
            }))}
          />
        </Disclosure>
      )}
      {requestBody && (
        <Disclosure summary={t('body')}>
          <Body id={id} content={requestBody.content} document={document} words={t} />
        </Disclosure>
      )}
      <Disclosure summary={t('answers')}>
        <ul aria-label={t('answersOf', { call: summary })} className="flex flex-col gap-4">
          {Object.entries(call.responses).map(([status, response]) => (
            <AnswerItem key={status} name={`${id} ${status}`} status={status} response={response} words={t} />
          ))}
        </ul>
      </Disclosure>
    </article>
  );
}

type Translate = ReturnType<typeof translator<'reference'>>;

function needOf({ call }: Call, t: Translate): string {
  const scope = call.security.flatMap((each) => each.accessToken ?? []).at(0);
  if (scope !== undefined) return t('scope', { scope });
  if (call.security.some((each) => 'personToken' in each)) return t('personToken');
  return call.security.length > 0 ? t('client') : t('noToken');
}

type BodyProps = { id: string; content: Content; document: OpenApiDocument; words: Translate };

function Body({ id, content, document, words: t }: BodyProps) {
  const [first] = Object.values(content);
  if (!first) return null;
  const reference =
    String(first.schema.$ref ?? '')
      .split('/')
      .at(-1) ?? '';
  const schema = document.components.schemas[reference] ?? first.schema;
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <p className="font-mono text-xs text-muted wrap-anywhere">{Object.keys(content).join(', ')}</p>
      <SchemaMembers schema={schema} required={t('required')} />
      {Object.entries(first.examples ?? {}).map(([name, example]) => {
        const { summary, value } = example as { summary: string; value: unknown };
        return (
          <CodeBlock
            key={name}
            label={t('exampleOf', { name: `${id}, ${summary}` })}
            code={JSON.stringify(value, null, 2)}
          />
        );
      })}
    </div>
  );
}

type AnswerProps = {
  /** The example's heading: scrollable regions need distinct names. */
  name: string;
  status: string;
  response: ResponseObject;
  words: Translate;
};

function AnswerItem({ name, status, response, words: t }: AnswerProps) {
  const names = Object.keys(response.headers);
  return (
    <li className="flex min-w-0 flex-col gap-1.5 text-sm">
      <p className="flex min-w-0 flex-wrap items-baseline gap-x-2">
        <code className="font-mono font-medium">{status}</code>
        <span lang="en" className="min-w-0 wrap-anywhere">
          <Words>{response.description}</Words>
        </span>
      </p>
      <p className="text-xs text-muted wrap-anywhere">{t('headers', { names: names.join(', ') })}</p>
      {Object.entries(response.content ?? {}).map(([mediaType, content]) => {
        const example = exampleOf(content);
        return (
          <div key={mediaType} className="flex min-w-0 flex-col gap-1.5">
            <TypeName schema={content.schema} />
            {Number(status) < 400 && example !== undefined && (
              <CodeBlock label={t('exampleOf', { name })} code={JSON.stringify(example, null, 2)} />
            )}
          </div>
        );
      })}
    </li>
  );
}
