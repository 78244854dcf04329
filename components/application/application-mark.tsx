import { LogoImage } from '@/components/brand/project-mark';
import { type Application, logoPath } from '@/lib/application/model';

type Props = { application: Pick<Application, 'clientId' | 'logoHash'>; size?: number };

/** An application's logo, if it has one. Decorative: its name is beside it. */
export function ApplicationMark({ application, size = 24 }: Props) {
  const src = logoPath(application);
  return src && <LogoImage src={src} size={size} />;
}
