import type { Locale } from '@/lib/i18n/model';
import { isOver, type JobView } from '@/lib/job/model';
import { may, type ProjectProof } from '@/lib/web/console';
import { stop, undo } from '../actions';
import { deletedByUndo, jobTitle } from '../job-text';
import { StopButton } from './stop-button';
import { UndoButton } from './undo-button';

type Props = { proof: ProjectProof; job: JobView; base: string; locale: Locale; undone?: JobView | null };

/** What can be done with a job: nothing for viewers. */
export function JobButtons({ proof, job, base, locale, undone = null }: Props) {
  if (!may(proof, 'admin')) return null;
  const place = { organization: proof.organization.slug, project: proof.project.slug };
  const name = jobTitle(job, locale, undone);
  if (!isOver(job)) return <StopButton job={name} stop={stop.bind(null, place, { id: job.id })} />;
  if (!job.undo.possible) return null;
  return (
    <UndoButton
      job={name}
      count={job.done}
      purged={proof.project.recycleBinDays === 0 ? deletedByUndo(job, undone) : 0}
      undo={undo.bind(null, place, { id: job.id })}
      base={base}
    />
  );
}
