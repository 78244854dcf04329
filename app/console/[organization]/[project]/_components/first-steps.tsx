import type { ReactNode } from 'react';
import { hideFirstSteps } from '@/app/console/actions';
import { FocusHeadingAfter } from '@/components/shell/focus-heading-after';
import { ButtonLink } from '@/components/ui/button-link';
import { SubmitButton } from '@/components/ui/form/submit-button';
import { Circle, CircleCheck } from '@/components/ui/icons';
import { Panel } from '@/components/ui/layout/panel';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import type { ProjectProof } from '@/lib/web/console';
import { listFirstSteps, type Step } from '../first-steps';

type Props = { proof: ProjectProof; locale: Locale };

/** What a new project needs, until it has it or the operator hides the list. */
export async function FirstSteps({ proof, locale }: Props) {
  const steps = await listFirstSteps(proof);
  return (
    <>
      {steps.length > 0 && <StepsPanel steps={steps} projectId={proof.project.id} locale={locale} />}
      <FocusHeadingAfter shown={steps.map(({ id }) => id)} />
    </>
  );
}

function StepsPanel({ steps, projectId, locale }: { steps: Step[]; projectId: string; locale: Locale }) {
  const t = translator(locale, 'consoleOverview.firstSteps');
  return (
    <Panel
      id="first-steps"
      title={t('title')}
      help={t('help')}
      isFlush
      actions={
        <form action={hideFirstSteps}>
          <input type="hidden" name="project" value={projectId} />
          <SubmitButton variant="quiet" size="small">
            {t('hide')}
          </SubmitButton>
        </form>
      }
    >
      <ul
        // biome-ignore lint/a11y/noRedundantRoles: Safari drops the role where list-style is none
        role="list"
        aria-labelledby="first-steps"
        className="divide-y divide-line"
      >
        {steps.map(({ id, isDone, href }) => (
          <li key={id} className="flex items-start gap-3 px-4 py-3 sm:px-5">
            <span className={isDone ? 'mt-0.5 text-success' : 'mt-0.5 text-muted'}>
              {isDone ? <CircleCheck size={20} aria-hidden /> : <Circle size={20} aria-hidden />}
            </span>
            <div className="flex min-w-0 flex-1 flex-wrap items-start justify-between gap-x-6 gap-y-2">
              <Words title={t(`${id}.title`)} state={isDone ? t('done') : null}>
                {t(isDone ? `${id}.doneHelp` : `${id}.help`)}
              </Words>
              {!isDone && (
                <ButtonLink href={href} size="small">
                  {t(`${id}.action`)}
                </ButtonLink>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Words({ title, state, children }: { title: string; state: string | null; children: ReactNode }) {
  return (
    <div className="flex min-w-0 max-w-text flex-[1_1_16rem] flex-col gap-0.5">
      <span className="font-medium">
        {title}
        {state && <span className="ms-2 font-normal text-success">{state}</span>}
      </span>
      <span className="text-muted">{children}</span>
    </div>
  );
}
