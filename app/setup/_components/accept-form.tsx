'use client';

import { beginStepUpWithPasskey, finishStepUpWithPasskey, sendStepUpCode, verifyStepUpCode } from '@/app/step-up';
import { TokenForm } from '@/components/shell/token-form';
import { StepUpProvider } from '@/components/step-up/step-up-provider';
import { useStepUpForm } from '@/components/step-up/use-step-up-form';
import { useTranslations } from '@/lib/i18n/use-translations';
import { type AcceptState, accept } from '../actions';

const STEP_UP = {
  beginPasskey: beginStepUpWithPasskey,
  finishPasskey: finishStepUpWithPasskey,
  sendCode: sendStepUpCode,
  verifyCode: verifyStepUpCode,
};

/** For a signed-in person with an account. */
export function AcceptForm({ token }: { token: string }) {
  return (
    <StepUpProvider hasPasskey actions={STEP_UP}>
      <FreshForm token={token} />
    </StepUpProvider>
  );
}

function FreshForm({ token }: { token: string }) {
  const t = useTranslations('setup.invitation');
  const [{ failure }, submit] = useStepUpForm<AcceptState>(accept, { failure: null }, (code) => ({
    failure: { code },
  }));
  return <TokenForm action={submit} failure={failure} token={token} button={t('accept')} />;
}
