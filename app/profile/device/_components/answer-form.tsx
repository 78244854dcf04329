'use client';

import { FailureNotice } from '@/components/shell/failure-notice';
import { Button } from '@/components/ui/button';
import { DescriptionList, DescriptionRow } from '@/components/ui/data/description-list';
import { useFormAction } from '@/components/ui/form/use-form-action';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { DeviceState, submitAnswer } from '../actions';

type Props = { id: string; device: string; address: string; number: string; action: typeof submitAnswer };

/** What the other device is, the number to compare, and the two answers. */
export function AnswerForm({ id, device, address, number, action }: Props) {
  const t = useTranslations('pairing.requested');
  const [{ failure }, submit] = useFormAction<DeviceState>(action, { failure: null }, (code) => ({
    failure: { code },
  }));
  return (
    <form action={submit} className="flex w-full flex-col gap-6">
      <FailureNotice failure={failure} />
      <input type="hidden" name="id" value={id} />
      <DescriptionList>
        <DescriptionRow term={t('device')}>{device}</DescriptionRow>
        <DescriptionRow term={t('address')}>{address}</DescriptionRow>
      </DescriptionList>
      <div className="flex flex-col gap-1">
        <p>{t('compare')}</p>
        <p className="text-[3rem] leading-none font-semibold tabular-nums">
          <span className="sr-only">{t('number')} </span>
          {number}
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" name="answer" value="confirm">
          {t('confirm')}
        </Button>
        <Button type="submit" variant="danger" name="answer" value="refuse">
          {t('refuse')}
        </Button>
      </div>
    </form>
  );
}
