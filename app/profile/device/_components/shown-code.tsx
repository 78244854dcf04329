import { Notice } from '@/components/ui/notice';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { formatPairingCode, PAIRING_PATH, toPairingLink } from '@/lib/pairing/model';
import { toPairingToken, toQrCode } from '@/lib/pairing/service';
import type { Project } from '@/lib/project/model';

type Props = { code: string; project: Project; locale: Locale };

/** The QR code, and the same to type. Drawn on the server, dark on white in both themes: cameras expect that. */
export function ShownCode({ code, project: { id, origin }, locale }: Props) {
  const t = translator(locale, 'pairing.open');
  const { size, path } = toQrCode(toPairingLink(origin, toPairingToken(id, code)));
  const address = `${new URL(origin).host}${PAIRING_PATH}`;
  return (
    <>
      <svg
        role="img"
        aria-label={t('qr', { address })}
        viewBox={`0 0 ${size} ${size}`}
        shapeRendering="crispEdges"
        className="w-full max-w-56 rounded-lg border border-line"
      >
        <rect width={size} height={size} fill="#fff" />
        <path d={path} fill="#000" />
      </svg>
      <div className="flex w-full flex-col gap-2">
        <p>{t('orType')}</p>
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-4 gap-y-1">
          <dt className="text-sm text-muted">{t('address')}</dt>
          <dd className="font-semibold wrap-anywhere">{address}</dd>
          <dt className="text-sm text-muted">{t('code')}</dt>
          <dd className="font-mono text-title font-semibold tracking-wide" translate="no">
            {formatPairingCode(code)}
          </dd>
        </dl>
      </div>
      <Notice tone="warning" word={translator(locale, 'common.notice')('warning')}>
        {t('never')}
      </Notice>
    </>
  );
}
