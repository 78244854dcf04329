import type { z } from 'zod';
import { errorMessage } from '@/lib/i18n/error-message';
import type { Locale } from '@/lib/i18n/model';
import { PRODUCT_TEXTS, type Texts } from '@/lib/i18n/texts';
import type { ActionError } from '@/lib/platform/action-result';
import { AppError } from '@/lib/platform/errors';
import { checkInput } from '@/lib/platform/input';

/** Without a declared input, everything sent is ignored. Refuses: `invalid_input` with the violations. */
export function parseInput<Input extends z.ZodType>(input: Input | undefined, raw: unknown): z.output<Input> {
  if (!input) return undefined as z.output<Input>;
  const checked = checkInput(input, raw);
  if (checked.ok) return checked.data;
  throw new AppError('invalid_input', { violations: checked.violations });
}

export function toActionError(
  { code, details }: AppError,
  id: string,
  locale: Locale,
  texts: Texts = PRODUCT_TEXTS,
): ActionError {
  const { violations, conflicts, retryAfterSeconds, triesLeft } = details;
  return {
    code,
    sentence: errorMessage(texts.translator(locale, 'errors'), { code, retryAfterSeconds, triesLeft }),
    requestId: id,
    ...(violations && { violations }),
    ...(conflicts && { conflicts }),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    ...(triesLeft !== undefined && { triesLeft }),
  };
}
